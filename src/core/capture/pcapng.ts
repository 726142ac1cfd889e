/**
 * pcapng captures (draft-ietf-opsawg-pcapng): blocks of a type, a length, a body with options behind
 * it, and the length again. Written in little-endian order with times in nanoseconds;
 * `pcapng-blocks.ts` reads them.
 */
import { ByteWriter } from "../bytes.ts";

export type PcapngBlock = PcapngSection | PcapngInterface | PcapngPacket | PcapngStatistics;

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

/** @throws RangeError where a value does not fit; strings have at most 65,535 bytes */
export function encodePcapngBlock(block: PcapngBlock): Uint8Array {
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

/** Types of blocks. */
export const BLOCK = {
  section: 0x0a0d0d0a, // the same in both byte orders
  interface: 1,
  oldPacket: 2, // obsolete, never written
  simplePacket: 3, // never written
  statistics: 5,
  packet: 6,
} as const;

/** Codes from 2 on mean something else in each type of block. */
export const OPTION = {
  end: 0,
  comment: 1,
  application: 4,
  interfaceName: 2,
  resolution: 9,
  timeOffset: 14,
  packetFlags: 2,
  interfaceDrops: 5,
  systemDrops: 7,
} as const;

/** By the lowest two bits of the packet's flags. */
export const DIRECTIONS = [null, "in", "out"] as const;

export const BYTE_ORDER_MAGIC = 0x1a2b3c4d;

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

const paddingOf = (length: number): number => -length & 3;

const NANOSECONDS = 9; // 10 to the -9
