/** How often a value was how great: counts between bounds, as Prometheus sums them up. */

export class Histogram {
  readonly bounds: readonly number[]; // upper ones, rising
  readonly counts: number[]; // of each alone, and one more for what is above all
  sum = 0;

  constructor(bounds: readonly number[]) {
    this.bounds = bounds;
    this.counts = new Array(bounds.length + 1).fill(0);
  }

  add(value: number): void {
    const place = this.bounds.findIndex((bound) => value <= bound);
    const index = place < 0 ? this.bounds.length : place;
    this.counts[index] = (this.counts[index] ?? 0) + 1;
    this.sum += value;
  }
}
