/**
 * pcapng captures (draft-ietf-opsawg-pcapng): blocks of a type, a length, a body with options behind
 * it, and the length again. Written in little-endian order with times in nanoseconds; both orders and
 * every resolution of time are read.
 */
import { ByteReader, ByteWriter, decodingWith } from "../bytes.ts";
import type { Decoded } from "../result.ts";

export type PcapngBlock =
  | PcapngSection
  | PcapngInterface
  | PcapngPacket
  | PcapngStatistics
  | PcapngForeign;

/** The first block of a capture; interfaces are counted anew behind each. */
export interface PcapngSection {
  readonly kind: "section";
  readonly application: string | null; // what wrote it
  readonly comment: string | null;
}

export interface PcapngInterface {
  readonly kind: "interface";
  readonly linkType: number; // u16, LINKTYPE
  readonly snapBytes: number; // u32, 0 = no limit
  readonly name: string | null;
}

/** A packet as it was seen on an interface (enhanced packet block). */
export interface PcapngPacket {
  readonly kind: "packet";
  readonly interfaceId: number; // u32, of the interfaces of its section, from 0
  readonly wallNs: bigint; // u64, nanoseconds since 1970
  readonly direction: "in" | "out" | null;
  readonly wireBytes: number; // u32, its length on the wire, at least that of `bytes`
  readonly bytes: Uint8Array;
  readonly comment: string | null;
}

/** What is known of an interface at the end (interface statistics block). */
export interface PcapngStatistics {
  readonly kind: "statistics";
  readonly interfaceId: number; // u32
  readonly wallNs: bigint; // u64
  readonly lostPackets: bigint | null; // u64, no room was left for these
}

/** A block that says nothing to us. */
export interface PcapngForeign {
  readonly kind: "foreign";
  readonly type: number; // u32
}

/**
 * A whole file. Total over any bytes. Codes: `short`, `bad-magic` (does not begin with a section),
 * `bad-length` (of a block or in it), `bad-interface` (a packet of one that was not described),
 * `bad-resolution` (of time).
 */
export function decodePcapng(file: Uint8Array): Decoded<PcapngBlock[]> {
  return decodingWith("pcapng", new ByteReader(file), (r) => {
    const blocks: PcapngBlock[] = [];
    let section: Section | undefined;
    while (r.left > 0) {
      section = beginSection(r) ?? section ?? r.fail("bad-magic");
      blocks.push(readBlock(nextBlock(r, section.littleEndian), section));
    }
    return blocks;
  });
}

/** @throws RangeError where a value does not fit; strings have at most 65,535 bytes */
export function encodePcapngBlock(block: Exclude<PcapngBlock, PcapngForeign>): Uint8Array {
  switch (block.kind) {
    case "section":
      return sealed(BLOCK.section, (w) => {
        w.u32(BYTE_ORDER_MAGIC).u16(1).u16(0).u32(0xffffffff).u32(0xffffffff); // version; any length
        writeText(w, OPTION.application, block.application);
        writeText(w, OPTION.comment, block.comment);
      });
    case "interface":
      return sealed(BLOCK.interface, (w) => {
        w.u16(block.linkType).u16(0).u32(block.snapBytes);
        writeText(w, OPTION.interfaceName, block.name);
        writeOption(w, OPTION.resolution, Uint8Array.of(NANOSECONDS));
      });
    case "packet":
      if (block.wireBytes < block.bytes.length) throw new RangeError("longer than on the wire");
      return sealed(BLOCK.packet, (w) => {
        writeTime(w.u32(block.interfaceId), block.wallNs);
        writePadded(w.u32(block.bytes.length).u32(block.wireBytes), block.bytes);
        if (block.direction !== null) {
          w.u16(OPTION.packetFlags).u16(4).u32(DIRECTIONS.indexOf(block.direction));
        }
        writeText(w, OPTION.comment, block.comment);
      });
    case "statistics":
      return sealed(BLOCK.statistics, (w) => {
        writeTime(w.u32(block.interfaceId), block.wallNs);
        if (block.lostPackets === null) return;
        writeWords(w.u16(OPTION.interfaceDrops).u16(8), block.lostPackets, ["low", "high"]);
      });
  }
}

/** LINKTYPE_ETHERNET (tcpdump.org/linktypes.html). */
export const LINKTYPE_ETHERNET = 1;

interface Section {
  readonly littleEndian: boolean;
  readonly clocks: Clock[]; // one for each interface
}

/** Nanoseconds since 1970 of `ticks`. */
type Clock = (ticks: bigint) => bigint;

interface Body {
  readonly type: number;
  readonly r: ByteReader;
}

/** @returns undefined where the next block belongs to the section that is being read */
function beginSection(r: ByteReader): Section | undefined {
  const { bytes, offset } = r;
  const type = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (r.left < 12) r.fail("short");
  if (type.getUint32(offset) !== BLOCK.section) return undefined; // the same in both orders
  const littleEndian = type.getUint32(offset + 8, true) === BYTE_ORDER_MAGIC;
  if (!littleEndian && type.getUint32(offset + 8) !== BYTE_ORDER_MAGIC) r.fail("bad-magic");
  return { littleEndian, clocks: [] };
}

/** Its body alone, with both lengths checked; `file` stands behind it then. */
function nextBlock(file: ByteReader, littleEndian: boolean): Body {
  const { bytes, offset } = file;
  const head = new ByteReader(bytes, littleEndian, offset);
  const [type, length] = [head.u32(), head.u32()];
  if (length < FRAME_BYTES || length % 4 !== 0) file.fail("bad-length");
  file.skip(length);
  const end = offset + length - 4;
  if (new ByteReader(bytes, littleEndian, end).u32() !== length) file.fail("bad-length");
  return { type, r: new ByteReader(bytes, littleEndian, offset + 8, end) };
}

function readBlock({ type, r }: Body, { littleEndian, clocks }: Section): PcapngBlock {
  switch (type) {
    case BLOCK.section: {
      r.skip(16); // magic, version, length of the section
      const options = readOptions(r);
      const application = textOf(options.get(OPTION.application));
      return { kind: "section", application, comment: textOf(options.get(OPTION.comment)) };
    }
    case BLOCK.interface: {
      const linkType = r.u16();
      r.skip(2);
      const snapBytes = r.u32();
      const options = readOptions(r);
      clocks.push(clockOf(options, littleEndian) ?? r.fail("bad-resolution"));
      return {
        kind: "interface",
        linkType,
        snapBytes,
        name: textOf(options.get(OPTION.interfaceName)),
      };
    }
    case BLOCK.packet: {
      const interfaceId = r.u32();
      const wallNs = readTime(r, clocks[interfaceId] ?? r.fail("bad-interface"));
      const [captured, wireBytes] = [r.u32(), r.u32()];
      const bytes = r.take(captured);
      r.skip(paddingOf(captured));
      const options = readOptions(r);
      const flags = numberOf(options.get(OPTION.packetFlags), 4, littleEndian) ?? 0n;
      const direction = DIRECTIONS[Number(flags & 3n)] ?? null;
      const comment = textOf(options.get(OPTION.comment));
      return { kind: "packet", interfaceId, wallNs, direction, wireBytes, bytes, comment };
    }
    case BLOCK.statistics: {
      const interfaceId = r.u32();
      const wallNs = readTime(r, clocks[interfaceId] ?? r.fail("bad-interface"));
      const drops = readOptions(r).get(OPTION.interfaceDrops);
      const lostPackets = numberOf(drops, 8, littleEndian) ?? null;
      return { kind: "statistics", interfaceId, wallNs, lostPackets };
    }
    default:
      return { kind: "foreign", type };
  }
}

/** The first value of each code. */
function readOptions(r: ByteReader): ReadonlyMap<number, Uint8Array> {
  const options = new Map<number, Uint8Array>();
  while (r.left > 0) {
    const [code, length] = [r.u16(), r.u16()];
    if (code === OPTION.end) break;
    const value = r.take(length);
    r.skip(paddingOf(length));
    if (!options.has(code)) options.set(code, value);
  }
  return options;
}

/** @returns undefined for a resolution that no clock has */
function clockOf(
  options: ReadonlyMap<number, Uint8Array>,
  littleEndian: boolean,
): Clock | undefined {
  const resolution = options.get(OPTION.resolution)?.[0] ?? MICROSECONDS;
  const offsetNs = (numberOf(options.get(OPTION.timeOffset), 8, littleEndian) ?? 0n) * NS_PER_S;
  const exponent = resolution & 0x7f;
  if (exponent > 63) return undefined;
  const ticksPerS = (resolution & 0x80) === 0 ? 10n ** BigInt(exponent) : 2n ** BigInt(exponent);
  return (ticks) => BigInt.asUintN(64, offsetNs + (ticks * NS_PER_S) / ticksPerS);
}

/** Seconds, or any other 64 bits: the high word stands first in either order. */
const readTime = (r: ByteReader, clock: Clock): bigint =>
  clock((BigInt(r.u32()) << 32n) | BigInt(r.u32()));

function sealed(type: number, write: (w: ByteWriter) => void): Uint8Array {
  const w = new ByteWriter(true).u32(type).u32(0);
  write(w);
  w.u16(OPTION.end).u16(0);
  const length = w.length + 4;
  return w.u32(length).patchU32(4, length).bytes();
}

function writeOption(w: ByteWriter, code: number, value: Uint8Array): void {
  writePadded(w.u16(code).u16(value.length), value);
}

function writeText(w: ByteWriter, code: number, text: string | null): void {
  if (text !== null) writeOption(w, code, new TextEncoder().encode(text));
}

const writePadded = (w: ByteWriter, bytes: Uint8Array): ByteWriter =>
  w.raw(bytes).zeros(paddingOf(bytes.length));

const writeTime = (w: ByteWriter, wallNs: bigint): void => writeWords(w, wallNs, ["high", "low"]);

function writeWords(w: ByteWriter, value: bigint, order: readonly ("high" | "low")[]): void {
  if (value < 0n || value >> 64n !== 0n) throw new RangeError(`${value} does not fit 64 bits`);
  for (const half of order) w.u32(Number(half === "high" ? value >> 32n : value & 0xffffffffn));
}

/** Unsigned. @returns undefined where there is no value of this length */
function numberOf(
  value: Uint8Array | undefined,
  length: number,
  littleEndian: boolean,
): bigint | undefined {
  if (value?.length !== length) return undefined;
  const bytes = littleEndian ? value.toReversed() : value;
  return bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
}

const textOf = (value: Uint8Array | undefined): string | null =>
  value === undefined ? null : new TextDecoder().decode(value);

const paddingOf = (length: number): number => -length & 3;

const BLOCK = { section: 0x0a0d0d0a, interface: 1, packet: 6, statistics: 5 } as const;
/** Codes from 2 on mean something else in each type of block. */
const OPTION = {
  end: 0,
  comment: 1,
  application: 4,
  interfaceName: 2,
  resolution: 9,
  timeOffset: 14,
  packetFlags: 2,
  interfaceDrops: 5,
} as const;
/** By the lowest two bits of the packet's flags. */
const DIRECTIONS = [null, "in", "out"] as const;
const BYTE_ORDER_MAGIC = 0x1a2b3c4d;
const FRAME_BYTES = 12; // type and both lengths
const NANOSECONDS = 9; // 10 to the -9
const MICROSECONDS = 6;
const NS_PER_S = 1_000_000_000n;
