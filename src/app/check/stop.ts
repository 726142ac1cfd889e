/** Says that nobody waits any more. As AbortController, which takes longer than a whole check of a port. */
import type { Limit } from "../../io/ports.ts";

export class Stop implements Limit {
  aborted: boolean = false;
  readonly reason: Error = OVER;
  #waiting: readonly (() => void)[] = NOBODY; // one or two, if any: a Set would be larger than all else

  abort(): void {
    if (this.aborted) return;
    this.aborted = true;
    const waiting = this.#waiting;
    this.#waiting = NOBODY;
    for (const run of waiting) run();
  }

  throwIfAborted(): void {
    if (this.aborted) throw this.reason;
  }

  addEventListener(_type: "abort", run: () => void): void {
    this.#waiting = [...this.#waiting, run];
  }

  removeEventListener(_type: "abort", run: () => void): void {
    this.#waiting = this.#waiting.filter((other) => other !== run);
  }
}

const NOBODY: readonly (() => void)[] = [];
/** One for all, which nobody is shown: an error is dear too. */
const OVER = new Error("nobody waits any more");
