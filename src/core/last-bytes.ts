/** The end of a stream of any length, in bounded memory: what a program said last. */

export class LastBytes {
  readonly #limit: number;
  #kept = new Uint8Array();
  #isCut: boolean = false;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** The bytes may be used again afterwards. */
  add(bytes: Uint8Array): void {
    const room = Math.max(0, this.#limit - bytes.length);
    if (this.#kept.length > room || bytes.length > this.#limit) this.#isCut = true;
    const before = room === 0 ? new Uint8Array() : this.#kept.slice(-room);
    const last = bytes.subarray(-this.#limit);
    const joined = new Uint8Array(before.length + last.length);
    joined.set(before);
    joined.set(last, before.length);
    this.#kept = joined;
  }

  /** As UTF-8, whatever it is; without the rest of a character that was cut through. */
  get text(): string {
    let from = 0;
    while (this.#isCut && from < 3 && isContinuation(this.#kept[from])) from += 1;
    return new TextDecoder().decode(this.#kept.subarray(from));
  }
}

const isContinuation = (byte: number | undefined): boolean =>
  byte !== undefined && (byte & 0xc0) === 0x80;
