/** Stretches of time as the bars of a picture: those that would touch each other are one. */
import type { BadMark, Stretch } from "../../app/sniff/timeline.ts";
import { rounded } from "./svg.ts";
import type { TimeScale } from "./time-scale.ts";

/** How fine a picture is drawn: coarser ones are smaller files. */
export interface Detail {
  readonly mergePx: number; // bars that are nearer to each other are one
  readonly titledPx: number; // bars from this width on have a tooltip of their own
}

/** One bar. */
export interface Run extends Stretch {
  readonly x: number;
  readonly width: number; // never too thin to be seen
  readonly count: number; // stretches in it
  readonly totalMs: number; // they last so long together
}

/** Bad adverts of one lane that share a mark. */
export interface MarkGroup extends Stretch {
  readonly x: number;
  readonly reasons: ReadonlyMap<string, number>; // how often
}

export function runsOf(stretches: readonly Stretch[], scale: TimeScale, mergePx: number): Run[] {
  const runs: Run[] = [];
  for (const { fromMs, untilMs } of inOrder(stretches)) {
    const x = Math.min(rounded(scale.x(fromMs)), scale.right - THINNEST_PX);
    const end = Math.max(rounded(scale.x(untilMs)), x + THINNEST_PX);
    const last = runs.at(-1);
    if (last === undefined || x - (last.x + last.width) >= mergePx) {
      runs.push({ x, width: end - x, fromMs, untilMs, count: 1, totalMs: untilMs - fromMs });
      continue;
    }
    runs[runs.length - 1] = {
      x: last.x,
      width: Math.max(end, last.x + last.width) - last.x,
      fromMs: last.fromMs,
      untilMs: Math.max(last.untilMs, untilMs),
      count: last.count + 1,
      totalMs: last.totalMs + Math.max(0, untilMs - Math.max(fromMs, last.untilMs)),
    };
  }
  return runs;
}

/** Marks that are not `apartPx` behind the first of a group belong to it. */
export function groupsOf(
  marks: readonly BadMark[],
  scale: TimeScale,
  apartPx: number,
): MarkGroup[] {
  const groups: (MarkGroup & { untilMs: number; reasons: Map<string, number> })[] = [];
  for (const { atMs, reason } of [...marks].sort((a, b) => a.atMs - b.atMs)) {
    const x = rounded(scale.x(atMs));
    let group = groups.at(-1);
    if (group === undefined || x - group.x >= apartPx) {
      group = { x, fromMs: atMs, untilMs: atMs, reasons: new Map() };
      groups.push(group);
    }
    group.untilMs = atMs;
    group.reasons.set(reason, (group.reasons.get(reason) ?? 0) + 1);
  }
  return groups;
}

/** The time that the stretches cover, what they share counted once. */
export function coveredMs(stretches: readonly Stretch[]): number {
  let [totalMs, endMs] = [0, Number.NEGATIVE_INFINITY];
  for (const { fromMs, untilMs } of inOrder(stretches)) {
    totalMs += Math.max(0, untilMs - Math.max(fromMs, endMs));
    endMs = Math.max(endMs, untilMs);
  }
  return totalMs;
}

const inOrder = (stretches: readonly Stretch[]): Stretch[] =>
  [...stretches].sort((a, b) => a.fromMs - b.fromMs);

const THINNEST_PX = 2;
