/** One try of a check under one hard deadline over everything: name, connection, TLS, answer. */
import { formatDurationMs } from "../../core/duration.ts";
import { SystemError } from "../../core/errors.ts";
import type { Clock } from "../../io/ports.ts";
import { refusalFinding } from "../../proto/check/refusals.ts";
import {
  type CheckFinding,
  type CheckPhase,
  type CheckResult,
  timedOut,
} from "../../proto/check/result.ts";

/** What asks a service of one kind. */
export interface Prober<Target> {
  /** How the target is called, and found again in a report. */
  nameOf(target: Target): string;
  /**
   * Asks once. It may throw SystemError, which is judged by the phase; when `attempt.signal` aborts
   * it must let go of everything and settle soon, with whatever.
   */
  probe(target: Target, attempt: Attempt): Promise<CheckFinding>;
  /** What is shared by all tries is let go. */
  close(): void;
}

/** What a prober tells about the way it goes. */
export class Attempt {
  /** Aborted at the deadline, or when the user wants no more. */
  readonly signal: AbortSignal;
  address: string | null = null;
  phase: CheckPhase | null = null;
  /** Told where time runs out: what was waited for or heard so far, and what was measured. */
  sofar: Pick<CheckFinding, "detail" | "facts"> | null = null;
  readonly #clock: Clock;
  readonly #phasesMs: Partial<Record<CheckPhase, number>> = {};
  readonly startedMs: number;
  readonly deadlineMs: number;
  #enteredMs: number;

  constructor(clock: Clock, deadlineMs: number, signal: AbortSignal) {
    this.#clock = clock;
    this.startedMs = clock.nowMs();
    this.#enteredMs = this.startedMs;
    this.deadlineMs = deadlineMs;
    this.signal = signal;
  }

  /** The phase before is over, this one begins. */
  enter(phase: CheckPhase): void {
    this.#leave();
    this.phase = phase;
  }

  get phasesMs(): Readonly<Partial<Record<CheckPhase, number>>> {
    this.#leave();
    return this.#phasesMs;
  }

  #leave(): void {
    const nowMs = this.#clock.nowMs();
    if (this.phase !== null)
      this.#phasesMs[this.phase] = (this.#phasesMs[this.phase] ?? 0) + nowMs - this.#enteredMs;
    this.#enteredMs = nowMs;
  }
}

/** @throws the reason of `signal` when the user wants no more */
export async function attempt<Target>(
  prober: Prober<Target>,
  target: Target,
  timeoutMs: number,
  clock: Clock,
  signal: AbortSignal,
): Promise<CheckResult> {
  signal.throwIfAborted();
  const limit = new AbortController();
  const deadlineMs = clock.nowMs() + timeoutMs;
  const late = Symbol("late");
  let cancel = (): void => {};
  const stop = (): void => limit.abort();
  signal.addEventListener("abort", stop);
  const run = new Attempt(clock, deadlineMs, limit.signal);
  try {
    const overdue = new Promise<typeof late>((resolve) => {
      cancel = clock.at(deadlineMs, () => resolve(late));
      limit.signal.addEventListener("abort", () => resolve(late));
    });
    const asked = prober.probe(target, run).catch((error: unknown) => {
      if (error instanceof SystemError) return refusalFinding(error, run.phase);
      if (limit.signal.aborted) return late; // it says that it was stopped
      throw error;
    });
    const outcome = await Promise.race([asked, overdue]);
    signal.throwIfAborted();
    const finding = outcome === late ? overdueFinding(run, timeoutMs) : outcome;
    const { phasesMs } = run;
    const phase = finding.verdict === "up" ? null : run.phase;
    return {
      ...finding,
      phase,
      address: run.address,
      phasesMs,
      totalMs: clock.nowMs() - run.startedMs,
    };
  } finally {
    cancel();
    signal.removeEventListener("abort", stop);
    limit.abort();
  }
}

function overdueFinding({ phase, sofar }: Attempt, timeoutMs: number): CheckFinding {
  const finding = timedOut(phase ?? "answer", formatDurationMs(timeoutMs));
  return sofar === null
    ? finding
    : { ...finding, detail: `${finding.detail}: ${sofar.detail}`, facts: sofar.facts };
}
