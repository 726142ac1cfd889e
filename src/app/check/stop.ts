/** Says that nobody waits any more. As AbortController, which takes longer than a whole check of a port. */
import type { Limit } from "../../io/ports.ts";

export class Stop implements Limit {
  aborted: boolean = false;
  readonly reason: Error = OVER;
  #waiting: Set<() => void> | undefined; // made for the first: most wait for nothing

  abort(): void {
    if (this.aborted) return;
    this.aborted = true;
    for (const run of [...(this.#waiting ?? [])]) run();
    this.#waiting = undefined;
  }

  throwIfAborted(): void {
    if (this.aborted) throw this.reason;
  }

  addEventListener(_type: "abort", run: () => void): void {
    this.#waiting ??= new Set();
    this.#waiting.add(run);
  }

  removeEventListener(_type: "abort", run: () => void): void {
    this.#waiting?.delete(run);
  }
}

/** One for all, which nobody is shown: an error is dear too. */
const OVER = new Error("nobody waits any more");
