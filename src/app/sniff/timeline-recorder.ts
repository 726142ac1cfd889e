/** Keeps who was master when, for the picture of a run. */
import type { Change } from "../../proto/sniff/change.ts";
import { routerName } from "../../proto/sniff/expectations.ts";
import { isBad } from "../../proto/sniff/reason.ts";
import type { Sighting } from "../../proto/sniff/sighting.ts";
import type { Timeline } from "../../proto/sniff/timeline.ts";
import { TimelineKeeper } from "../../proto/sniff/timeline-keeper.ts";

export class TimelineRecorder {
  readonly #keeper = new TimelineKeeper();
  readonly #lostMs = new Map<string, number>(); // since when nobody is master, by router

  note(change: Change): void {
    const router = routerName(change);
    const keeper = this.#keeper;
    const { atMs } = change;
    switch (change.kind) {
      case "new-master":
      case "recovered":
        this.#endGap(router, atMs);
        if (change.kind === "new-master" && change.former !== null)
          keeper.masterEnded(router, change.former, atMs - (change.silentMs ?? 0));
        keeper.masterHeard(router, router, change.source, atMs, false);
        break;
      case "second-master":
      case "two-groups":
        keeper.masterHeard(router, router, change.source, atMs, true);
        break;
      case "single-master":
        keeper.masterEnded(router, change.former, atMs);
        keeper.masterHeard(router, router, change.source, atMs, false);
        break;
      case "resigned":
        keeper.masterEnded(router, change.source, atMs);
        this.#lostMs.set(router, atMs);
        break;
      case "lost":
        keeper.masterEnded(router, change.source, atMs - change.silentMs);
        this.#lostMs.set(router, atMs - change.silentMs);
        break;
      default:
    }
  }

  /** What is not right with a packet. */
  judge(sighting: Sighting, atMs: number): void {
    if (sighting.kind !== "advert" || !isBad(sighting.reasons)) return;
    const { router, advert, reasons } = sighting;
    const name = routerName(router);
    const reason = reasons.map(({ text }) => text).join("; ");
    this.#keeper.bad(name, name, advert.source, atMs, reason);
  }

  /** At the end of a run that began at `fromMs`; milliseconds since 1970. */
  timeline(fromMs: number, untilMs: number): Timeline {
    for (const [router, sinceMs] of this.#lostMs) this.#keeper.gap(router, sinceMs, untilMs);
    return { ...this.#keeper.timeline(untilMs), fromMs };
  }

  #endGap(router: string, atMs: number): void {
    const sinceMs = this.#lostMs.get(router);
    if (sinceMs === undefined) return;
    this.#lostMs.delete(router);
    this.#keeper.gap(router, sinceMs, atMs);
  }
}
