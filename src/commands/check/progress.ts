/** How far a long run is, on a terminal alone. */
import { formatDurationMs } from "../../core/duration.ts";
import type { Context } from "../define.ts";
import { RedrawnLine } from "../redrawn-line.ts";

export class Progress {
  readonly #targets: number;
  readonly #ctx: Context;
  readonly #isShown: boolean;
  readonly #line: RedrawnLine;
  readonly #startedMs: number;
  #toldMs: number;

  constructor(
    targets: number,
    { quiet, json }: { readonly quiet: boolean; readonly json: boolean },
    ctx: Context,
  ) {
    this.#targets = targets;
    this.#ctx = ctx;
    this.#isShown = ctx.columns !== undefined && !quiet && !json && targets > 1;
    this.#line = new RedrawnLine(ctx.stderr, ctx.columns ?? 0);
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
    this.#line.show(
      `${done} of ${this.#targets} done, ${down} down, ${Math.round(perMs * 1000)}/s, ${left} left`,
    );
  }

  /** Leaves no trace. */
  end(): void {
    this.#line.erase();
  }
}

const BEAT_MS = 500;
