/** How each check is made, by the options that all kinds have. */
import type { RunPlan } from "../../app/check/check-run.ts";
import { UsageError } from "../../core/errors.ts";
import type { CheckArgs } from "./check-options.ts";

type TriesArgs = Pick<CheckArgs, "timeout" | "retry" | "retry-delay" | "concurrency">;

/** @throws UsageError */
export function triesOf(args: TriesArgs, targets: number): Omit<RunPlan, "count" | "intervalMs"> {
  if (args.timeout === 0) throw new UsageError("--timeout 0s: nothing could answer");
  return {
    timeoutMs: args.timeout,
    retries: args.retry,
    retryDelayMs: args["retry-delay"],
    concurrency: Math.min(args.concurrency, targets),
  };
}

/** Of checks that end by themselves. @throws UsageError */
export const planOf = (
  args: TriesArgs & Pick<CheckArgs, "count" | "interval">,
  targets: number,
): RunPlan => ({ ...triesOf(args, targets), count: args.count ?? 1, intervalMs: args.interval });
