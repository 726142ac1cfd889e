/** The exit status of every command: 0 yes or done, 1 an honest no, 2 could not find out, 70 a bug. */
export const ExitCode = { ok: 0, negative: 1, unknown: 2, bug: 70 } as const;

/** What each status means: for the man pages, where a command says nothing more precise. */
export const EXIT_MEANINGS: Readonly<Record<number, string>> = {
  [ExitCode.ok]: "Yes, or done.",
  [ExitCode.negative]: "A valid negative answer.",
  [ExitCode.unknown]: "Could not find out: usage, permission, no such interface, kernel refusal.",
  [ExitCode.bug]: "A bug of vipkit; a stack is printed.",
};

export type InterruptSignal = "SIGINT" | "SIGTERM" | "SIGHUP" | "SIGQUIT";

/** The status of a program that a signal ended, as shells report it. */
export const signalExitCode = (signal: InterruptSignal): number => 128 + SIGNAL_NUMBERS[signal];

const SIGNAL_NUMBERS = { SIGHUP: 1, SIGINT: 2, SIGQUIT: 3, SIGTERM: 15 } as const;
