/** What the program asks of the outside when it runs for long, as others do who know keepalived: a part of `ports.ts`. */
import type { Closable } from "./ports.ts";

/** By which keepalived is asked for its dumps. */
export type DumpSignal = "SIGUSR1" | "SIGUSR2" | "SIGRTMIN+2" | "SIGRTMAX-1";

export interface DaemonPorts {
  /** Runs for each such signal, or once for several at a time; it ends us no more. @throws SystemError */
  onSignal(signal: DumpSignal, run: () => void): Closable;
  /** Whether what we write to stderr goes to the journal of systemd, which reads priorities. */
  readonly stderrIsJournal: boolean;
  /** One datagram to /dev/log; never waits. @returns whether the daemon has it now */
  sendSyslog(datagram: Uint8Array): boolean;
  /** Where we are the first process of a container: waits for those whose parents have ended. */
  reapOrphans(): Closable;
  /** -20..19: the lower, the more often this process runs. @throws SystemError */
  scheduleNice(nice: number): void;
  /** What `ps` calls this process, at most 15 bytes. @throws SystemError */
  nameProcess(name: string): void;
}
