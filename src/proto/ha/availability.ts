/**
 * What views of a service come to: HA = MTTF / (MTTF + MTTR), where MTTF is the time that it was up and MTTR
 * the time that it was down, each shared among its outages.
 */
import type { JournalCause } from "./journal-record.ts";
import type { View, ViewSpan } from "./service-view.ts";

export interface TimeWindow {
  readonly fromMs: number; // milliseconds since 1970
  readonly untilMs: number;
}

/** Nobody served. */
export interface Outage extends TimeWindow {
  readonly cause: JournalCause | null;
  readonly isOver: boolean; // else it lasts to the end of what is known
}

/** Of one service, in a window of time: the three durations are the whole of it. */
export interface Availability {
  readonly upMs: number;
  readonly downMs: number;
  readonly unknownMs: number;
  readonly twoMastersMs: number; // of `upMs`: on two nodes at once
  readonly outages: readonly Outage[]; // those that began before the window are cut at it
  readonly failovers: number;
}

export interface Figures {
  readonly availability: number | null; // 0..1; null: nothing is known
  readonly nines: number | null; // 3 for 0.999; null: no outage, or nothing is known
  readonly mttfMs: number | null; // null without an outage
  readonly mttrMs: number | null; // likewise
}

/**
 * It was up while any node was MASTER or heard one, and down while no node did and at least one listened.
 * @param nodes spans of each, in order of time
 * @param skewMs how far their clocks may differ: what lies between two who served and is no longer, is no outage
 */
export function availabilityOf(
  nodes: readonly (readonly ViewSpan[])[],
  window: TimeWindow,
  skewMs = 0,
): Availability {
  const sums = { up: 0, down: 0, unknown: 0 };
  let twoMastersMs = 0;
  const outages: Outage[] = [];
  const holders: string[] = []; // none twice in a row
  let servedUntilMs = Number.NaN;
  for (const piece of piecesOf(nodes, window)) {
    const { fromMs, untilMs, spans } = piece;
    const lastsMs = untilMs - fromMs;
    const is = stateOf(spans);
    sums[is] += lastsMs;
    if (spans.filter((span) => span?.view === "here").length > 1) twoMastersMs += lastsMs;
    const holder = holderOf(spans);
    if (holder !== undefined && holder !== holders.at(-1)) holders.push(holder);
    if (is === "up") {
      const gap = outages.at(-1);
      const gapMs = fromMs - servedUntilMs;
      if (gap?.fromMs === servedUntilMs && gap.untilMs === fromMs && gapMs <= skewMs) {
        outages.pop();
        sums.down -= gapMs;
        sums.up += gapMs;
      }
      servedUntilMs = untilMs;
    }
    if (is !== "down") continue;
    const cause = spans.find((span) => span?.view === "nowhere" && span.cause)?.cause ?? null;
    const last = outages.at(-1);
    const isOver = untilMs < window.untilMs;
    if (last?.untilMs === fromMs) {
      outages[outages.length - 1] = { ...last, untilMs, isOver, cause: last.cause ?? cause };
    } else outages.push({ fromMs, untilMs, isOver, cause });
  }
  const { up: upMs, down: downMs, unknown: unknownMs } = sums;
  const failovers = Math.max(0, holders.length - 1);
  return { upMs, downMs, unknownMs, twoMastersMs, outages, failovers };
}

export function figuresOf({ upMs, downMs, outages }: Availability): Figures {
  const knownMs = upMs + downMs;
  const availability = knownMs === 0 ? null : upMs / knownMs;
  const [mttfMs, mttrMs] = [upMs, downMs].map((ms) =>
    outages.length === 0 ? null : ms / outages.length,
  ) as [number | null, number | null];
  const nines = downMs === 0 || availability === null ? null : -Math.log10(downMs / knownMs);
  return { availability, nines: nines === null ? null : Math.abs(nines), mttfMs, mttrMs };
}

type ServiceState = "up" | "down" | "unknown";

function stateOf(spans: Piece["spans"]): ServiceState {
  const views = new Set<View | undefined>(spans.map((span) => span?.view));
  if (views.has("here") || views.has("elsewhere")) return "up";
  return views.has("nowhere") ? "down" : "unknown";
}

/** Of several nodes each tells of itself; of one alone, whom it hears counts too. */
function holderOf(spans: Piece["spans"]): string | undefined {
  const here = spans.findIndex((span) => span?.view === "here");
  if (here >= 0) return `node ${here}`;
  const [only, ...others] = spans;
  return only?.view === "elsewhere" && others.length === 0 ? `address ${only.master}` : undefined;
}

/** A time in which no view changes. */
interface Piece extends TimeWindow {
  readonly spans: readonly (ViewSpan | undefined)[]; // of each node
}

function* piecesOf(
  nodes: readonly (readonly ViewSpan[])[],
  { fromMs, untilMs }: TimeWindow,
): Generator<Piece> {
  const next = nodes.map(() => 0); // the first span of each that has not ended
  for (let atMs = fromMs; atMs < untilMs; ) {
    let endMs = untilMs;
    const spans = nodes.map((node, n) => {
      while ((node[next[n] as number]?.untilMs ?? Number.POSITIVE_INFINITY) <= atMs)
        (next[n] as number) += 1;
      const span = node[next[n] as number];
      if (span === undefined) return undefined;
      const isBegun = span.fromMs <= atMs;
      endMs = Math.min(endMs, isBegun ? span.untilMs : span.fromMs);
      return isBegun ? span : undefined;
    });
    yield { fromMs: atMs, untilMs: endMs, spans };
    atMs = endMs;
  }
}
