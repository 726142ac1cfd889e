/** The latest records of bytes that fit a fixed space and are not too old. Costs no object a record. */

/** A place between two records, counted in bytes since the ring was made. */
export type RingPlace = number;

/**
 * Each record is contiguous: its size, its time, its bytes, then zeros up to a multiple of 8. Where one
 * does not fit before the end of the space, a size of 0 stands there and it begins at the start.
 */
export class RecordRing {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #keepMs: number;
  #start: RingPlace = 0;
  #end: RingPlace = 0;

  /** Space that is not used yet costs no memory. @param capacityBytes a multiple of 8 */
  constructor(capacityBytes: number, keepMs: number) {
    this.#bytes = new Uint8Array(capacityBytes);
    this.#view = new DataView(this.#bytes.buffer);
    this.#keepMs = keepMs;
  }

  get isEmpty(): boolean {
    return this.#start === this.#end;
  }

  /** Behind the newest record. */
  get end(): RingPlace {
    return this.#end;
  }

  /** Takes a copy, in two parts; drops what is older than `keepMs` before `atMs`, and what is in the way. */
  append(atMs: number, head: Uint8Array, body: Uint8Array): void {
    const capacity = this.#bytes.length;
    const length = HEADER_BYTES + head.length + body.length;
    const taken = Math.ceil(length / 8) * 8;
    if (taken > capacity) throw new RangeError(`${length} bytes in a ring of ${capacity}`);
    const room = capacity - (this.#end % capacity);
    const from = room < taken ? this.#end + room : this.#end;
    while (!this.isEmpty && from + taken - this.#start > capacity) this.#dropOldest();
    this.dropBefore(atMs - this.#keepMs);
    if (this.isEmpty) this.#start = from;
    else if (from > this.#end) this.#view.setUint32(this.#end % capacity, 0);
    const at = from % capacity;
    this.#view.setUint32(at, length);
    this.#view.setFloat64(at + 8, atMs);
    this.#bytes.set(head, at + HEADER_BYTES);
    this.#bytes.set(body, at + HEADER_BYTES + head.length);
    this.#end = from + taken;
  }

  /** Forgets records from before that time. */
  dropBefore(atMs: number): void {
    while (!this.isEmpty && this.#oldestMs() < atMs) this.#dropOldest();
  }

  /**
   * The record at or behind `place`, or the oldest one where that is gone by now; views into the ring,
   * good until the next `append`.
   * @returns undefined when there is none before `until`
   */
  next(
    place: RingPlace,
    until: RingPlace,
  ): { readonly bytes: Uint8Array; readonly after: RingPlace } | undefined {
    const capacity = this.#bytes.length;
    let from = Math.max(place, this.#start);
    if (from < until && this.#view.getUint32(from % capacity) === 0) from = this.#after(from);
    if (from >= until) return undefined;
    const at = from % capacity;
    const length = this.#view.getUint32(at);
    return {
      bytes: this.#bytes.subarray(at + HEADER_BYTES, at + length),
      after: this.#after(from),
    };
  }

  #dropOldest(): void {
    this.#start = this.#after(this.#start);
  }

  #oldestMs(): number {
    const at = this.#start % this.#bytes.length;
    // The space behind the last record before the end of the space is as old as what comes next.
    return this.#view.getUint32(at) === 0
      ? Number.NEGATIVE_INFINITY
      : this.#view.getFloat64(at + 8);
  }

  #after(place: RingPlace): RingPlace {
    const capacity = this.#bytes.length;
    const at = place % capacity;
    const length = this.#view.getUint32(at);
    return length === 0 ? place + capacity - at : place + Math.ceil(length / 8) * 8;
  }
}

const HEADER_BYTES = 16; // size, 4 bytes free, time
