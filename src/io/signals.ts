/** Signals of those who know keepalived, also real-time ones, for which Node.js has no names (signal(7)). */
import { accepted, native } from "./native.ts";
import type { Closable, DumpSignal } from "./ports.ts";

/** Does not keep the process alive. @throws SystemError */
export function onSignal(signal: DumpSignal, run: () => void): Closable {
  const watch = accepted(native().watchSignal(NUMBERS[signal], run), "watch", signal);
  native().keepAlive(watch, false);
  return { close: () => native().unwatch(watch) };
}

/** Those of real-time signals are for the C library to say: see `Native.watchSignal`. */
const NUMBERS: { readonly [signal in DumpSignal]: number } = {
  SIGUSR1: 10,
  SIGUSR2: 12,
  "SIGRTMIN+2": 1002,
  "SIGRTMAX-1": -1,
};
