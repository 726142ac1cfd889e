/** The clock port in virtual time. */
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Cancel, Clock } from "../../src/io/ports.ts";

/** Time passes when the test says so. */
export class FakeClock implements Clock {
  #nowMs = 1_000_000;
  readonly #timers = new Set<{ readonly deadlineMs: number; readonly run: () => void }>();

  nowMs(): number {
    return this.#nowMs;
  }

  wallMs(): number {
    return Date.UTC(2026, 0, 2) + this.#nowMs - 1_000_000;
  }

  at(deadlineMs: number, run: () => void): Cancel {
    const timer = { deadlineMs, run };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  get pending(): number {
    return this.#timers.size;
  }

  /** Runs what falls due, each at its time, and lets promises settle in between. */
  async pass(ms: number): Promise<void> {
    const endMs = this.#nowMs + ms;
    await nextTurn();
    for (let next = this.#next(endMs); next !== undefined; next = this.#next(endMs)) {
      this.#timers.delete(next);
      this.#nowMs = Math.max(this.#nowMs, next.deadlineMs);
      next.run();
      await nextTurn();
    }
    this.#nowMs = endMs;
  }

  /** Time passes until the work is done. @param stepMs how finely, where others look in between */
  async passUntil<T>(work: Promise<T>, stepMs = 10): Promise<T> {
    let ended = false;
    const end = (): void => {
      ended = true;
    };
    void work.then(end, end);
    while (!ended) await this.pass(stepMs);
    return await work;
  }

  /** Time passes and nobody runs, as after SIGSTOP. */
  freeze(ms: number): void {
    this.#nowMs += ms;
  }

  #next(endMs: number) {
    const due = [...this.#timers].filter(({ deadlineMs }) => deadlineMs <= endMs);
    return due.sort((a, b) => a.deadlineMs - b.deadlineMs)[0];
  }
}
