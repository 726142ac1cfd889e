/** Walks the records of a classic pcap capture, in either byte order, whatever its lengths say. */
import type { Chunk } from "./chunk.ts";
import type { CapturePacket } from "./packet.ts";
import { MAX_SNAP_BYTES, PCAP_MAGIC, VERSION } from "./pcap.ts";
import type { Halt, Walker } from "./walker.ts";

/** @returns undefined where a file with these first 4 bytes is no such capture */
export function pcapRecords(
  { view }: Chunk,
  start: number,
  packet: CapturePacket,
  onPacket: (packet: CapturePacket) => void,
): PcapRecords | undefined {
  for (const littleEndian of [true, false]) {
    const magic = view.getUint32(start, littleEndian);
    const { microseconds, nanoseconds, modified } = PCAP_MAGIC;
    if (magic !== microseconds && magic !== nanoseconds && magic !== modified) continue;
    return new PcapRecords(
      { littleEndian, isFine: magic === nanoseconds, headBytes: magic === modified ? 24 : 16 },
      packet,
      onPacket,
    );
  }
  return undefined;
}

interface PcapKind {
  readonly littleEndian: boolean;
  readonly isFine: boolean; // nanoseconds, not microseconds
  readonly headBytes: number; // of a record
}

/** Codes: `bad-version`, `bad-length`. */
export class PcapRecords implements Walker {
  readonly #kind: PcapKind;
  readonly #packet: CapturePacket;
  readonly #onPacket: (packet: CapturePacket) => void;
  #place: "head" | "records" = "head";

  constructor(kind: PcapKind, packet: CapturePacket, onPacket: (packet: CapturePacket) => void) {
    this.#kind = kind;
    this.#packet = packet;
    this.#onPacket = onPacket;
  }

  walk(chunk: Chunk, start: number, end: number): Halt {
    if (this.#place === "records") return this.#walkRecords(chunk, start, end);
    if (end - start < FILE_HEAD_BYTES) return { at: start, needed: FILE_HEAD_BYTES };
    const { view } = chunk;
    const { littleEndian } = this.#kind;
    if (view.getUint16(start + 4, littleEndian) !== VERSION) {
      return { at: start, fault: "bad-version" };
    }
    // The upper 16 bits tell of a frame check sequence.
    this.#packet.linkType = view.getUint32(start + 20, littleEndian) & 0xffff;
    this.#place = "records";
    return this.#walkRecords(chunk, start + FILE_HEAD_BYTES, end);
  }

  /** A million records a fifth of a second is what a user waits for: nothing is allocated for one. */
  #walkRecords({ bytes, view }: Chunk, start: number, end: number): Halt {
    const { littleEndian, isFine, headBytes } = this.#kind;
    const packet = this.#packet;
    const onPacket = this.#onPacket;
    const unitsPerS = isFine ? NS_PER_S : US_PER_S;
    const nsPerUnit = NS_PER_S / unitsPerS;
    packet.bytes = bytes;
    let at = start;
    while (end - at >= headBytes) {
      const captured = view.getUint32(at + 8, littleEndian);
      // Nothing else tells where the next record begins: behind a lie all is lost.
      if (captured > MAX_SNAP_BYTES) return { at, fault: "bad-length" };
      const from = at + headBytes;
      if (captured > end - from) return { at, needed: headBytes + captured };
      let seconds = view.getUint32(at, littleEndian);
      let units = view.getUint32(at + 4, littleEndian);
      if (units >= unitsPerS) {
        seconds += Math.trunc(units / unitsPerS);
        units %= unitsPerS;
      }
      packet.seconds = seconds;
      packet.nanoseconds = units * nsPerUnit;
      packet.wireBytes = Math.max(captured, view.getUint32(at + 12, littleEndian));
      packet.direction = null; // its user may have found it out and put it there
      packet.start = from;
      at = from + captured;
      packet.end = at;
      onPacket(packet);
    }
    return { at, needed: headBytes };
  }
}

const FILE_HEAD_BYTES = 24;
const US_PER_S = 1_000_000;
const NS_PER_S = 1_000_000_000;
