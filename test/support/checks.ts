/** What tests of checks share: results as a prober makes them, and a prober that follows a script. */
import type { Prober } from "../../src/app/check/attempt.ts";
import {
  type CheckFinding,
  type CheckResult,
  down,
  unknown,
  up,
} from "../../src/proto/check/result.ts";

/** A result that took `totalMs`. */
export const resultOf = (
  finding: CheckFinding,
  rest: Partial<Omit<CheckResult, keyof CheckFinding>> = {},
): CheckResult => ({ phase: null, address: null, phasesMs: {}, totalMs: 1, ...finding, ...rest });

export const good = up("L4OK", "connected");
export const bad = down("L4CON", "connection refused", { errno: "ECONNREFUSED" });
export const lost = unknown("no route of ours leads there", "SOCKERR", { errno: "ENETUNREACH" });

/** Answers at once with what `answer` says; `asked` are the targets in order. */
export function scripted(
  answer: (target: string, nth: number) => CheckFinding,
): Prober<string> & { readonly asked: string[]; closed: number } {
  const asked: string[] = [];
  return {
    asked,
    closed: 0,
    nameOf: (target) => target,
    async probe(target) {
      asked.push(target);
      return answer(target, asked.filter((one) => one === target).length);
    },
    close() {
      this.closed += 1;
    },
  };
}
