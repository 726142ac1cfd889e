/** Time that passes, unless somebody has enough of it. */
import type { Clock, Limit } from "../io/ports.ts";

/** Resolves after `ms`, or as soon as `signal` is aborted. */
export function pause(
  clock: Pick<Clock, "nowMs" | "at">,
  ms: number,
  signal: Limit,
): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      cancel();
      signal.removeEventListener("abort", end);
      resolve();
    };
    const cancel = clock.at(clock.nowMs() + ms, end);
    signal.addEventListener("abort", end);
    if (signal.aborted) end();
  });
}
