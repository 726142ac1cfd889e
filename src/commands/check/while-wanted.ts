/** How long checks go on: until they are done, their time is over, or nobody wants to know any more. */
import type { Context } from "../define.ts";

/**
 * @param work throws the reason of its signal, or returns, when it is ended
 * @returns undefined where it was ended before it was done
 */
export async function whileWanted<T>(
  deadlineMs: number | undefined,
  { ports: { clock }, signal: ended, unread }: Context,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T | undefined> {
  const over = new AbortController();
  const cancel =
    deadlineMs === undefined ? () => {} : clock.at(clock.nowMs() + deadlineMs, () => over.abort());
  const signal = AbortSignal.any([ended, unread, over.signal]);
  try {
    return await work(signal);
  } catch (error) {
    if (!signal.aborted || error !== signal.reason) throw error;
    return undefined;
  } finally {
    cancel();
  }
}
