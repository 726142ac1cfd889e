/** Something that the kernel may refuse just now: done again soon. */
import { SystemError } from "../../core/errors.ts";
import type { Cancel, Clock, Closable } from "../../io/ports.ts";

export interface Retried extends Closable {
  /** Now, instead of when it would be done again. */
  run(): void;
}

/** @param onTrouble gets each SystemError of `act` */
export function retried(
  clock: Clock,
  act: () => void,
  onTrouble: (error: SystemError) => void,
): Retried {
  let closed = false;
  let cancel: Cancel = () => {};
  const run = (): void => {
    if (closed) return;
    cancel();
    try {
      act();
    } catch (error) {
      if (!(error instanceof SystemError)) throw error;
      cancel = clock.at(clock.nowMs() + RETRY_MS, run);
      onTrouble(error);
    }
  };
  return {
    run,
    close: () => {
      closed = true;
      cancel();
    },
  };
}

const RETRY_MS = 1000;
