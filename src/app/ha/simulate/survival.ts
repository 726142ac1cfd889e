/** Whether a simulated cluster came through: what the exit status of `ha simulate` says. */
import type { SimulationResult } from "./simulation.ts";
import type { Verdict } from "./verdict.ts";

/** Each virtual router comes to one MASTER, at once, what failed is none any more, and no address is lost. */
export const isSurvived = ({ findings }: Verdict): boolean =>
  findings.every(({ outcome, lost }) => !LOST.has(outcome) && lost.length === 0);

/** In the end each address has one holder, whom clients reach; no failure was without a failover. */
export function cameThrough({ addresses, verdicts, untilMs }: SimulationResult): boolean {
  const isHeld = addresses.every(
    ({ holders, nobody }) => holders.length === 1 && nobody.at(-1)?.toMs !== untilMs,
  );
  const outcomes = verdicts.flatMap(({ findings }) => findings.map(({ outcome }) => outcome));
  return isHeld && !outcomes.includes("no-failover");
}

const LOST: ReadonlySet<string> = new Set(["no-failover", "no-master", "split", "flapping"]);
