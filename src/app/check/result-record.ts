/** One result of a check, as JSON has it: every key is always there. */
import { formatTimestampMs } from "../../core/timestamp.ts";
import { explain } from "../../proto/check/explain.ts";
import type { CheckResult, CheckVerdict } from "../../proto/check/result.ts";
import type { StandingChange } from "../../proto/check/standing.ts";
import { inUs, phasesInUs } from "./check-record.ts";

export interface ResultRecord {
  readonly type: "result" | "change";
  readonly time: string;
  readonly kind: string;
  readonly target: string;
  readonly verdict: CheckVerdict; // of this check
  readonly class: string;
  readonly phase: string | null;
  readonly detail: string;
  readonly address: string | null;
  readonly total_ms: number;
  readonly phases_ms: Readonly<Record<string, number>>;
  readonly facts: CheckResult["facts"];
  /** Null where it changed nothing, as all below. */
  readonly from: CheckVerdict | null;
  readonly to: CheckVerdict | null;
  readonly lasted_ms: number | null; // how long it was `from`
  readonly outage_ms: number | null; // how long it was down, where that is over
}

export function resultRecord(
  kind: string,
  target: string,
  result: CheckResult,
  change: StandingChange | undefined,
  wallMs: number,
): ResultRecord {
  const { verdict, class: code, phase, detail, address, totalMs, phasesMs, facts } = result;
  return {
    type: change === undefined ? "result" : "change",
    time: formatTimestampMs(wallMs),
    kind,
    target,
    verdict,
    class: code,
    phase,
    detail,
    address,
    total_ms: inUs(totalMs),
    phases_ms: phasesInUs(phasesMs),
    facts,
    from: change?.from ?? null,
    to: change?.to ?? null,
    lasted_ms: change === undefined ? null : inUs(change.lastedMs),
    outage_ms: change?.outageMs == null ? null : inUs(change.outageMs),
  };
}

/** What it means in plain words. */
export const explanationOf = (target: string, result: CheckResult): string =>
  explain(target, result);
