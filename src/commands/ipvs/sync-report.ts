/** What came of a synchronisation, for people and for programs. */
import type { Applied } from "../../app/ipvs/apply.ts";
import { ipvsStepRecord, ipvsStepRecords } from "../../app/ipvs/step-record.ts";
import type { SyncPlan } from "../../app/ipvs/sync.ts";
import { placed } from "../../app/ipvs/sync-file.ts";
import type { Wanted } from "../../app/ipvs/wanted-file.ts";
import { counted } from "../../core/counted.ts";
import { formatJson } from "../../core/json.ts";
import type { Context } from "../define.ts";
import { ExitCode } from "../exit-code.ts";
import { reasonOf } from "../report.ts";
import { ipvsStepLine } from "./step-text.ts";

type Target = Wanted["target"];
type Output = Pick<Context, "stdout" | "stderr">;

interface Voice {
  readonly json: boolean;
  readonly quiet: boolean;
}

/** Of a plan that is not carried out. @returns whether it has any step */
export function tellPlan(
  { steps, foreign }: SyncPlan,
  { json, quiet }: Voice,
  ctx: Output,
): boolean {
  const records = ipvsStepRecords(steps);
  if (quiet) return records.length > 0;
  if (json) ctx.stdout(formatJson({ steps: records, foreign }));
  else {
    for (const record of records) ctx.stdout(ipvsStepLine(record));
    for (const service of foreign) ctx.stdout(`  ${service}  foreign`);
    ctx.stderr(summary(records.length, foreign.length, "would be made"));
  }
  return records.length > 0;
}

/** @returns the exit status: 2 where something was refused */
export function tellOutcome(
  outcome: SyncPlan & Applied,
  target: Target,
  { json, quiet }: Voice,
  ctx: Output,
): number {
  const { done, refused, untried, foreign } = outcome;
  const records = ipvsStepRecords(done);
  const errors = refused.map((one) => placed(one, target));
  if (json && !quiet) ctx.stdout(formatJson(outcomeRecord(outcome, target)));
  else {
    if (!quiet) for (const record of records) ctx.stdout(ipvsStepLine(record));
    const left = ipvsStepRecords(untried);
    for (const error of errors.slice(0, MOST_TOLD))
      ctx.stderr(`vipkit ipvs sync: ${reasonOf(error)}`);
    tellMore(errors.length, "more were refused", ctx);
    for (const record of left.slice(0, MOST_TOLD)) ctx.stderr(`not made: ${ipvsStepLine(record)}`);
    tellMore(left.length, "more were not made", ctx);
    const isSound = errors.length === 0 || records.length > 0;
    if (!quiet && isSound) ctx.stderr(summary(records.length, foreign.length, "made"));
  }
  return errors.length > 0 ? ExitCode.unknown : ExitCode.ok;
}

export const outcomeRecord = (
  { done, refused, untried, foreign }: SyncPlan & Applied,
  target: Target,
) => ({
  steps: ipvsStepRecords(done),
  refused: refused.map((one) => {
    const { code, message } = placed(one, target);
    return { ...ipvsStepRecord(one.step), code, message };
  }),
  not_made: ipvsStepRecords(untried),
  foreign,
});

function summary(changes: number, foreign: number, what: string): string {
  const made = changes === 0 ? "nothing to change" : `${counted(changes, "change")} ${what}`;
  return foreign === 0 ? made : `${made}; left alone: ${counted(foreign, "service")} of others`;
}

/** A line for each would bury what they have in common. */
function tellMore(count: number, what: string, { stderr }: Output): void {
  if (count > MOST_TOLD) stderr(`${count - MOST_TOLD} ${what}`);
}

const MOST_TOLD = 20;
