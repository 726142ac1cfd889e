/** How each check is made, by the options that all kinds have. */
import type { RunPlan } from "../../app/check/check-run.ts";
import { UsageError } from "../../core/errors.ts";
import type { CheckArgs } from "./check-options.ts";

/** @throws UsageError */
export function triesOf(
  args: Pick<CheckArgs, "timeout" | "retry" | "retry-delay" | "concurrency">,
  targets: number,
): Omit<RunPlan, "count" | "intervalMs"> {
  if (args.timeout === 0) throw new UsageError("--timeout 0s: nothing could answer");
  return {
    timeoutMs: args.timeout,
    retries: args.retry,
    retryDelayMs: args["retry-delay"],
    concurrency: Math.min(args.concurrency, targets),
  };
}
