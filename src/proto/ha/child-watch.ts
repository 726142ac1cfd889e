/**
 * A child process as its parent watches it: started, heard of, killed when it falls silent, started
 * again; at last asked to end, and killed where it does not.
 */
import { type Machine, NEVER, type TimerExpired } from "../machine.ts";

export type ChildFact =
  | { readonly kind: "wanted" }
  | { readonly kind: "unwanted" } // a second one waits for next to nothing
  | { readonly kind: "beat" } // a sign of life
  | { readonly kind: "ended" };

export type ChildOrder =
  | { readonly kind: "start" }
  | { readonly kind: "ask-to-end" }
  /** It was asked before: it is to give everything up in this very moment. */
  | { readonly kind: "hurry" }
  /** It has been silent for half of the time that it has: it may have to be replaced. */
  | { readonly kind: "suspect" }
  /** And speaks again. */
  | { readonly kind: "trust" }
  /** It has been silent for so long, or has not ended for so long since it was asked to, or all is in a hurry. */
  | { readonly kind: "kill"; readonly cause: KillCause; readonly afterMs: number }
  /** It is gone, and nobody wants another. */
  | { readonly kind: "report-end" };

export type KillCause = "silent" | "not-ended" | "hurried";

export interface ChildLimits {
  readonly silentMs: number; // without a beat for so long it is dead
  readonly startMs: number; // from its start to its first beat
  readonly endMs: number; // from being asked to end
}

type Phase =
  | ("idle" | "starting" | "alive" | "suspected" | "waiting") // and wanted, but for idle
  | ("killed" | "ending" | "hurried");

export class ChildWatch implements Machine<ChildFact, ChildOrder> {
  readonly #limits: ChildLimits;
  #phase: Phase = "idle";
  #deadlineMs = NEVER;
  #heardMs = 0; // its last beat, or its start, or when it was asked to end
  #startedMs = 0;
  #pauseMs = 0; // before the next start
  #isWanted: boolean = false;
  #isForgiven: boolean = false; // its silence may have been our own
  starts = 0;

  constructor(limits: ChildLimits) {
    this.#limits = limits;
  }

  get deadlineMs(): number {
    return this.#deadlineMs;
  }

  /** It is silent, and may have to be replaced. */
  get isSuspicious(): boolean {
    return this.#phase === "suspected" || this.#phase === "killed";
  }

  handle(fact: ChildFact | TimerExpired, nowMs: number): ChildOrder[] {
    switch (fact.kind) {
      case "wanted":
        this.#isWanted = true;
        return this.#phase === "idle" ? this.#start(nowMs) : [];
      case "unwanted":
        return this.#dismiss(nowMs);
      case "beat":
        return this.#hear(nowMs);
      case "ended":
        return this.#bury(nowMs);
      case "timer-expired":
        return nowMs < this.#deadlineMs ? [] : this.#expire(nowMs);
    }
  }

  #start(nowMs: number): ChildOrder[] {
    this.#phase = "starting";
    this.starts += 1;
    this.#startedMs = nowMs;
    this.#heardMs = nowMs;
    this.#deadlineMs = nowMs + this.#limits.startMs;
    return [{ kind: "start" }];
  }

  #hear(nowMs: number): ChildOrder[] {
    const wasSuspected = this.#phase === "suspected";
    if (!wasSuspected && this.#phase !== "starting" && this.#phase !== "alive") return [];
    this.#phase = "alive";
    this.#heardMs = nowMs;
    this.#isForgiven = false;
    this.#deadlineMs = nowMs + this.#limits.silentMs / 2;
    return wasSuspected ? [{ kind: "trust" }] : [];
  }

  #dismiss(nowMs: number): ChildOrder[] {
    this.#isWanted = false;
    switch (this.#phase) {
      case "idle":
      case "waiting":
        this.#rest();
        return [{ kind: "report-end" }];
      case "killed":
        return [];
      case "ending":
        this.#phase = "hurried";
        this.#deadlineMs = nowMs + HURRY_MS;
        return [{ kind: "hurry" }];
      case "hurried":
        return this.#kill("hurried", nowMs);
      default:
        this.#phase = "ending";
        this.#heardMs = nowMs;
        this.#deadlineMs = nowMs + this.#limits.endMs;
        return [{ kind: "ask-to-end" }];
    }
  }

  /** At once where it had lived for a while; else later and later, for it would end again. */
  #bury(nowMs: number): ChildOrder[] {
    this.#rest();
    if (!this.#isWanted) return [{ kind: "report-end" }];
    const livedMs = nowMs - this.#startedMs;
    const isFirst = this.#pauseMs === 0 || livedMs >= LONG_LIFE_MS;
    const pauseMs = isFirst ? 0 : this.#pauseMs;
    this.#pauseMs = isFirst ? FIRST_PAUSE_MS : Math.min(2 * this.#pauseMs, LONGEST_PAUSE_MS);
    if (pauseMs === 0) return this.#start(nowMs);
    this.#phase = "waiting";
    this.#deadlineMs = nowMs + pauseMs;
    return [];
  }

  /** Where we are late ourselves, its beats may lie unread before us. */
  #expire(nowMs: number): ChildOrder[] {
    if (this.#phase === "waiting") return this.#start(nowMs);
    const lateMs = nowMs - this.#deadlineMs;
    if (lateMs > OWN_STALL_MS && !this.#isForgiven) {
      this.#isForgiven = true;
      this.#deadlineMs = nowMs + OWN_STALL_MS;
      return [];
    }
    if (this.#phase === "ending") return this.#kill("not-ended", nowMs);
    if (this.#phase === "hurried") return this.#kill("hurried", nowMs);
    if (this.#phase !== "alive") return this.#kill("silent", nowMs);
    this.#phase = "suspected";
    this.#deadlineMs = Math.max(nowMs, this.#heardMs + this.#limits.silentMs);
    return [{ kind: "suspect" }];
  }

  #kill(cause: KillCause, nowMs: number): ChildOrder[] {
    this.#phase = "killed";
    this.#deadlineMs = NEVER;
    return [{ kind: "kill", cause, afterMs: nowMs - this.#heardMs }];
  }

  #rest(): void {
    this.#phase = "idle";
    this.#deadlineMs = NEVER;
    this.#isForgiven = false;
  }
}

/** To take away its addresses, and no more. */
const HURRY_MS = 500;
const OWN_STALL_MS = 100;
const LONG_LIFE_MS = 10_000;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5000;
