/** How long a router stays out that has given up by itself: longer each time that this has not helped. */
import { NEVER } from "../machine.ts";

export class TimeOut {
  readonly #shortestMs: number;
  readonly #longestMs: number;
  #pauseMs: number;
  #sinceMs = Number.NEGATIVE_INFINITY;
  #deadlineMs = NEVER;

  constructor(shortestMs: number, longestMs: number) {
    this.#shortestMs = shortestMs;
    this.#longestMs = longestMs;
    this.#pauseMs = shortestMs;
  }

  /** When it is over. */
  get deadlineMs(): number {
    return this.#deadlineMs;
  }

  /** The shortest pause, or twice the last one where that is not long ago. */
  begin(nowMs: number): void {
    const again = nowMs - this.#sinceMs < this.#pauseMs + FORGET_MS;
    this.#pauseMs = again ? Math.min(2 * this.#pauseMs, this.#longestMs) : this.#shortestMs;
    this.#sinceMs = nowMs;
    this.#deadlineMs = nowMs + this.#pauseMs;
  }

  /** It may help to try again: after the shortest pause. */
  shorten(): void {
    const soonestMs = this.#sinceMs + this.#shortestMs;
    if (this.#deadlineMs !== NEVER) this.#deadlineMs = Math.min(this.#deadlineMs, soonestMs);
  }

  /** @returns whether it ends now */
  isOver(nowMs: number): boolean {
    if (nowMs < this.#deadlineMs) return false;
    this.#deadlineMs = NEVER;
    return true;
  }
}

const FORGET_MS = 600_000; // what has been well for so long is another matter
