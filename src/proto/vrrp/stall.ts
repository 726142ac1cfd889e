/** That our process did not run when it should have: under load, or while it was stopped. */
import type { VrrpConfig } from "./config.ts";
import type { VrrpOrder } from "./facts.ts";

/** Half an interval is what an advert may be late without a peer noticing. */
export function stallAt(
  timerMs: number,
  nowMs: number,
  { adverIntervalMs }: Pick<VrrpConfig, "adverIntervalMs">,
): VrrpOrder[] {
  const lateMs = nowMs - timerMs;
  return lateMs > adverIntervalMs / 2 ? [{ kind: "report-stall", lateMs }] : [];
}
