/**
 * Two routers of priority 255 on one LAN. Both cannot own the addresses: that is a mistake of
 * whoever set them up, which the RFCs do not resolve. The one with the lower address yields at once.
 */
import type { VrrpConfig } from "./config.ts";
import type { AdvertReceived } from "./facts.ts";

/** The patience of an owner with another one that should have yielded to it. */
export class OwnerRivalry {
  readonly #intervalMs: number;
  #rival: { readonly source: string; readonly toleratedToMs: number; heardMs: number } | undefined;

  constructor({ adverIntervalMs }: VrrpConfig) {
    this.#intervalMs = adverIntervalMs;
  }

  /** @returns whether the other one will never yield, so that we must, lest there be two masters. */
  isLost({ source, adverIntervalMs }: AdvertReceived, nowMs: number): boolean {
    const slowerMs = Math.max(this.#intervalMs, adverIntervalMs);
    const known = this.#rival;
    if (known?.source !== source || nowMs - known.heardMs > 3 * slowerMs) {
      // It must have heard two of our adverts, and its own must have had the time to stop.
      const toleratedToMs = nowMs + 2 * this.#intervalMs + 1.2 * slowerMs;
      this.#rival = { source, toleratedToMs, heardMs: nowMs };
      return false;
    }
    known.heardMs = nowMs;
    if (nowMs <= known.toleratedToMs) return false;
    this.#rival = undefined;
    return true;
  }
}
