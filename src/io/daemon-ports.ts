/** What the program asks of the outside when it runs for long, as others do who know keepalived: a part of `ports.ts`. */
import type { Closable } from "./ports.ts";

/** By which keepalived is asked for its dumps. */
export type DumpSignal = "SIGUSR1" | "SIGUSR2" | "SIGRTMIN+2" | "SIGRTMAX-1";

export interface DaemonPorts {
  /** Runs for each such signal, or once for several at a time; it ends us no more. @throws SystemError */
  onSignal(signal: DumpSignal, run: () => void): Closable;
}
