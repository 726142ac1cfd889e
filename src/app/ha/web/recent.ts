/** An answer that all who ask within a moment share, so that many of them cost no more than one. */
import type { Clock } from "../../../io/ports.ts";

export class Recent<T> {
  readonly #clock: Clock;
  readonly #freshMs: number;
  readonly #ask: () => Promise<T>;
  #latest: { readonly answer: Promise<T>; readonly untilMs: number } | undefined;

  constructor(clock: Clock, freshMs: number, ask: () => Promise<T>) {
    this.#clock = clock;
    this.#freshMs = freshMs;
    this.#ask = ask;
  }

  async get(): Promise<T> {
    const nowMs = this.#clock.nowMs();
    if (this.#latest === undefined || nowMs >= this.#latest.untilMs) {
      this.#latest = { answer: this.#ask(), untilMs: nowMs + this.#freshMs };
    }
    return await this.#latest.answer;
  }
}
