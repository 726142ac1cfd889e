/**
 * The advert that was believed last. One that repeats it byte for byte says the same, and in peace they
 * all do: at short intervals most of the work of a BACKUP would be to find that out anew.
 */
import type { AdvertReceived } from "./facts.ts";
import type { AdvertStandard, HeardDatagram } from "./receive.ts";

export class LastBelieved {
  #heard: HeardDatagram | undefined;
  #standard: AdvertStandard | undefined;
  #fact: AdvertReceived | undefined;

  /** What `judgeAdvert` said of the same bytes from the same sender under the same standard. */
  recall(heard: HeardDatagram, standard: AdvertStandard): AdvertReceived | undefined {
    const last = this.#heard;
    const isSame =
      last !== undefined &&
      standard === this.#standard &&
      heard.ttl === last.ttl &&
      isEqual(heard.source, last.source) &&
      isEqual(heard.destination, last.destination) &&
      isEqual(heard.payload, last.payload);
    return isSame ? this.#fact : undefined;
  }

  /** The bytes must not change later. */
  remember(heard: HeardDatagram, standard: AdvertStandard, fact: AdvertReceived): void {
    if (standard.hmac !== null) return; // a signed one that repeats another is a replay
    this.#heard = heard;
    this.#standard = standard;
    this.#fact = fact;
  }
}

function isEqual(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let n = 0; n < a.length; n += 1) if (a[n] !== b[n]) return false;
  return true;
}
