/** Percentiles of times in a fixed space. */

/** 128 classes, four to each doubling from a microsecond on: a percentile is up to 19 % too high. */
export class Percentiles {
  #counts: Uint32Array | undefined; // made when there is more than one: many have just that
  #count = 0;
  #first = 0; // class of the first one

  /** Either sign; in milliseconds. */
  add(ms: number): void {
    const us = Math.abs(ms) * 1000;
    const at = us <= 1 ? 0 : Math.min(CLASSES - 1, Math.ceil(Math.log2(us) * PER_DOUBLING));
    this.#count += 1;
    if (this.#count === 1) {
      this.#first = at;
      return;
    }
    if (this.#counts === undefined) {
      this.#counts = new Uint32Array(CLASSES);
      this.#counts[this.#first] = 1;
    }
    (this.#counts[at] as number)++;
  }

  /** What `share` (0..1) of them do not exceed, in milliseconds; null where there are none. */
  percentileMs(share: number): number | null {
    if (this.#count === 0) return null;
    let left = Math.ceil(share * this.#count);
    const at =
      this.#counts?.findIndex((count) => {
        left -= count;
        return left <= 0;
      }) ?? this.#first;
    return 2 ** (at / PER_DOUBLING) / 1000;
  }
}

const CLASSES = 128;
const PER_DOUBLING = 4;
