/**
 * Byte cursors in network order, for the headers of `core/wire`.
 * (Netlink is in host order and has its own cursor in `core/netlink`.)
 */
import { type Decoded, decoded, undecoded } from "./result.ts";

/**
 * Runs `read` over `bytes`. Reading past the end is the fault `short`, `r.fail(code)` any other.
 * Nothing but a bug of ours is ever thrown.
 */
export function decoding<T>(
  layer: string,
  bytes: Uint8Array,
  read: (r: ByteReader) => T,
): Decoded<T> {
  return decodingWith(layer, new ByteReader(bytes), read);
}

/** The same for a reader of another byte order. */
export function decodingWith<T, R extends ByteReader>(
  layer: string,
  reader: R,
  read: (r: R) => T,
): Decoded<T> {
  try {
    return decoded(read(reader));
  } catch (signal) {
    if (signal instanceof Fault) return undecoded(layer, signal.code, signal.offset);
    throw signal;
  }
}

/** The private signal between a reader and `decoding`; no stack is collected for it. */
class Fault {
  readonly code: string;
  readonly offset: number;
  constructor(code: string, offset: number) {
    this.code = code;
    this.offset = offset;
  }
}

export class ByteReader {
  readonly bytes: Uint8Array;
  offset = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  get left(): number {
    return this.bytes.length - this.offset;
  }

  u8(): number {
    const at = this.#take(1);
    return this.bytes[at] as number;
  }

  u16(): number {
    const at = this.#take(2);
    return ((this.bytes[at] as number) << 8) | (this.bytes[at + 1] as number);
  }

  /** Unsigned 32 bits. */
  u32(): number {
    return this.u16() * 0x10000 + this.u16();
  }

  /** A copy: received buffers are reused. (`slice` of a Node Buffer would be a view.) */
  take(length: number): Uint8Array {
    const at = this.#take(length);
    return new Uint8Array(this.bytes.subarray(at, at + length));
  }

  /** A copy of all that is left, possibly empty. */
  rest(): Uint8Array {
    return this.take(this.left);
  }

  skip(length: number): void {
    this.#take(length);
  }

  times<T>(count: number, read: () => T): T[] {
    return Array.from({ length: count }, read);
  }

  /** Ends the decoding with `code` at the present offset. */
  fail(code: string): never {
    throw new Fault(code, this.offset);
  }

  #take(length: number): number {
    if (length > this.left) this.fail("short");
    const at = this.offset;
    this.offset += length;
    return at;
  }
}

/** @throws RangeError where a value does not fit its field: a caller's bug, never a network event. */
export class ByteWriter {
  #bytes = new Uint8Array(64);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  u8(value: number): this {
    mustFit(value, 0xff);
    const at = this.#grow(1); // first: it may replace the space
    this.#bytes[at] = value;
    return this;
  }

  u16(value: number): this {
    mustFit(value, 0xffff);
    const at = this.#grow(2);
    this.#bytes[at] = value >>> 8;
    this.#bytes[at + 1] = value & 0xff;
    return this;
  }

  u32(value: number): this {
    mustFit(value, 0xffffffff);
    return this.u16(Math.floor(value / 0x10000)).u16(value % 0x10000);
  }

  /** Fields of some bits each, the highest first; their widths add up to whole bytes, at most 4. */
  bits(...fields: readonly (readonly [width: number, value: number])[]): this {
    let word = 0;
    let width = 0;
    for (const [fieldWidth, value] of fields) {
      mustFit(value, 2 ** fieldWidth - 1);
      word = word * 2 ** fieldWidth + value;
      width += fieldWidth;
    }
    for (let below = width - 8; below >= 0; below -= 8) this.u8((word >>> below) & 0xff);
    return this;
  }

  /** `length` where the field is fixed: other bytes than that many are refused. */
  raw(bytes: Uint8Array, length = bytes.length): this {
    if (bytes.length !== length)
      throw new RangeError(`${bytes.length} bytes for a ${length}-byte field`);
    const at = this.#grow(bytes.length);
    this.#bytes.set(bytes, at);
    return this;
  }

  /** `length` bytes of zero. */
  zeros(length: number): this {
    const at = this.#grow(length);
    this.#bytes.fill(0, at, at + length);
    return this;
  }

  /** Overwrites what stands at `offset`: for checksums and lengths known only at the end. */
  patchU16(offset: number, value: number): this {
    mustFit(value, 0xffff);
    if (offset + 2 > this.#length) throw new RangeError(`patch at ${offset} of ${this.#length}`);
    this.#bytes[offset] = value >>> 8;
    this.#bytes[offset + 1] = value & 0xff;
    return this;
  }

  /** A copy of what was written so far. */
  bytes(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  #grow(by: number): number {
    const at = this.#length;
    this.#length += by;
    if (this.#length > this.#bytes.length) {
      const wider = new Uint8Array(Math.max(this.#length, this.#bytes.length * 2));
      wider.set(this.#bytes.subarray(0, at));
      this.#bytes = wider;
    }
    return at;
  }
}

/** @throws RangeError unless `value` is an integer of 0..`max`. */
export function mustFit(value: number, max: number): void {
  if (!Number.isInteger(value) || value < 0 || value > max) {
    throw new RangeError(`${value} does not fit 0..${max}`);
  }
}
