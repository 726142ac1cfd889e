/** How often the table of IPVS may be read: each time costs the kernel a walk through all of it. */
import { UsageError } from "../../core/errors.ts";

/** @throws UsageError */
export function requireInterval(intervalMs: number): void {
  if (intervalMs < LEAST_MS) throw new UsageError(`--interval: ${LEAST_MS}ms at least`);
}

const LEAST_MS = 100;
