/** What a callback was given, to be awaited one by one. */
export class Arrivals<T> {
  readonly #waiting: T[] = [];
  readonly #takers: ((value: T) => void)[] = [];

  push(value: T): void {
    const taker = this.#takers.shift();
    if (taker === undefined) this.#waiting.push(value);
    else taker(value);
  }

  /** The oldest that was not taken yet; waits for it if it is still to come. */
  async next(): Promise<T> {
    if (this.#waiting.length > 0) return this.#waiting.shift() as T;
    return await new Promise((resolve) => this.#takers.push(resolve));
  }
}
