/** What was seen in all, for the summary at the end. */
import type { Sighting } from "../../proto/sniff/sighting.ts";
import type { VirtualRouter } from "../../proto/sniff/virtual-router.ts";

/** As JSON has it; the counts are of what was looked at, not only of what was shown. */
export interface SniffSummary {
  readonly packets: number;
  readonly adverts: number;
  readonly announcements: number; // ARP and neighbour discovery about the addresses
  readonly carp: number;
  readonly senders: number;
  readonly vrids: number; // virtual routers, by interface, VRID and family
  readonly masters: number; // at the end
  readonly takeovers: number;
  readonly splits: number; // how often there was a second master
  readonly missed: number; // adverts that should have come from a master
  readonly longest_gap_ms: number;
  readonly rejected: Readonly<Record<string, number>>; // packets that nobody believes, by reason
  readonly warnings: Readonly<Record<string, number>>; // others that are not as they should be, likewise
  readonly kernel_drops: number | null; // null where it is not known
}

export class SniffCounts {
  readonly #kinds = { advert: 0, carp: 0, claim: 0, broken: 0 };
  readonly #rejected: Record<string, number> = {};
  readonly #warnings: Record<string, number> = {};
  readonly #disbelieved = new Set<string>(); // senders, bounded

  note(sighting: Sighting): void {
    this.#kinds[sighting.kind] += 1;
    for (const { code, level } of sighting.reasons) {
      if (level === "note") continue;
      const counts = level === "bad" ? this.#rejected : this.#warnings;
      counts[code] = (counts[code] ?? 0) + 1;
    }
    if (sighting.kind !== "advert" || sighting.speaker !== null) return;
    if (this.#disbelieved.size < MAX_SENDERS) this.#disbelieved.add(sighting.advert.source);
  }

  summary(
    routers: readonly VirtualRouter[],
    nowMs: number,
    kernelDrops: number | null,
  ): SniffSummary {
    const { advert, carp, claim, broken } = this.#kinds;
    const speakers = routers.flatMap((router) => [...router.speakers.values()]);
    const senders = new Set([...speakers.map((one) => one.advert.source), ...this.#disbelieved]);
    const sum = (of: (router: VirtualRouter) => number) =>
      routers.reduce((total, router) => total + of(router), 0);
    return {
      packets: advert + carp + claim + broken,
      adverts: advert,
      announcements: claim,
      carp,
      senders: senders.size,
      vrids: routers.length,
      masters: sum(({ contention }) => contention.masters.length),
      takeovers: sum(({ contention }) => contention.takeovers),
      splits: sum(({ contention }) => contention.splits),
      missed: sum(({ missed }) => missed),
      longest_gap_ms: Math.max(0, ...routers.map((one) => one.longestGapUntil(nowMs).lengthMs)),
      rejected: this.#rejected,
      warnings: this.#warnings,
      kernel_drops: kernelDrops,
    };
  }
}

const MAX_SENDERS = 4096;
