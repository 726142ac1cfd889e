/** Waiting by the clock port, as long as somebody still wants it. */
import type { Clock, Limit } from "../../io/ports.ts";
import { onAbort } from "./on-abort.ts";

/** @throws the reason of `signal` when it aborts first */
export async function sleep(untilMs: number, clock: Clock, signal: Limit): Promise<void> {
  signal.throwIfAborted();
  await new Promise<void>((resolve) => {
    const end = (): void => {
      cancel();
      forget();
      resolve();
    };
    const cancel = clock.at(untilMs, end);
    const forget = onAbort(signal, end);
  });
  signal.throwIfAborted();
}
