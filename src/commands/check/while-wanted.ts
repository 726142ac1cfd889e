/** How long checks go on: until they are done, their time is over, or nobody wants to know any more. */
import { UsageError } from "../../core/errors.ts";
import type { Context } from "../define.ts";

/**
 * @param work throws the reason of its signal, or returns, when it is ended; `untilMs` of the clock is when
 *   its time is over: where all stands still for a moment, `signal` says so later
 * @returns undefined where it was ended before it was done
 * @throws UsageError
 */
export async function whileWanted<T>(
  deadlineMs: number | undefined,
  { ports: { clock }, signal: ended, unread }: Context,
  work: (signal: AbortSignal, untilMs: number) => Promise<T>,
): Promise<T | undefined> {
  if (deadlineMs === 0) throw new UsageError("--deadline 0s: nothing could be asked");
  const over = new AbortController();
  const untilMs = deadlineMs === undefined ? Number.POSITIVE_INFINITY : clock.nowMs() + deadlineMs;
  const cancel = deadlineMs === undefined ? () => {} : clock.at(untilMs, () => over.abort());
  const signal = AbortSignal.any([ended, unread, over.signal]);
  try {
    return await work(signal, untilMs);
  } catch (error) {
    if (!signal.aborted || error !== signal.reason) throw error;
    return undefined;
  } finally {
    cancel();
  }
}
