/** What became of hand-overs of `ha up`, as lines for people. */
import type { HandOverRecord } from "../../app/ha/up/parent/hand-over.ts";
import { formatDurationMs } from "../../core/duration.ts";
import { printable } from "../../core/printable.ts";

/** `VI_1: handed over to 10.0.0.2 in 0.1s`. */
export function handOverLine(record: HandOverRecord): string {
  return printable(`${record.instance}: ${outcomeText(record)}`);
}

/** It was MASTER, and another one is now. */
export const isHandedOver = ({ before, state }: HandOverRecord): boolean =>
  before === "master" && state === "backup";

function outcomeText(record: HandOverRecord): string {
  const { before, state, to, took_ms, refusal } = record;
  if (refusal !== null) return refusal;
  const took = formatDurationMs(took_ms ?? 0);
  if (before !== "master") return `nothing to hand over: ${(state ?? "unknown").toUpperCase()}`;
  if (isHandedOver(record)) return `handed over to ${to ?? "nobody"} in ${took}`;
  return `nobody took over in ${took}: ${(state ?? "unknown").toUpperCase()}`;
}
