/** What the checks of one target came to in all: as ping and fping count. */
import { Percentiles } from "../../core/percentiles.ts";
import type { CheckResult } from "./result.ts";

export class Tally {
  sent = 0;
  up = 0;
  down = 0;
  unknown = 0;
  outages = 0; // times that it became down
  last: CheckResult | undefined;
  #minMs = Number.POSITIVE_INFINITY;
  #maxMs = 0;
  #sumMs = 0;
  #percentiles: Percentiles | undefined; // made for the second time: of one there is nothing to order

  note(result: CheckResult): void {
    this.sent += 1;
    this[result.verdict] += 1;
    this.last = result;
    if (result.verdict !== "up") return;
    const { rtt_ms: rttMs } = result.facts;
    const tookMs = typeof rttMs === "number" ? rttMs : result.totalMs;
    this.#minMs = Math.min(this.#minMs, tookMs);
    this.#maxMs = Math.max(this.#maxMs, tookMs);
    this.#sumMs += tookMs;
    if (this.up === 1) return;
    if (this.#percentiles === undefined) {
      this.#percentiles = new Percentiles();
      this.#percentiles.add(this.#sumMs - tookMs);
    }
    this.#percentiles.add(tookMs);
  }

  /** Up where one of them was; unknown where nothing is known. */
  get verdict(): "up" | "down" | "unknown" {
    if (this.up > 0) return "up";
    return this.down > 0 ? "down" : "unknown";
  }

  /** Of 100, those that were not up although we could ask; null where we never could. */
  get lossPct(): number | null {
    const asked = this.up + this.down;
    return asked === 0 ? null : (this.down / asked) * 100;
  }

  /** Of those that were up, in milliseconds; null where there were none. */
  get times(): { minMs: number; avgMs: number; maxMs: number; p95Ms: number } | null {
    if (this.up === 0) return null;
    const p95Ms = Math.min(this.#maxMs, this.#percentiles?.percentileMs(0.95) ?? this.#maxMs);
    return { minMs: this.#minMs, avgMs: this.#sumMs / this.up, maxMs: this.#maxMs, p95Ms };
  }
}
