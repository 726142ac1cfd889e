/** Waiting by the clock port, as long as somebody still wants it. */
import type { Clock } from "../../io/ports.ts";
import { onStop } from "./stop.ts";

/** @throws the reason of `signal` when it aborts first */
export async function sleep(untilMs: number, clock: Clock, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  await new Promise<void>((resolve) => {
    const end = (): void => {
      cancel();
      forget();
      resolve();
    };
    const cancel = clock.at(untilMs, end);
    const forget = onStop(signal, end);
  });
  signal.throwIfAborted();
}
