/** What a run of checks came to: its exit status and its summary. */
import { counted } from "../../core/counted.ts";
import { formatJson } from "../../core/json.ts";
import { ExitCode } from "../exit-code.ts";

export const EXIT_OF = {
  up: ExitCode.ok,
  down: ExitCode.negative,
  unknown: ExitCode.unknown,
} as const;

/** What they mean, as the help of a check has it. */
export const UP_OR_DOWN = {
  [EXIT_OF.up]: "All are up, or as many as --at-least wants.",
  [EXIT_OF.down]: "Too few are up.",
  [EXIT_OF.unknown]: "Could not find out.",
} as const;

/** Targets of each verdict, so far. */
export interface Counts {
  readonly up: number;
  readonly down: number;
  readonly unknown: number;
}

/** How many of the targets nobody got to. */
export const uncheckedOf = (targets: number, { up, down, unknown }: Counts): number =>
  targets - up - down - unknown;

/** A line, or an object as JSON. */
export function summaryText(
  targets: number,
  counts: Counts,
  tookMs: number,
  isJson: boolean,
): string {
  const { up, down, unknown } = counts;
  const unchecked = uncheckedOf(targets, counts);
  if (isJson)
    return formatJson({
      type: "summary",
      targets,
      up,
      down,
      unknown,
      unchecked,
      took_ms: tookMs,
    });
  const left = unchecked === 0 ? "" : `, ${unchecked} not checked`;
  const took = (tookMs / 1000).toFixed(2);
  return `${counted(targets, "target")}: ${up} up, ${down} down, ${unknown} unknown${left} in ${took}s`;
}
