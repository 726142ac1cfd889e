/**
 * Slow start: a server that was down and comes back gets its weight in steps of equal length, so that it is not
 * overrun while its caches are cold (`slowstart` of HAProxy, `slow_start` of nginx).
 */
import { NEVER } from "../machine.ts";

export class SlowStart {
  readonly #rampMs: number;
  readonly #begunMs = new Map<string, number>(); // by server

  /** @param rampMs 0: there is none */
  constructor(rampMs: number) {
    this.#rampMs = rampMs;
  }

  /** It has come back. */
  begin(server: string, nowMs: number): void {
    if (this.#rampMs > 0) this.#begunMs.set(server, nowMs);
  }

  /** It is down again. */
  end(server: string): void {
    this.#begunMs.delete(server);
  }

  /** Of a weight its share, 1 at least. */
  weightOf(server: string, weight: number, nowMs: number): number {
    const step = this.#stepOf(server, nowMs);
    if (step === undefined || weight === 0) return weight;
    return Math.max(1, Math.floor((weight * step) / STEPS));
  }

  /** When a weight may be another one; what is over is forgotten. */
  nextMs(nowMs: number): number {
    let nextMs = NEVER;
    for (const [server, begunMs] of this.#begunMs) {
      const step = this.#stepOf(server, nowMs);
      if (step === undefined) this.#begunMs.delete(server);
      else nextMs = Math.min(nextMs, begunMs + ((step + 1) * this.#rampMs) / STEPS);
    }
    return nextMs;
  }

  /** 0..STEPS - 1; undefined where it has all of its weight. */
  #stepOf(server: string, nowMs: number): number | undefined {
    const begunMs = this.#begunMs.get(server);
    if (begunMs === undefined || nowMs >= begunMs + this.#rampMs) return undefined;
    return Math.floor(((nowMs - begunMs) * STEPS) / this.#rampMs);
  }
}

/** IPVS is told no more often. */
const STEPS = 20;
