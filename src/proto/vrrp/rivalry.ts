/**
 * Two masters on one LAN, and which of them yields: RFC 9568 section 6.4.3. Two of priority 255 are a
 * mistake of whoever set them up, which the RFCs do not resolve: both cannot own the addresses. The
 * one with the lower address yields at once.
 */
import type { VrrpConfig } from "./config.ts";
import type { AdvertReceived } from "./facts.ts";

/** Why we yield. */
export type YieldKind = "higher-priority" | "tie-lost" | "owner-stays";

/** The patience of an owner with another one that should have yielded to it is part of it. */
export class Rivalry {
  readonly #config: VrrpConfig;
  #rival: { readonly source: string; readonly toleratedToMs: number; heardMs: number } | undefined;

  constructor(config: VrrpConfig) {
    this.#config = config;
  }

  /** @returns undefined where the other one is to yield, or to be answered. */
  judge(advert: AdvertReceived, nowMs: number): YieldKind | undefined {
    const { priority: ours } = this.#config;
    if (advert.priority > ours) return "higher-priority";
    if (advert.priority === ours && advert.peerWinsTie) return "tie-lost";
    return advert.priority === OWNER && this.#isLost(advert, nowMs) ? "owner-stays" : undefined;
  }

  /** Whether the other one will never yield, so that we must, lest there be two masters. */
  #isLost({ source, adverIntervalMs }: AdvertReceived, nowMs: number): boolean {
    const ownMs = this.#config.adverIntervalMs;
    const slowerMs = Math.max(ownMs, adverIntervalMs);
    const known = this.#rival;
    if (known?.source !== source || nowMs - known.heardMs > 3 * slowerMs) {
      // It must have heard two of our adverts, and its own must have had the time to stop.
      const toleratedToMs = nowMs + 2 * ownMs + 1.2 * slowerMs;
      this.#rival = { source, toleratedToMs, heardMs: nowMs };
      return false;
    }
    known.heardMs = nowMs;
    if (nowMs <= known.toleratedToMs) return false;
    this.#rival = undefined;
    return true;
  }
}

const OWNER = 255;
