/** How far a long run is, on a terminal alone. */
import { formatDurationMs } from "../../core/duration.ts";
import type { Context } from "../define.ts";

export class Progress {
  readonly #targets: number;
  readonly #ctx: Context;
  readonly #isShown: boolean;
  readonly #startedMs: number;
  #toldMs: number;
  #told: boolean = false;

  constructor(
    targets: number,
    { quiet, json }: { readonly quiet: boolean; readonly json: boolean },
    ctx: Context,
  ) {
    this.#targets = targets;
    this.#ctx = ctx;
    this.#isShown = ctx.columns !== undefined && !quiet && !json && targets > 1;
    this.#startedMs = ctx.ports.clock.nowMs();
    this.#toldMs = this.#startedMs;
  }

  /** To be called when another target is done. */
  step({ up, down, unknown }: Readonly<Record<"up" | "down" | "unknown", number>>): void {
    if (!this.#isShown) return;
    const nowMs = this.#ctx.ports.clock.nowMs();
    if (nowMs - this.#toldMs < BEAT_MS) return;
    this.#toldMs = nowMs;
    const done = up + down + unknown;
    const perMs = done / (nowMs - this.#startedMs);
    const left = formatDurationMs(Math.ceil((this.#targets - done) / perMs / 1000) * 1000);
    const text = `${done} of ${this.#targets} done, ${down} down, ${Math.round(perMs * 1000)}/s, ${left} left`;
    const line = text.slice(0, (this.#ctx.columns ?? 0) - 1); // one that is broken could not be taken back
    this.#ctx.stderr(`${this.#told ? UP : ""}${line}${CLEAR}`);
    this.#told = true;
  }

  /** Leaves no trace. */
  end(): void {
    if (this.#told) this.#ctx.stderr(`${UP}${CLEAR}${UP}`);
  }
}

const BEAT_MS = 500;
/** ECMA-48: to the begin of the line above; erase to the end of the line. */
const UP = "\x1b[F";
const CLEAR = "\x1b[K";
