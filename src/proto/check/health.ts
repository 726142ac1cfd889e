/**
 * Whether a service counts as up: one result is not enough to change that (`rise`, `fall` of HAProxy and
 * keepalived), and when it is to be asked again.
 */
import type { CheckVerdict } from "./result.ts";

export interface HealthPolicy {
  readonly rise: number; // so many good results in a row make it up, at least 1
  readonly fall: number; // so many bad ones make it down
  readonly intervalMs: number;
  readonly fastIntervalMs: number; // while results contradict the state
  readonly downIntervalMs: number; // while it is down
  readonly jitterShare: number; // 0..1: by so much of it an interval is shorter or longer
}

export interface HealthChange {
  readonly from: "up" | "down" | "unknown";
  readonly to: "up" | "down";
  readonly lastedMs: number; // how long it was what it was before
}

/** One service. Its first result decides at once; what we could not find out changes nothing. */
export class Health {
  readonly #policy: HealthPolicy;
  state: "up" | "down" | "unknown";
  sinceMs: number;
  #contrary = 0; // results in a row that contradict the state

  /** @param state what it counts as until its first results, of which `down` takes `rise` */
  constructor(policy: HealthPolicy, nowMs: number, state: "up" | "down" | "unknown" = "unknown") {
    this.#policy = policy;
    this.state = state;
    this.sinceMs = nowMs;
  }

  /** @returns the change that the result makes, if it makes one */
  note(verdict: CheckVerdict, nowMs: number): HealthChange | undefined {
    if (verdict === "unknown") return undefined;
    if (verdict === this.state) {
      this.#contrary = 0;
      return undefined;
    }
    this.#contrary += 1;
    const { rise, fall } = this.#policy;
    const needed = this.state === "unknown" ? 1 : verdict === "up" ? rise : fall;
    if (this.#contrary < needed) return undefined;
    const change: HealthChange = { from: this.state, to: verdict, lastedMs: nowMs - this.sinceMs };
    this.state = verdict;
    this.sinceMs = nowMs;
    this.#contrary = 0;
    return change;
  }

  /** Until the next check begins, from the begin of this one. @param random 0..1, evenly */
  nextMs(random: number): number {
    const { intervalMs, fastIntervalMs, downIntervalMs, jitterShare } = this.#policy;
    const steadyMs = this.state === "down" ? downIntervalMs : intervalMs;
    const wantedMs = this.#contrary > 0 ? fastIntervalMs : steadyMs;
    return wantedMs * (1 + jitterShare * (2 * random - 1));
  }
}
