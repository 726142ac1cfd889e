/** The program of the user's that follows the changes of services. */
import { printable } from "../../core/printable.ts";
import type { Ports } from "../../io/ports.ts";
import type { CheckResult } from "../../proto/check/result.ts";
import type { StandingChange } from "../../proto/check/standing.ts";
import { type HookQueue, hookQueue } from "../hooks.ts";

export interface ChangeHook extends Pick<HookQueue, "drained" | "hurry"> {
  follow(target: string, result: CheckResult, change: StandingChange): void;
}

/**
 * It is not run where a target is up from the beginning: nothing has changed.
 * @param argv words of the program, undefined for none
 * @param targets so many may change at once, and each is told
 */
export function changeHook(
  argv: readonly string[] | undefined,
  kind: string,
  targets: number,
  ports: Pick<Ports, "clock" | "runProgram">,
  onTrouble: (line: string) => void,
): ChangeHook {
  const queue = hookQueue(ports, onTrouble, Math.max(LEAST_WAITING, 2 * targets));
  const begun = new Set<string>(); // targets that were told once
  return {
    drained: () => queue.drained(),
    hurry: () => queue.hurry(),
    follow(target, result, change) {
      const isFirst = !begun.has(target);
      begun.add(target);
      if (argv === undefined || (isFirst && change.to === "up")) return;
      const environment = environmentOf(kind, target, result, change);
      queue.push({ argv, contract: [], environment, final: false });
    },
  };
}

/** What a service says may be anything: no variable can hold a NUL, and scripts print them. */
const environmentOf = (
  kind: string,
  target: string,
  result: CheckResult,
  { from, to, lastedMs, outageMs }: StandingChange,
): Record<string, string> => ({
  VIPKIT_KIND: kind,
  VIPKIT_TARGET: printable(target),
  VIPKIT_STATE: to.toUpperCase(),
  VIPKIT_FROM: from.toUpperCase(),
  VIPKIT_CLASS: result.class,
  VIPKIT_PHASE: result.phase ?? "",
  VIPKIT_DETAIL: printable(result.detail),
  VIPKIT_ADDRESS: result.address ?? "",
  VIPKIT_LASTED_SECONDS: (lastedMs / 1000).toFixed(3),
  VIPKIT_OUTAGE_SECONDS: outageMs === null ? "" : (outageMs / 1000).toFixed(3),
});

const LEAST_WAITING = 32;
