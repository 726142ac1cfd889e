/** Virtual time: what is to happen when, as a binary heap. Of one moment the older wish comes first. */
interface Wish {
  readonly atMs: number;
  readonly rank: number; // in the order of wishing
  readonly run: () => void;
}

export class EventQueue {
  nowMs = 0;
  readonly #heap: Wish[] = [];
  #rank = 0;

  /** What should have happened already happens next, now. */
  at(atMs: number, run: () => void): void {
    const wish = { atMs, rank: this.#rank, run };
    this.#rank += 1;
    this.#rise(wish);
  }

  /** Lets everything happen that is due by then, also what comes up on the way. */
  runUntil(untilMs: number): void {
    for (let next = this.#heap[0]; next && next.atMs <= untilMs; next = this.#heap[0]) {
      this.#removeFirst();
      this.nowMs = Math.max(this.nowMs, next.atMs);
      next.run();
    }
    this.nowMs = Math.max(this.nowMs, untilMs);
  }

  #rise(wish: Wish): void {
    const heap = this.#heap;
    let at = heap.length;
    while (at > 0) {
      const above = (at - 1) >> 1;
      const other = heap[above] as Wish;
      if (isBefore(other, wish)) break;
      heap[at] = other;
      at = above;
    }
    heap[at] = wish;
  }

  #removeFirst(): void {
    const heap = this.#heap;
    const last = heap.pop() as Wish;
    if (heap.length === 0) return;
    let at = 0;
    for (;;) {
      const left = 2 * at + 1;
      const right = left + 1;
      if (left >= heap.length) break;
      const isRight = right < heap.length && isBefore(heap[right] as Wish, heap[left] as Wish);
      const below = isRight ? right : left;
      if (isBefore(last, heap[below] as Wish)) break;
      heap[at] = heap[below] as Wish;
      at = below;
    }
    heap[at] = last;
  }
}

const isBefore = (a: Wish, b: Wish): boolean =>
  a.atMs < b.atMs || (a.atMs === b.atMs && a.rank < b.rank);
