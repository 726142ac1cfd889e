/** How far a long computation is: told on a terminal, and the moment at which it may be interrupted. */
import { formatDurationMs } from "../../core/duration.ts";
import type { Context } from "../define.ts";

export class Progress {
  readonly #ctx: Context;
  readonly #startMs: number;
  #restedMs: number;
  #toldMs: number;

  constructor(ctx: Context) {
    this.#ctx = ctx;
    this.#startMs = this.#restedMs = this.#toldMs = ctx.ports.clock.nowMs();
  }

  /**
   * To be called often.
   * @param share of the whole that is done, above 0 and up to 1
   * @throws the reason of the signal that asks for the end
   */
  async tell(line: string, share: number): Promise<void> {
    const { ports, signal, columns, stderr } = this.#ctx;
    signal.throwIfAborted();
    const nowMs = ports.clock.nowMs();
    if (nowMs < this.#restedMs + REST_MS) return;
    await new Promise<void>((resolve) => void ports.clock.at(nowMs, resolve)); // signals come in
    signal.throwIfAborted();
    this.#restedMs = ports.clock.nowMs();
    if (columns === undefined || nowMs < this.#toldMs + TELL_MS) return;
    this.#toldMs = nowMs;
    const leftMs = ((nowMs - this.#startMs) * (1 - share)) / share;
    const left = formatDurationMs(Math.ceil(leftMs / 1000) * 1000);
    stderr(`${line}, ${(100 * share).toFixed(1)}%, about ${left} left`);
  }
}

const REST_MS = 50;
const TELL_MS = 1000;
