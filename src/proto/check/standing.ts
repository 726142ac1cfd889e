/** What is told of a service that is watched: its health, and when it cannot be asked. */
import { Health, type HealthPolicy } from "./health.ts";
import type { CheckVerdict } from "./result.ts";

export interface StandingChange {
  readonly from: CheckVerdict; // `unknown` at first
  readonly to: CheckVerdict;
  readonly lastedMs: number; // how long it was told to be `from`
  readonly outageMs: number | null; // how long it was down, where it is no more
}

/** Health stays what it was while we cannot ask: that is told, and told again when we can. */
export class Standing {
  readonly health: Health;
  told: CheckVerdict | undefined;
  toldMs: number;
  #row = 0; // results in a row of one verdict
  #rowOf: CheckVerdict = "unknown";

  constructor(policy: HealthPolicy, nowMs: number) {
    this.health = new Health(policy, nowMs);
    this.toldMs = nowMs;
  }

  /** @returns what is to be told, if anything */
  note(verdict: CheckVerdict, nowMs: number): StandingChange | undefined {
    this.#row = verdict === this.#rowOf ? this.#row + 1 : 1;
    this.#rowOf = verdict;
    const turn = this.health.note(verdict, nowMs);
    const to = verdict === "unknown" ? verdict : this.health.state;
    if (to === this.told) return undefined;
    // Up so far, and the first answer after silence of ours says down: neither is known yet.
    if (this.told === "unknown" && to !== verdict) return undefined;
    const from = this.told ?? "unknown";
    const outageMs = turn?.from === "down" ? turn.lastedMs : null;
    const change = { from, to, lastedMs: nowMs - this.toldMs, outageMs };
    this.told = to;
    this.toldMs = nowMs;
    return change;
  }

  /** So many of the last results, without a gap, were of this verdict. */
  inARow(verdict: CheckVerdict): number {
    return verdict === this.#rowOf ? this.#row : 0;
  }
}
