/**
 * When a MASTER tells the LAN where its addresses are: a burst at once, another one for those that
 * missed it, a steady refresh, and out of turn when somebody else may have claimed them.
 */
import { NEVER } from "../machine.ts";
import type { VrrpConfig } from "./config.ts";
import type { Announce } from "./facts.ts";
import { nextBeatMs } from "./times.ts";

export class AnnouncementSchedule {
  readonly #config: VrrpConfig;
  #burstMs = NEVER;
  #refreshMs = NEVER;
  #repeatFromMs = 0;

  constructor(config: VrrpConfig) {
    this.#config = config;
  }

  get deadlineMs(): number {
    return Math.min(this.#burstMs, this.#refreshMs);
  }

  start(nowMs: number): Announce {
    const { garpRepeat, garpDelayMs, garpRefreshMs } = this.#config;
    if (garpDelayMs > 0) this.#burstMs = nowMs + garpDelayMs;
    if (garpRefreshMs > 0) this.#refreshMs = nowMs + garpRefreshMs;
    this.#repeatFromMs = nowMs;
    return { kind: "announce", times: garpRepeat };
  }

  stop(): void {
    this.#burstMs = NEVER;
    this.#refreshMs = NEVER;
  }

  /** Somebody may have told the LAN otherwise: now, and a burst after `garpDelayMs`, when they are done. */
  repeat(nowMs: number): Announce[] {
    if (nowMs < this.#repeatFromMs) return [];
    const { garpDelayMs } = this.#config;
    this.#repeatFromMs = nowMs + Math.max(garpDelayMs, REPEAT_SPACING_MS);
    if (garpDelayMs > 0) this.#burstMs = Math.min(this.#burstMs, nowMs + garpDelayMs);
    return [{ kind: "announce", times: 1 }];
  }

  runTimers(nowMs: number): Announce[] {
    const { garpRepeat, garpRefreshMs } = this.#config;
    const orders: Announce[] = [];
    if (this.#burstMs <= nowMs) {
      this.#burstMs = NEVER;
      orders.push({ kind: "announce", times: garpRepeat });
    }
    if (this.#refreshMs <= nowMs) {
      this.#refreshMs = nextBeatMs(this.#refreshMs, garpRefreshMs, nowMs);
      orders.push({ kind: "announce", times: 1 });
    }
    return orders;
  }
}

// Hosts hold on to what they just learned for about a second (Linux: neigh/*/locktime), so faster
// repetition only makes noise.
const REPEAT_SPACING_MS = 1000;
