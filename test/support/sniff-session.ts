/** A `SniffSession` for tests: what it showed, kept and told. */
import { PLAIN_QUESTION, type SniffQuestion, SniffSession } from "../../src/app/sniff/session.ts";
import type { CapturePacket } from "../../src/core/capture/packet.ts";
import type { CapturedFrame } from "../../src/io/ports.ts";
import type { Change } from "../../src/proto/sniff/change.ts";
import type { Sighting } from "../../src/proto/sniff/sighting.ts";
import { advertPacket, changeText, type Said } from "./sniffed.ts";

/** Everything is asked for, nothing expected. */
export const question = (changes: Partial<SniffQuestion> = {}): SniffQuestion => ({
  ...PLAIN_QUESTION,
  ...changes,
});

export class WatchedSession {
  readonly session: SniffSession;
  readonly shown: string[] = []; // `advert 10.0.0.2`, `claim`, ...
  readonly changes: Change[] = [];
  readonly kept: number[] = []; // lengths of packets
  pauses = 0;

  constructor(changes: Partial<SniffQuestion> = {}) {
    this.session = new SniffSession(question(changes), this, ({ start, end }) =>
      this.kept.push(end - start),
    );
  }

  readonly onSighting = (sighting: Sighting): void => {
    this.shown.push(
      sighting.kind === "advert" ? `advert ${sighting.advert.source}` : sighting.kind,
    );
  };

  readonly onChange = (change: Change): void => void this.changes.push(change);

  readonly onPause = (): void => {
    this.pauses += 1;
  };

  hear(...all: readonly (Said | CapturePacket)[]): void {
    for (const one of all) this.session.take("bytes" in one ? one : advertPacket(one));
  }

  get told(): string[] {
    return this.changes.map(changeText);
  }
}

/** The advert as the kernel hands it over, at its time. */
export function capturedAdvert(said: Said = {}, ifIndex = 2): CapturedFrame {
  return capturedFrame(advertPacket(said), ifIndex);
}

export function capturedFrame(packet: CapturePacket, ifIndex = 2): CapturedFrame {
  const { seconds, nanoseconds, direction, linkType, wireBytes, bytes } = packet;
  return {
    wallNs: BigInt(seconds) * 1_000_000_000n + BigInt(nanoseconds),
    direction: direction ?? "in",
    ifIndex,
    linkType,
    wireBytes,
    bytes,
  };
}
