/**
 * Byte cursors in the byte order of this host, for netlink (linux/netlink.h): its headers and most
 * attributes are C integers as the kernel holds them in memory.
 */
import { ByteReader, ByteWriter, mustFit } from "../bytes.ts";

export class HostReader extends ByteReader {
  override u16(): number {
    return hostOrder16(super.u16());
  }

  override u32(): number {
    const [first, second] = [this.u16(), this.u16()];
    return LITTLE_ENDIAN ? second * 0x10000 + first : first * 0x10000 + second;
  }

  /** Signed 32 bits. */
  s32(): number {
    return this.u32() | 0;
  }

  /** The 16 bits that some attributes hold in network order. */
  be16(): number {
    return super.u16();
  }

  /** A reader of the next `length` bytes, which this one passes over; both count offsets alike. */
  window(length: number): HostReader {
    const at = this.offset;
    this.skip(length);
    const inner = new HostReader(this.bytes.subarray(0, this.offset));
    inner.offset = at;
    return inner;
  }

  /** To the next multiple of 4, or to the end: the last of a list may lack its padding. */
  align(): void {
    this.skip(Math.min(this.left, padding(this.offset)));
  }
}

export class HostWriter extends ByteWriter {
  override u16(value: number): this {
    mustFit(value, 0xffff);
    return super.u16(hostOrder16(value));
  }

  override u32(value: number): this {
    mustFit(value, 0xffffffff);
    const [high, low] = [Math.floor(value / 0x10000), value % 0x10000];
    return LITTLE_ENDIAN ? this.u16(low).u16(high) : this.u16(high).u16(low);
  }

  be16(value: number): this {
    return super.u16(value);
  }

  override patchU16(offset: number, value: number): this {
    mustFit(value, 0xffff);
    return super.patchU16(offset, hostOrder16(value));
  }

  /** Zeros up to the next multiple of 4. */
  align(): this {
    return this.zeros(padding(this.length));
  }
}

const hostOrder16 = (networkOrder: number): number =>
  LITTLE_ENDIAN ? ((networkOrder & 0xff) << 8) | (networkOrder >>> 8) : networkOrder;

const padding = (length: number): number => -length & 3;

const LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;
