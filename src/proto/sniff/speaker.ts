/** One who advertises for a virtual router: what it says, since when, and how regularly. */
import { compareIp } from "../../core/addr.ts";
import { Percentiles } from "../../core/percentiles.ts";
import { masterDownMs } from "../vrrp/times.ts";
import type { Reason } from "./reason.ts";
import type { SniffedAdvert } from "./sniffed-advert.ts";

export class Speaker {
  advert: SniffedAdvert; // the last one that a receiver believes
  /**
   * `master`: it advertises as one. `yielding`: a stronger one has spoken, so that it should be silent.
   * `none`: it resigned, yielded or fell silent.
   */
  claim: "master" | "yielding" | "none" = "none";
  claimedMs = 0; // since when
  here = false; // this host sends its adverts
  firstMs: number;
  heardMs: number;
  adverts = 0;
  #steady = false; // it was master at its last advert, too
  reasons: readonly Reason[] = []; // what its last advert came to
  readonly jitter = new Percentiles();

  constructor(advert: SniffedAdvert, atMs: number) {
    this.advert = advert;
    this.firstMs = atMs;
    this.heardMs = atMs;
  }

  /** Begins to be master, after it was not. */
  begin(atMs: number): void {
    this.claim = "master";
    this.claimedMs = atMs;
    this.#steady = false;
  }

  /** To be called for each advert; counts how regularly they come while it is master. */
  hear(atMs: number): void {
    if (this.claim === "master" && this.#steady) {
      const { intervalMs } = this.advert;
      const gapMs = atMs - this.heardMs;
      if (!isGap(gapMs, intervalMs)) this.jitter.add(gapMs - intervalMs);
    }
    this.#steady = this.claim === "master";
    this.heardMs = atMs;
    this.adverts += 1;
  }

  /** Until the weakest backup has taken over: nobody is master any more then. */
  get patienceMs(): number {
    const version = this.advert.version === 3 ? 3 : 2;
    return masterDownMs({ version, priority: 1, downAdverts: 3 }, this.advert.intervalMs);
  }

  /** Whether a backup of the highest priority would have taken over by now; a little early is not too early. */
  isOverdue(atMs: number): boolean {
    return atMs - this.heardMs >= 2.9 * this.advert.intervalMs;
  }

  /** RFC 9568 section 6.4.3: the higher priority, of equal ones the higher address. */
  outranks(other: Speaker): boolean {
    const [ours, theirs] = [this.advert, other.advert];
    if (ours.priority !== theirs.priority) return ours.priority > theirs.priority;
    return compareIp(ours.sourceIp, theirs.sourceIp) > 0;
  }
}

/** So long that an advert is missing, rather than late. */
export const isGap = (gapMs: number, intervalMs: number): boolean => gapMs > 1.5 * intervalMs;
