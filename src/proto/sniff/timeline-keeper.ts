/** Keeps who was master when, within bounds, for somebody who looks on and tells only of changes. */
import type {
  BadMark,
  Lane,
  MasterStretch,
  RouterTimeline,
  Stretch,
  Timeline,
} from "./timeline.ts";

/**
 * Times are milliseconds since 1970. `router` is any key that tells routers apart; the title of the
 * first call stays. What is beyond the bounds is counted in `leftOut` of its router, or, where there is
 * no room for the router itself, told by `lacksRouters`.
 */
export class TimelineKeeper {
  readonly #routers = new Map<string, KeptRouter>();
  #fromMs = Number.POSITIVE_INFINITY;
  #lacksRouters = false;

  /** Whether there were more routers than are kept. */
  get lacksRouters(): boolean {
    return this.#lacksRouters;
  }

  /** From now on it is master, beside another one where it is `second`; again and alike says nothing. */
  masterHeard(router: string, title: string, source: string, atMs: number, second: boolean): void {
    const kept = this.#router(router, title, atMs);
    if (kept === undefined) return;
    const lane = laneOf(kept, source);
    if (lane?.open !== undefined && lane.open.second === second) return;
    if (lane?.open !== undefined) close(lane, lane.open, atMs);
    if (lane === undefined || kept.stretches >= MOST_STRETCHES) {
      kept.leftOut += 1;
      return;
    }
    kept.stretches += 1;
    lane.open = { fromMs: atMs, second };
  }

  /** It is master no more. */
  masterEnded(router: string, source: string, atMs: number): void {
    const lane = this.#routers.get(router)?.lanes.get(source);
    if (lane?.open !== undefined) close(lane, lane.open, atMs);
  }

  /** Nobody was heard in that time of a router that was heard before or after. */
  gap(router: string, fromMs: number, untilMs: number): void {
    const kept = this.#routers.get(router);
    if (kept === undefined) return;
    this.#fromMs = Math.min(this.#fromMs, fromMs);
    if (kept.gaps.length < MOST_STRETCHES)
      kept.gaps.push({ fromMs, untilMs: Math.max(fromMs, untilMs) });
    else kept.leftOut += 1;
  }

  /** An advert that no receiver believes. */
  bad(router: string, title: string, source: string, atMs: number, reason: string): void {
    const kept = this.#router(router, title, atMs);
    if (kept === undefined) return;
    const lane = kept.marks < MOST_MARKS ? laneOf(kept, source) : undefined;
    if (lane === undefined) {
      kept.leftOut += 1;
      return;
    }
    kept.marks += 1;
    lane.marks.push({ atMs, reason });
  }

  /**
   * All that was told, until now; who is master still is it until then. It begins with the first
   * moment that was told of, unless `fromMs` says when the looking on did. Routers are in the order of
   * their titles, numbers in them by their value.
   */
  timeline(untilMs: number, fromMs: number = Math.min(this.#fromMs, untilMs)): Timeline {
    const routers = [...this.#routers.values()].sort((a, b) => byTitle.compare(a.title, b.title));
    return { fromMs, untilMs, routers: routers.map((kept) => routerTimeline(kept, untilMs)) };
  }

  #router(key: string, title: string, atMs: number): KeptRouter | undefined {
    let kept = this.#routers.get(key);
    if (kept === undefined) {
      if (this.#routers.size >= MOST_ROUTERS) {
        this.#lacksRouters = true;
        return undefined;
      }
      kept = { title, lanes: new Map(), gaps: [], stretches: 0, marks: 0, leftOut: 0 };
      this.#routers.set(key, kept);
    }
    this.#fromMs = Math.min(this.#fromMs, atMs);
    return kept;
  }
}

interface KeptRouter {
  readonly title: string;
  readonly lanes: Map<string, KeptLane>; // by source
  readonly gaps: Stretch[];
  stretches: number; // of all lanes
  marks: number; // of all lanes
  leftOut: number;
}

interface KeptLane {
  readonly stretches: MasterStretch[];
  readonly marks: BadMark[];
  open: { readonly fromMs: number; readonly second: boolean } | undefined; // it is master
}

/** @returns undefined where there is no room for another one */
function laneOf({ lanes }: KeptRouter, source: string): KeptLane | undefined {
  let lane = lanes.get(source);
  if (lane === undefined && lanes.size < MOST_LANES) {
    lane = { stretches: [], marks: [], open: undefined };
    lanes.set(source, lane);
  }
  return lane;
}

function close(lane: KeptLane, open: NonNullable<KeptLane["open"]>, atMs: number): void {
  lane.stretches.push(ended(open, atMs));
  lane.open = undefined;
}

function routerTimeline(
  { title, lanes, gaps, leftOut }: KeptRouter,
  untilMs: number,
): RouterTimeline {
  const drawn = [...lanes].map(
    ([source, { stretches, marks, open }]): Lane => ({
      source,
      stretches: open === undefined ? [...stretches] : [...stretches, ended(open, untilMs)],
      marks: [...marks],
    }),
  );
  return { title, lanes: drawn, gaps: [...gaps], leftOut };
}

/** The clock of a capture may go back: no stretch ends before it began. */
const ended = ({ fromMs, second }: NonNullable<KeptLane["open"]>, atMs: number): MasterStretch => ({
  fromMs,
  untilMs: Math.max(fromMs, atMs),
  second,
});

const byTitle = new Intl.Collator("en", { numeric: true });
const MOST_ROUTERS = 1024;
const MOST_LANES = 64; // of a router: as many as forged sources may fill
const MOST_STRETCHES = 2000; // of a router
const MOST_MARKS = 2000; // of a router
