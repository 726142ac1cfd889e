/**
 * When a MASTER tells the LAN where its addresses are: a burst at once, another one for those that
 * missed it, a steady refresh, and out of turn when somebody else may have claimed them.
 */
import { NEVER } from "../machine.ts";
import type { LowerBursts, VrrpConfig } from "./config.ts";
import type { Announce } from "./facts.ts";
import { nextBeatMs } from "./times.ts";

export class AnnouncementSchedule {
  readonly #config: VrrpConfig;
  #burstMs = NEVER;
  #burstTimes = 0;
  #refreshMs = NEVER;
  #extraMs = NEVER;
  #repeatFromMs = 0;

  constructor(config: VrrpConfig) {
    this.#config = config;
  }

  get deadlineMs(): number {
    return Math.min(this.#burstMs, this.#refreshMs, this.#extraMs);
  }

  start(nowMs: number): Announce {
    const { garpRepeat, garpDelayMs, garpRefreshMs, garpExtraMs } = this.#config;
    this.#plan(garpRepeat, garpDelayMs, nowMs);
    if (garpRefreshMs > 0) this.#refreshMs = nowMs + garpRefreshMs;
    if (garpExtraMs > 0) this.#extraMs = nowMs + garpExtraMs;
    this.#repeatFromMs = nowMs;
    return { kind: "announce", times: garpRepeat };
  }

  stop(): void {
    this.#burstMs = NEVER;
    this.#refreshMs = NEVER;
    this.#extraMs = NEVER;
  }

  /** Somebody may have told the LAN otherwise: now, and a burst after `garpDelayMs`, when they are done. */
  repeat(nowMs: number): Announce[] {
    const { garpRepeat, garpDelayMs } = this.#config;
    return this.#again(1, { repeat: garpRepeat, delayMs: garpDelayMs }, nowMs);
  }

  /** A MASTER of lower priority has told it otherwise, and learns of us only now. */
  outdo(nowMs: number): Announce[] {
    const { garpLower } = this.#config;
    if (garpLower === null) return this.repeat(nowMs);
    return garpLower.repeat === 0 ? [] : this.#again(garpLower.repeat, garpLower, nowMs);
  }

  runTimers(nowMs: number): Announce[] {
    const { garpRefreshMs, garpRefreshRepeat, garpExtraMs } = this.#config;
    const orders: Announce[] = [];
    if (this.#burstMs <= nowMs) {
      this.#burstMs = NEVER;
      orders.push({ kind: "announce", times: this.#burstTimes });
    }
    if (this.#refreshMs <= nowMs) {
      this.#refreshMs = nextBeatMs(this.#refreshMs, garpRefreshMs, nowMs);
      orders.push({ kind: "announce", times: garpRefreshRepeat });
    }
    if (this.#extraMs <= nowMs) {
      this.#extraMs = nextBeatMs(this.#extraMs, garpExtraMs, nowMs);
      orders.push({ kind: "announce", times: 1, extra: true });
    }
    return orders;
  }

  #again(times: number, { repeat, delayMs }: LowerBursts, nowMs: number): Announce[] {
    if (nowMs < this.#repeatFromMs) return [];
    this.#repeatFromMs = nowMs + Math.max(delayMs, REPEAT_SPACING_MS);
    this.#plan(repeat, delayMs, nowMs);
    return [{ kind: "announce", times }];
  }

  /** Does not put off one that is due already. */
  #plan(times: number, delayMs: number, nowMs: number): void {
    if (delayMs === 0 || nowMs + delayMs >= this.#burstMs) return;
    this.#burstMs = nowMs + delayMs;
    this.#burstTimes = times;
  }
}

// Hosts hold on to what they just learned for about a second (Linux: neigh/*/locktime), so faster
// repetition only makes noise.
const REPEAT_SPACING_MS = 1000;
