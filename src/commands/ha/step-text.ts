/** What a reload does, for people. */
import type { StepRecord } from "../../app/ha/up/parent/step-record.ts";
import { printable } from "../../core/printable.ts";

/** A line for each thing that does not go on as it is. */
export const stepLines = (steps: readonly StepRecord[]): string[] =>
  steps.filter(({ step }) => step !== "kept").map(stepText);

function stepText({ block, name, next_name: next, step, what }: StepRecord): string {
  const named = name === null ? "" : ` ${printable(name)}`;
  const renamed = next === null || name === next ? "" : ` (now ${printable(next)})`;
  const settings = what.length === 0 ? "" : `: ${what.join(", ")}`;
  return `${block}${named}${renamed} ${step}${settings}`;
}
