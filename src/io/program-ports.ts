/** What the program asks of the outside about programs and processes: a part of `ports.ts`. */
import type { Limit } from "./ports.ts";

export interface ProgramResult {
  /** null when it did not end by itself. */
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly timedOut: boolean;
  /** Why it could not be started: errno name. */
  readonly startError: string | null;
}

export interface ProgramOptions {
  readonly argv: readonly string[]; // no shell ever sees these
  readonly environment: Readonly<Record<string, string>>; // added to our own
  readonly limitMs: number; // then the whole process group is killed; Infinity: never
  readonly signal?: Limit; // aborted: it is killed at once
  readonly politeMs?: number; // aborted: SIGTERM first, and so much time to end by itself
  readonly user?: ProgramUser; // whom it runs as; as ourselves if not given
  /**
   * Gets what it prints to stdout and stderr, as it comes, instead of our stderr; good until it returns.
   * Then nothing of its group outlives it, for what does would go on printing.
   */
  readonly onOutput?: (bytes: Uint8Array) => void;
}

/** Whom a program runs as, without supplementary groups. */
export interface ProgramUser {
  readonly uid: number;
  readonly gid: number;
}

/** A process of our network namespace. */
export interface RunningProcess {
  readonly pid: number;
  readonly name: string; // of /proc/PID/comm, at most 15 bytes
}

/** Processes of this host as far as we may see them, without those that have ended (zombies). */
export interface ProcessTable {
  readonly processes: readonly ProcessEntry[];
  /** Some are not shown to us (hidepid of proc(5)), or were too many to look at. */
  readonly isPartial: boolean;
}

export interface ProcessEntry extends RunningProcess {
  readonly argv: readonly string[]; // at most 64 KiB of it; empty of the kernel's own, or where it was not asked for
}

/** `renamed`: by exec, or by itself; `lost`: so many that we were not told of all. */
export type ProcessEvent =
  | { readonly kind: "started"; readonly pid: number; readonly parentPid: number }
  | { readonly kind: "ended" | "renamed"; readonly pid: number }
  | { readonly kind: "lost" };
