/** What a check of a target came to, as JSON has it: every key is always there. */
import type { CheckResult } from "../../proto/check/result.ts";
import { Tally } from "../../proto/check/tally.ts";

export interface CheckRecord {
  readonly type: "check";
  readonly kind: string;
  readonly target: string;
  readonly verdict: "up" | "down" | "unknown";
  readonly class: string; // of the last check, as all below to phases_ms
  readonly phase: string | null;
  readonly detail: string;
  readonly address: string | null;
  readonly total_ms: number | null;
  readonly phases_ms: Readonly<Record<string, number>>;
  readonly facts: CheckResult["facts"];
  readonly checks: number;
  readonly up: number;
  readonly down: number;
  readonly loss_pct: number | null; // null where nothing could be asked
  readonly min_ms: number | null;
  readonly avg_ms: number | null;
  readonly max_ms: number | null;
  readonly p95_ms: number | null;
}

export function checkRecord(kind: string, target: string, tally: Tally): CheckRecord {
  const { last, times } = tally;
  const {
    class: code = "UNK",
    phase = null,
    detail = "no check of it came to its end",
    address = null,
  } = last ?? {};
  return {
    type: "check",
    kind,
    target,
    verdict: tally.verdict,
    class: code,
    phase,
    detail,
    address,
    total_ms: last === undefined ? null : inUs(last.totalMs),
    phases_ms: phasesInUs(last?.phasesMs ?? {}),
    facts: last?.facts ?? {},
    checks: tally.sent,
    up: tally.up,
    down: tally.down,
    loss_pct: tally.lossPct,
    min_ms: times === null ? null : inUs(times.minMs),
    avg_ms: times === null ? null : inUs(times.avgMs),
    max_ms: times === null ? null : inUs(times.maxMs),
    p95_ms: times === null ? null : inUs(times.p95Ms),
  };
}

/** Of a target that nobody got to. */
export const uncheckedRecord = (kind: string, target: string): CheckRecord =>
  checkRecord(kind, target, new Tally());

export const phasesInUs = (phasesMs: CheckResult["phasesMs"]): Record<string, number> =>
  Object.fromEntries(Object.entries(phasesMs).map(([phase, ms]) => [phase, inUs(ms)]));

/** What is finer than a microsecond is noise. */
export const inUs = (ms: number): number => Math.round(ms * 1000) / 1000;
