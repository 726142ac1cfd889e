/** Not too much at once: what has begun in one turn of the event loop must not wait long for the next. */
import type { Clock } from "../../io/ports.ts";
import { sleep } from "./sleep.ts";

/** Thousands that begin together would find their time over before anybody could look for answers. */
export class Pace {
  readonly #clock: Clock;
  readonly #signal: AbortSignal;
  #begun = 0; // in this turn
  #turn: Promise<void> | undefined;

  constructor(clock: Clock, signal: AbortSignal) {
    this.#clock = clock;
    this.#signal = signal;
  }

  /** When the next one may begin. @throws the reason of the signal */
  async next(): Promise<void> {
    while (this.#begun >= MOST_A_TURN) {
      this.#turn ??= this.#sleep();
      await this.#turn;
    }
    this.#begun += 1;
  }

  async #sleep(): Promise<void> {
    await sleep(this.#clock.nowMs(), this.#clock, this.#signal);
    this.#begun = 0;
    this.#turn = undefined;
  }
}

const MOST_A_TURN = 64;
