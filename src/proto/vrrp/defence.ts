/**
 * How often addresses that somebody else claims are announced again: at once, then ever more seldom
 * while the claims go on, down to DEFEND_INTERVAL of RFC 5227 section 1.1. So two hosts that both
 * defend an address never make a storm, and the last word of a short dispute is ours.
 */
import { NEVER } from "../machine.ts";

export class Defence {
  #fromMs = Number.NEGATIVE_INFINITY; // not before
  #spacingMs = LEAST_SPACING_MS;
  /** When the next announcement is due that a claim has asked for; NEVER: none is. */
  deadlineMs = NEVER;

  /** Somebody has claimed an address. */
  raise(nowMs: number): { readonly kind: "announce" }[] {
    if (nowMs >= this.#fromMs) return this.#announce(nowMs);
    this.deadlineMs = this.#fromMs;
    return [];
  }

  runTimer(nowMs: number): { readonly kind: "announce" }[] {
    return nowMs >= this.deadlineMs ? this.#announce(nowMs) : [];
  }

  /** There is nothing to be defended any more. */
  rest(): void {
    this.deadlineMs = NEVER;
  }

  #announce(nowMs: number): { readonly kind: "announce" }[] {
    const goesOn = nowMs - this.#fromMs < MOST_SPACING_MS;
    this.#spacingMs = goesOn ? Math.min(2 * this.#spacingMs, MOST_SPACING_MS) : LEAST_SPACING_MS;
    this.#fromMs = nowMs + this.#spacingMs;
    this.deadlineMs = NEVER;
    return [{ kind: "announce" }];
  }
}

const LEAST_SPACING_MS = 1000;
const MOST_SPACING_MS = 10_000;
