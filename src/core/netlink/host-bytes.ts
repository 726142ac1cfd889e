/**
 * Byte cursors in the byte order of this host, for netlink (linux/netlink.h): its headers and most
 * attributes are C integers as the kernel holds them in memory.
 */
import { ByteReader, ByteWriter, mustFit } from "../bytes.ts";

export class HostReader extends ByteReader {
  constructor(bytes: Uint8Array, offset = 0, end = bytes.length) {
    super(bytes, LITTLE_ENDIAN, offset, end);
  }

  /** Signed 32 bits. */
  s32(): number {
    return this.u32() | 0;
  }

  /** Unsigned 64 bits. */
  u64(): bigint {
    const first = this.u32();
    const second = this.u32();
    const [high, low] = LITTLE_ENDIAN ? [second, first] : [first, second];
    if (high < 2 ** 21) return BigInt(high * 2 ** 32 + low); // exact, and much the faster
    return (BigInt(high) << 32n) | BigInt(low);
  }

  /** The 16 bits that some attributes hold in network order. */
  be16(): number {
    return this.u8() * 0x100 + this.u8();
  }

  /** The 32 bits that some have in network order. */
  be32(): number {
    return this.be16() * 0x10000 + this.be16();
  }

  /** A reader of the next `length` bytes, which this one passes over; both count offsets alike. */
  window(length: number): HostReader {
    const at = this.offset;
    this.skip(length);
    return new HostReader(this.bytes, at, this.offset);
  }

  /** To the next multiple of 4, or to the end: the last of a list may lack its padding. */
  align(): void {
    this.skip(Math.min(this.left, padding(this.offset)));
  }
}

export class HostWriter extends ByteWriter {
  constructor() {
    super(LITTLE_ENDIAN);
  }

  /** 16 bits in network order. */
  be16(value: number): this {
    mustFit(value, 0xffff);
    return this.u8(value >>> 8).u8(value & 0xff);
  }

  /** 32 bits in network order. */
  be32(value: number): this {
    mustFit(value, 0xffffffff);
    return this.be16(value >>> 16).be16(value & 0xffff);
  }

  /** Unsigned 64 bits. */
  u64(value: bigint): this {
    const [low, high] = [Number(value & 0xffff_ffffn), Number(value >> 32n)];
    return LITTLE_ENDIAN ? this.u32(low).u32(high) : this.u32(high).u32(low);
  }

  /** Zeros up to the next multiple of 4. */
  align(): this {
    return this.zeros(padding(this.length));
  }
}

const padding = (length: number): number => -length & 3;

const LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;
