/** What counts only when it lasts: keepalived.conf(5), "interface_up_down_delays", "fork_delay", "terminate_delay". */
import { type Machine, NEVER, type TimerExpired } from "../machine.ts";

export interface SettlingDelays {
  readonly upMs: number; // so long up before it counts as up
  readonly downMs: number;
}

export interface Seen {
  readonly kind: "seen";
  readonly isUp: boolean;
}

/** It counts as that from now on. */
export interface Settled {
  readonly kind: "settled";
  readonly isUp: boolean;
}

export class Settling implements Machine<Seen, Settled> {
  deadlineMs = NEVER;
  readonly #delays: SettlingDelays;
  #isUp: boolean | undefined;

  /** @param isUp undefined: what is seen first counts at once */
  constructor(delays: SettlingDelays, isUp?: boolean) {
    this.#delays = delays;
    this.#isUp = isUp;
  }

  handle(fact: Seen | TimerExpired, nowMs: number): Settled[] {
    if (fact.kind === "timer-expired") {
      return nowMs < this.deadlineMs ? [] : this.#settle(this.#isUp !== true);
    }
    if (fact.isUp === this.#isUp) {
      this.deadlineMs = NEVER; // it was for a moment only
      return [];
    }
    if (this.#isUp === undefined) return this.#settle(fact.isUp);
    const { upMs, downMs } = this.#delays;
    const dueMs = nowMs + (fact.isUp ? upMs : downMs);
    this.deadlineMs = Math.min(this.deadlineMs, dueMs);
    return dueMs <= nowMs ? this.#settle(fact.isUp) : [];
  }

  #settle(isUp: boolean): Settled[] {
    this.deadlineMs = NEVER;
    this.#isUp = isUp;
    return [{ kind: "settled", isUp }];
  }
}
