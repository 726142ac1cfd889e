/**
 * Draining destinations of IPVS: weight 0, so that they get no new connections; gone when those that they have are
 * over. Who changes one meanwhile means it: it is let go, and nothing of it is changed any more.
 */
import { type Machine, NEVER, type TimerExpired } from "../machine.ts";

/** A destination as it is read. */
export interface DrainReading {
  readonly weight: number;
  readonly active: number;
  readonly inactive: number;
  readonly persistent: number; // templates
}

export interface DrainPolicy {
  readonly timeoutMs: number;
  readonly force: boolean; // what has connections when the time is over is removed all the same
  readonly awaitsPersistent: boolean; // whether a template sends a client to a destination of weight 0
}

/** By places of the destinations. */
export type DrainFact =
  /** All of them, null for one that is not there any more. */
  | { readonly kind: "read"; readonly readings: readonly (DrainReading | null)[] }
  | { readonly kind: "interrupted" };

export type DrainOrder =
  | { readonly kind: "read" } // now
  | { readonly kind: "set-weights"; readonly weights: readonly DrainWeight[] }
  | { readonly kind: "remove"; readonly places: readonly number[] }
  /** Another process did that to it. */
  | { readonly kind: "let-go"; readonly place: number; readonly why: "gone" | "weighted" }
  | { readonly kind: "end"; readonly outcome: DrainOutcome };

export interface DrainWeight {
  readonly place: number;
  readonly weight: number;
}

/** `lost`: nothing is left that was not let go. */
export type DrainOutcome = "drained" | "forced" | "timed-out" | "interrupted" | "lost";

export class Drain implements Machine<DrainFact, DrainOrder> {
  readonly #policy: DrainPolicy;
  readonly #overMs: number;
  /** The weights that they had, of those that are ours still. */
  readonly #weights = new Map<number, number>();
  #isInterrupted: boolean = false;
  #hasBegun: boolean = false;
  deadlineMs: number;

  constructor(policy: DrainPolicy, nowMs: number) {
    this.#policy = policy;
    this.#overMs = nowMs + policy.timeoutMs;
    this.deadlineMs = nowMs;
  }

  handle(fact: DrainFact | TimerExpired, nowMs: number): DrainOrder[] {
    switch (fact.kind) {
      case "timer-expired":
        return nowMs < this.deadlineMs ? [] : this.#look(nowMs);
      case "interrupted":
        this.#isInterrupted = true;
        return this.#hasBegun ? this.#look(nowMs) : this.#end("interrupted");
      case "read":
        if (!this.#hasBegun) return this.#begin(fact.readings);
        return this.#judge(fact.readings, nowMs);
    }
  }

  #look(nowMs: number): DrainOrder[] {
    const isOver = nowMs >= this.#overMs;
    this.deadlineMs = isOver ? NEVER : Math.min(nowMs + READ_MS, this.#overMs);
    return [{ kind: "read" }];
  }

  #begin(readings: readonly (DrainReading | null)[]): DrainOrder[] {
    this.#hasBegun = true;
    for (const [place, reading] of readings.entries())
      if (reading !== null) this.#weights.set(place, reading.weight);
    return this.#setWeights(() => 0);
  }

  #judge(readings: readonly (DrainReading | null)[], nowMs: number): DrainOrder[] {
    const orders: DrainOrder[] = [];
    for (const place of [...this.#weights.keys()]) {
      const reading = readings[place] ?? null;
      if (reading?.weight === 0) continue;
      this.#weights.delete(place);
      orders.push({ kind: "let-go", place, why: reading === null ? "gone" : "weighted" });
    }
    return [...orders, ...this.#decide(readings, nowMs)];
  }

  #decide(readings: readonly (DrainReading | null)[], nowMs: number): DrainOrder[] {
    if (this.#isInterrupted)
      return [...this.#setWeights((weight) => weight), ...this.#end("interrupted")];
    const places = [...this.#weights.keys()];
    if (places.length === 0) return this.#end("lost");
    const isEmpty = places.every((place) => this.#waitedFor(readings[place] ?? null) === 0);
    if (isEmpty) return [{ kind: "remove", places }, ...this.#end("drained")];
    if (nowMs < this.#overMs) return [];
    if (!this.#policy.force) return this.#end("timed-out");
    return [{ kind: "remove", places }, ...this.#end("forced")];
  }

  #waitedFor(reading: DrainReading | null): number {
    const { active = 0, inactive = 0, persistent = 0 } = reading ?? {};
    return active + inactive + (this.#policy.awaitsPersistent ? persistent : 0);
  }

  /** Those that had weight 0 already keep it. @param of the weight that one had */
  #setWeights(of: (weight: number) => number): DrainOrder[] {
    const weights = [...this.#weights].flatMap(([place, had]) =>
      had === 0 ? [] : [{ place, weight: of(had) }],
    );
    return weights.length === 0 ? [] : [{ kind: "set-weights", weights }];
  }

  #end(outcome: DrainOutcome): DrainOrder[] {
    this.deadlineMs = NEVER;
    return [{ kind: "end", outcome }];
  }
}

const READ_MS = 500;
