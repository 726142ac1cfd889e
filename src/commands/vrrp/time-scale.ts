/** The time axis of a picture: where a moment stands, which moments are labelled, and how (UTC). */
import type { Stretch } from "../../app/sniff/timeline.ts";

/** Pixels of a span of time. */
export class TimeScale {
  readonly left: number;
  readonly right: number;
  readonly fromMs: number;
  readonly untilMs: number; // later than `fromMs`

  /** What lasted no time at all is given a second. */
  constructor({ fromMs, untilMs }: Stretch, left: number, right: number) {
    [this.left, this.right] = [left, right];
    this.fromMs = withinDates(fromMs);
    const endMs = withinDates(untilMs);
    this.untilMs = endMs > this.fromMs ? endMs : this.fromMs + 1000;
  }

  /** Moments outside of the span stand at its ends. */
  x(ms: number): number {
    const share = (ms - this.fromMs) / (this.untilMs - this.fromMs);
    return this.left + Math.min(Math.max(share, 0), 1) * (this.right - this.left);
  }
}

/** A labelled moment. */
export interface Tick {
  readonly x: number;
  readonly time: string; // "12:00", "12:00:05", "12:00:05.250"; empty where the date says it all
  readonly date: string; // "2026-01-02"; empty where it is that of the tick before
}

/** At round times of the clock, so far apart that no label touches the next. */
export function ticksOf(scale: TimeScale): Tick[] {
  const { fromMs, untilMs } = scale;
  const leastMs = ((untilMs - fromMs) * LEAST_PX) / (scale.right - scale.left);
  const stepMs = roundStepMs(leastMs);
  const ticks: Tick[] = [];
  let dateBefore = "";
  for (let atMs = Math.ceil(fromMs / stepMs) * stepMs; atMs <= untilMs; atMs += stepMs) {
    const [date, time] = clockOf(atMs);
    const digits = stepMs < 1000 ? 12 : stepMs < MINUTE_MS ? 8 : stepMs < DAY_MS ? 5 : 0;
    const shown = date === dateBefore ? "" : date;
    ticks.push({ x: scale.x(atMs), time: time.slice(0, digits), date: shown });
    dateBefore = date;
  }
  return ticks;
}

/** `2026-01-02 00:00:05.250`. */
export const momentText = (ms: number): string => clockOf(ms).join(" ");

/** `00:00:05.250`. */
export const timeText = (ms: number): string => clockOf(ms)[1];

function clockOf(ms: number): [date: string, time: string] {
  const [date = "", time = ""] = new Date(withinDates(ms)).toISOString().split("T");
  return [date, time.slice(0, -1)];
}

function roundStepMs(leastMs: number): number {
  const known = STEPS_MS.find((stepMs) => stepMs >= leastMs);
  if (known !== undefined) return known;
  const decadeMs = 10 ** Math.floor(Math.log10(leastMs / DAY_MS)) * DAY_MS;
  return decadeMs * ([1, 2, 5].find((times) => times * decadeMs >= leastMs) ?? 10);
}

/** A capture may claim any time; a date ends in the year 275760 (ECMA-262, "Time Values"). */
const withinDates = (ms: number): number => Math.min(Math.max(ms || 0, -LAST_MS), LAST_MS);

const LEAST_PX = 100; // a label and some air
const LAST_MS = 8.64e15;
const [MINUTE_MS, HOUR_MS, DAY_MS] = [60_000, 3_600_000, 86_400_000];
const STEPS_MS = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 15, 30].map((seconds) => seconds * 1000),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE_MS),
  ...[1, 2, 3, 6, 12].map((hours) => hours * HOUR_MS),
];
