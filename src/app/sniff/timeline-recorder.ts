/** Keeps who was master when, for the picture of a run. */
import type { Change } from "../../proto/sniff/change.ts";
import { routerName } from "../../proto/sniff/expectations.ts";
import { isBad } from "../../proto/sniff/reason.ts";
import type { Sighting } from "../../proto/sniff/sighting.ts";
import type { Timeline } from "../../proto/sniff/timeline.ts";
import { TimelineKeeper } from "../../proto/sniff/timeline-keeper.ts";

export class TimelineRecorder {
  readonly #keeper = new TimelineKeeper();
  readonly #states = new Map<string, MasterState>(); // by router; at most MOST_ROUTERS

  note(change: Change): void {
    const router = routerName(change);
    const { atMs } = change;
    switch (change.kind) {
      case "new-master":
      case "recovered":
        if (change.kind === "new-master" && change.former !== null) {
          const lastMs = atMs - (change.silentMs ?? 0);
          this.#end(router, change.former, lastMs);
          if (change.cause === "silence") this.#beginGap(router, lastMs);
        }
        this.#endGap(router, atMs);
        this.#hear(router, change.source, atMs, false);
        break;
      case "second-master":
      case "two-groups":
        this.#hear(router, change.source, atMs, true);
        break;
      case "single-master":
        this.#end(router, change.former, atMs - change.silentMs);
        this.#hear(router, change.source, atMs - change.silentMs, false);
        break;
      case "resigned":
        this.#end(router, change.source, atMs);
        this.#beginGap(router, atMs);
        break;
      case "lost":
        this.#end(router, change.source, atMs - change.silentMs);
        this.#beginGap(router, atMs - change.silentMs);
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
    for (const router of this.#states.keys()) this.#endGap(router, untilMs);
    return { ...this.#keeper.timeline(untilMs), fromMs };
  }

  #hear(router: string, source: string, atMs: number, second: boolean): void {
    let state = this.#states.get(router);
    if (state === undefined && this.#states.size < MOST_ROUTERS) {
      state = { masters: new Set(), lostMs: undefined };
      this.#states.set(router, state);
    }
    if (state !== undefined && state.masters.size < MOST_MASTERS) state.masters.add(source);
    this.#keeper.masterHeard(router, router, source, atMs, second);
  }

  #end(router: string, source: string, atMs: number): void {
    this.#states.get(router)?.masters.delete(source);
    this.#keeper.masterEnded(router, source, atMs);
  }

  /** Unless somebody else is master. */
  #beginGap(router: string, atMs: number): void {
    const state = this.#states.get(router);
    if (state?.masters.size === 0) state.lostMs ??= atMs;
  }

  #endGap(router: string, atMs: number): void {
    const state = this.#states.get(router);
    if (state?.lostMs === undefined) return;
    this.#keeper.gap(router, state.lostMs, atMs);
    state.lostMs = undefined;
  }
}

interface MasterState {
  readonly masters: Set<string>; // who is it now
  lostMs: number | undefined; // since when nobody is
}

const MOST_ROUTERS = 1024; // as many as are drawn
const MOST_MASTERS = 64;
