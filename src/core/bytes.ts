/**
 * Byte cursors: in network order for the headers of `core/wire`; netlink, in host order, derives its
 * own in `core/netlink`.
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
  offset: number;
  readonly #end: number;
  readonly #littleEndian: boolean;

  /** Of `bytes` from `offset` to before `end`. Numbers are in network order unless `littleEndian`. */
  constructor(bytes: Uint8Array, littleEndian = false, offset = 0, end = bytes.length) {
    this.bytes = bytes;
    this.offset = offset;
    this.#end = end;
    this.#littleEndian = littleEndian;
  }

  get left(): number {
    return this.#end - this.offset;
  }

  u8(): number {
    const at = this.#take(1);
    return this.bytes[at] as number;
  }

  u16(): number {
    return this.#get16(this.#take(2));
  }

  /** Unsigned 32 bits. */
  u32(): number {
    const at = this.#take(4);
    const high = this.#get16(this.#littleEndian ? at + 2 : at);
    return high * 0x10000 + this.#get16(this.#littleEndian ? at : at + 2);
  }

  /** A copy: received buffers are reused. (`slice` of a Node Buffer would be a view.) */
  take(length: number): Uint8Array {
    const at = this.#take(length);
    return copyOf(this.bytes, at, at + length);
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

  #get16(at: number): number {
    const high = this.bytes[this.#littleEndian ? at + 1 : at] as number;
    return (high << 8) | (this.bytes[this.#littleEndian ? at : at + 1] as number);
  }

  #take(length: number): number {
    if (length > this.left) this.fail("short");
    const at = this.offset;
    this.offset += length;
    return at;
  }
}

/** A copy of the bytes from `from` to before `to`, both within them. */
export function copyOf(bytes: Uint8Array, from: number, to: number): Uint8Array {
  const length = to - from;
  if (length > SHORT_LENGTH) return new Uint8Array(bytes.subarray(from, to));
  // A view costs more than a few bytes do: V8 gives what has one memory outside of its heap.
  const copy = new Uint8Array(length);
  for (let n = 0; n < length; n += 1) copy[n] = bytes[from + n] as number;
  return copy;
}

/** @throws RangeError where a value does not fit its field: a caller's bug, never a network event. */
export class ByteWriter {
  #bytes = new Uint8Array(64);
  #length = 0;
  readonly #littleEndian: boolean;

  /** Numbers are written in network order unless `littleEndian`. */
  constructor(littleEndian = false) {
    this.#littleEndian = littleEndian;
  }

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
    this.#put16(this.#grow(2), value);
    return this;
  }

  u32(value: number): this {
    mustFit(value, 0xffffffff);
    this.#put32(this.#grow(4), value);
    return this;
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
    for (let n = 0; n < length; n += 1) this.#bytes[at + n] = 0; // mostly a few: `fill` takes longer
    return this;
  }

  /** Overwrites what stands at `offset`: for checksums and lengths known only at the end. */
  patchU16(offset: number, value: number): this {
    mustFit(value, 0xffff);
    if (offset + 2 > this.#length) throw new RangeError(`patch at ${offset} of ${this.#length}`);
    this.#put16(offset, value);
    return this;
  }

  /** The same for 32 bits. */
  patchU32(offset: number, value: number): this {
    mustFit(value, 0xffffffff);
    if (offset + 4 > this.#length) throw new RangeError(`patch at ${offset} of ${this.#length}`);
    this.#put32(offset, value);
    return this;
  }

  /** Begins anew, in the room that it has. */
  clear(): this {
    this.#length = 0;
    return this;
  }

  /** A copy of what was written so far. */
  bytes(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  #put32(at: number, value: number): void {
    this.#put16(this.#littleEndian ? at + 2 : at, value >>> 16);
    this.#put16(this.#littleEndian ? at : at + 2, value & 0xffff);
  }

  #put16(at: number, value: number): void {
    this.#bytes[this.#littleEndian ? at + 1 : at] = value >>> 8;
    this.#bytes[this.#littleEndian ? at : at + 1] = value & 0xff;
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

export const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, index) => byte === b[index]);

/** @throws RangeError unless `value` is an integer of 0..`max`. */
export function mustFit(value: number, max: number): void {
  if (!Number.isInteger(value) || value < 0 || value > max) {
    throw new RangeError(`${value} does not fit 0..${max}`);
  }
}

const SHORT_LENGTH = 64;
