/** Hears the adverts of others for one virtual router: those to be believed, and why others are not. */
import type { Clock, ReceivedDatagram } from "../../io/ports.ts";
import type { AdvertReceived, AdvertRejected } from "../../proto/vrrp/facts.ts";
import { LastBelieved } from "../../proto/vrrp/last-believed.ts";
import { type AdvertStandard, judgeAdvert } from "../../proto/vrrp/receive.ts";
import { type ForeignUse, foreignUse } from "../../proto/vrrp/survey.ts";
import { ADDRESS_LIST_DIFFERS, type VrrpEvent } from "./events.ts";
import { RejectionTeller } from "./rejection-teller.ts";

export class AdvertListener {
  readonly #clock: Clock;
  readonly #onFact: (fact: AdvertReceived | AdvertRejected, receivedMs: number) => void;
  readonly #rejections: RejectionTeller;
  readonly #believed = new LastBelieved();
  readonly #comparesAlways: () => boolean;
  #compared: string | undefined; // the master whose addresses were compared last
  #surveyor: ((found: ForeignUse) => void) | undefined;

  /** @param comparesAlways the addresses in adverts; else in those of a new master alone */
  constructor(
    clock: Clock,
    emit: (event: VrrpEvent) => void,
    onFact: (fact: AdvertReceived | AdvertRejected, receivedMs: number) => void,
    comparesAlways: () => boolean = () => true,
  ) {
    this.#comparesAlways = comparesAlways;
    this.#clock = clock;
    this.#onFact = onFact;
    this.#rejections = new RejectionTeller(clock, emit);
  }

  /** After a transition every mistake of a peer is worth another line. */
  forget(): void {
    this.#rejections.forget();
  }

  /**
   * Listens for so long, and is deaf to all else meanwhile.
   * @returns somebody who uses our VRID for other addresses
   */
  survey(durationMs: number, signal: AbortSignal): Promise<ForeignUse | undefined> {
    return new Promise((resolve) => {
      const end = (found: ForeignUse | undefined): void => {
        cancel();
        this.#surveyor = undefined;
        signal.removeEventListener("abort", onAbort);
        resolve(found);
      };
      const onAbort = (): void => end(undefined);
      const cancel = this.#clock.at(this.#clock.nowMs() + durationMs, onAbort);
      this.#surveyor = end;
      signal.addEventListener("abort", onAbort, { once: true });
    });
  }

  hear(datagram: ReceivedDatagram, standard: AdvertStandard): void {
    if (this.#surveyor !== undefined) {
      const foreign = foreignUse(datagram, standard);
      if (foreign !== undefined) this.#surveyor(foreign);
      return;
    }
    const known = this.#believed.recall(datagram, standard);
    const judged = known ?? judgeAdvert(datagram, standard, this.#clock.wallMs());
    if (judged === undefined) return;
    const fact = this.#overlooking(judged);
    const { source } = fact;
    if (known === undefined && judged.kind === "advert-received") {
      this.#believed.remember(datagram, standard, judged);
    }
    if (fact.kind === "advert-rejected") {
      this.#rejections.tell(fact.reason, source, fact.disagreement);
    } else if (fact.addressesDiffer) {
      this.#rejections.tell(ADDRESS_LIST_DIFFERS, source, fact.disagreement);
    }
    this.#onFact(fact, datagram.receivedMs);
  }

  /** The addresses of a master that is known already are not compared, where that is wanted. */
  #overlooking(fact: AdvertReceived | AdvertRejected): AdvertReceived | AdvertRejected {
    if (this.#comparesAlways() || fact.kind === "advert-rejected") return fact;
    const isKnown = fact.source === this.#compared;
    this.#compared = fact.source;
    return isKnown ? { ...fact, addressesDiffer: false } : fact;
  }
}
