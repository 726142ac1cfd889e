/** How far a long computation is: told on a terminal, and the moment at which it may be interrupted. */
import type { Context } from "../define.ts";

export class Progress {
  readonly #ctx: Context;
  #restedMs: number;
  #toldMs: number;

  constructor(ctx: Context) {
    this.#ctx = ctx;
    this.#restedMs = this.#toldMs = ctx.ports.clock.nowMs();
  }

  /** To be called often. @throws the reason of the signal that asks for the end */
  async tell(line: string): Promise<void> {
    const { ports, signal, columns, stderr } = this.#ctx;
    signal.throwIfAborted();
    const nowMs = ports.clock.nowMs();
    if (nowMs < this.#restedMs + REST_MS) return;
    await new Promise<void>((resolve) => void ports.clock.at(nowMs, resolve)); // signals come in
    signal.throwIfAborted();
    this.#restedMs = ports.clock.nowMs();
    if (columns === undefined || nowMs < this.#toldMs + TELL_MS) return;
    this.#toldMs = nowMs;
    stderr(line);
  }
}

const REST_MS = 50;
const TELL_MS = 1000;
