/** Virtual time: what is to happen when, as a binary heap. Of one moment the older wish comes first. */

/** Times and ranks stand in arrays of numbers: what is compared most is near together in memory. */
export class EventQueue {
  nowMs = 0;
  readonly #times: number[] = []; // a heap, by time and rank
  readonly #ranks: number[] = []; // in the order of wishing
  readonly #runs: (() => void)[] = [];
  #rank = 0;

  /** What should have happened already happens next, now. */
  at(atMs: number, run: () => void): void {
    this.#rank += 1;
    this.#rise(this.#times.length, atMs, this.#rank, run);
  }

  /** Lets everything happen that is due by then, also what comes up on the way. */
  runUntil(untilMs: number): void {
    for (let atMs = this.#times[0]; atMs !== undefined && atMs <= untilMs; atMs = this.#times[0]) {
      const run = this.#runs[0] as () => void;
      this.#removeFirst();
      this.nowMs = Math.max(this.nowMs, atMs);
      run();
    }
    this.nowMs = Math.max(this.nowMs, untilMs);
  }

  #rise(from: number, atMs: number, rank: number, run: () => void): void {
    let at = from;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (this.#isBefore(above, atMs, rank)) break;
      this.#move(above, at);
      at = above;
    }
    this.#set(at, atMs, rank, run);
  }

  #removeFirst(): void {
    const [atMs, rank] = [this.#times.pop() as number, this.#ranks.pop() as number];
    const run = this.#runs.pop() as () => void;
    const count = this.#times.length;
    if (count === 0) return;
    let at = 0;
    for (;;) {
      const left = 2 * at + 1;
      if (left >= count) break;
      const right = left + 1;
      const isLeft =
        right >= count || this.#isBefore(left, this.#timeOf(right), this.#rankOf(right));
      const below = isLeft ? left : right;
      if (!this.#isBefore(below, atMs, rank)) break;
      this.#move(below, at);
      at = below;
    }
    this.#set(at, atMs, rank, run);
  }

  #timeOf(at: number): number {
    return this.#times[at] as number;
  }

  #rankOf(at: number): number {
    return this.#ranks[at] as number;
  }

  #isBefore(at: number, atMs: number, rank: number): boolean {
    const ownMs = this.#timeOf(at);
    return ownMs < atMs || (ownMs === atMs && this.#rankOf(at) < rank);
  }

  #move(from: number, to: number): void {
    this.#set(to, this.#timeOf(from), this.#rankOf(from), this.#runs[from] as () => void);
  }

  #set(at: number, atMs: number, rank: number, run: () => void): void {
    this.#times[at] = atMs;
    this.#ranks[at] = rank;
    this.#runs[at] = run;
  }
}
