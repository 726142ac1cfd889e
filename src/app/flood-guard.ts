/**
 * Keeps lines of one kind from flooding a terminal or a log: the first at once, then one in
 * `QUIET_MS` with the number of those it stands for.
 */
import type { Clock } from "../io/ports.ts";

/** Bounded: beyond `MAX_KINDS` kinds (a spoofer with many sources) the memory starts anew. */
export class FloodGuard {
  readonly #clock: Clock;
  readonly #kinds = new Map<string, { toldMs: number; keptBack: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** @returns 0 if this one is to be kept back, else how many of its kind the line stands for. */
  admit(kind: string): number {
    const nowMs = this.#clock.nowMs();
    const known = this.#kinds.get(kind);
    if (known !== undefined && nowMs - known.toldMs < QUIET_MS) {
      known.keptBack += 1;
      return 0;
    }
    if (this.#kinds.size >= MAX_KINDS) this.#kinds.clear();
    this.#kinds.set(kind, { toldMs: nowMs, keptBack: 0 });
    return (known?.keptBack ?? 0) + 1;
  }
}

/** How long lines of one kind are kept back. */
export const QUIET_MS = 10_000;
const MAX_KINDS = 256;
