/** One try of a check under one hard deadline over everything: name, connection, TLS, answer. */
import { formatDurationMs } from "../../core/duration.ts";
import { SystemError } from "../../core/errors.ts";
import type { Clock, Closable, Endpoint, Limit } from "../../io/ports.ts";
import { refusalFinding } from "../../proto/check/refusals.ts";
import {
  type CheckFinding,
  type CheckPhase,
  type CheckResult,
  timedOut,
} from "../../proto/check/result.ts";
import { onAbort } from "./on-abort.ts";
import { Stop } from "./stop.ts";

/** What asks a service of one kind. */
export interface Prober<Target> {
  /** How the target is called, and found again in a report. */
  nameOf(target: Target): string;
  /**
   * Asks once. It may throw SystemError, which is judged by the phase; when `attempt.signal` aborts
   * it must let go of everything and settle soon, with whatever.
   */
  probe(target: Target, attempt: Attempt): Promise<CheckFinding>;
  /**
   * Tells when an answer may have changed, so that who watches can ask at once, not in its turn only.
   * @throws SystemError where that cannot be told here
   */
  changes?(onChange: () => void): Closable;
  /** What is shared by all tries is let go. */
  close(): void;
}

/** What a prober tells about the way it goes. */
export class Attempt {
  address: string | null = null;
  /** The other end of the connection, or of the one that is being made. */
  remote: Endpoint | null = null;
  phase: CheckPhase | null = null;
  /** What is told where the time runs out, beside that it did. */
  facts: () => CheckFinding["facts"] = NO_FACTS;
  /** Told where time runs out: what was waited for or heard so far, and what was measured. */
  sofar: Pick<CheckFinding, "detail" | "facts"> | null = null;
  /** What it means when time runs out; null: that something is missing. */
  silence: CheckFinding | null = null;
  readonly #clock: Clock;
  readonly #phasesMs: Partial<Record<CheckPhase, number>> = {};
  readonly startedMs: number;
  readonly deadlineMs: number;
  #enteredMs: number;
  readonly #limit = new Stop();

  constructor(clock: Clock, timeoutMs: number) {
    this.#clock = clock;
    this.startedMs = clock.nowMs();
    this.#enteredMs = this.startedMs;
    this.deadlineMs = this.startedMs + timeoutMs;
  }

  /** Aborted at the deadline, or when the user wants no more. */
  get signal(): Limit {
    return this.#limit;
  }

  get isOver(): boolean {
    return this.#limit.aborted;
  }

  /** Whatever is under way is to be let go. */
  end(): void {
    this.#limit.abort();
  }

  /** The phase before is over, this one begins. */
  enter(phase: CheckPhase): void {
    this.#leave();
    this.phase = phase;
  }

  /**
   * For one of so many ways that are tried one after the other: its signal aborts with `signal`, or
   * when its part of the time that is left is over. To be ended in any case.
   */
  share(ways: number): { readonly signal: Limit; end(): void } {
    if (ways <= 1) return { signal: this.signal, end: () => {} };
    const over = new Stop();
    const abort = (): void => over.abort();
    const nowMs = this.#clock.nowMs();
    const cancel = this.#clock.at(nowMs + (this.deadlineMs - nowMs) / ways, abort);
    const forget = onAbort(this.signal, abort);
    return {
      signal: over,
      end: () => {
        cancel();
        forget();
      },
    };
  }

  resultOf({ verdict, class: code, detail, facts }: CheckFinding): CheckResult {
    this.#leave();
    return {
      verdict,
      class: code,
      detail,
      facts,
      phase: verdict === "up" ? null : this.phase,
      address: this.address,
      phasesMs: this.#phasesMs,
      totalMs: this.#enteredMs - this.startedMs,
    };
  }

  #leave(): void {
    const nowMs = this.#clock.nowMs();
    if (this.phase !== null)
      this.#phasesMs[this.phase] = (this.#phasesMs[this.phase] ?? 0) + nowMs - this.#enteredMs;
    this.#enteredMs = nowMs;
  }
}

/** One promise for all of it: a thousand tries a moment are felt. @throws the reason of `signal` */
export function attempt<Target>(
  prober: Prober<Target>,
  target: Target,
  timeoutMs: number,
  clock: Clock,
  signal: AbortSignal,
): Promise<CheckResult> {
  if (signal.aborted) return Promise.reject(signal.reason);
  const run = new Attempt(clock, timeoutMs);
  return new Promise((resolve, reject) => {
    const end = (): void => {
      cancel();
      forget();
      run.end();
    };
    const giveUp = (): void => {
      end();
      resolve(run.resultOf(overdue(run, timeoutMs)));
    };
    let cancel = clock.at(run.deadlineMs, () => {
      // Who was stalled itself looks once more: the answer may have been there for long.
      if (clock.nowMs() - run.deadlineMs < STALL_MS) giveUp();
      else cancel = clock.at(clock.nowMs(), giveUp);
    });
    const forget = onAbort(signal, () => {
      end();
      reject(signal.reason);
    });
    prober.probe(target, run).then(
      (finding) => {
        if (run.isOver) return;
        end();
        resolve(run.resultOf(finding));
      },
      (error: unknown) => {
        if (run.isOver) return; // it says that it was stopped
        end();
        if (error instanceof SystemError) resolve(run.resultOf(refusalFinding(error, run.phase)));
        else reject(error);
      },
    );
  });
}

function overdue({ phase, facts, sofar, silence }: Attempt, timeoutMs: number): CheckFinding {
  if (silence !== null) return silence;
  const finding = timedOut(phase ?? "answer", formatDurationMs(timeoutMs));
  return sofar === null
    ? { ...finding, facts: facts() }
    : { ...finding, detail: `${finding.detail}: ${sofar.detail}`, facts: sofar.facts };
}

const NO_FACTS = (): CheckFinding["facts"] => ({});
const STALL_MS = 10;
