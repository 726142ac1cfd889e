/** Walks the blocks of a pcapng capture: several sections, each in its byte order, with interfaces of their own. */
import type { Chunk } from "./chunk.ts";
import type { CapturePacket } from "./packet.ts";
import { BLOCK, BYTE_ORDER_MAGIC, DIRECTIONS, OPTION } from "./pcapng.ts";
import { type CaptureInterface, readInterface, readLost } from "./pcapng-interface.ts";
import { findOption, type OptionSpan } from "./pcapng-options.ts";
import type { Halt, Walker } from "./walker.ts";

/** Codes: `bad-magic`, `bad-version`, `bad-length`, `bad-interface`, `too-many-interfaces`. */
export class PcapngBlocks implements Walker {
  /** What the capture says was dropped, of all interfaces; null where it does not say. */
  lostPackets: number | null = null;
  /** Packets in blocks too long to be looked at. */
  oversizedPackets = 0;
  readonly #packet: CapturePacket;
  readonly #onPacket: (packet: CapturePacket) => void;
  #littleEndian = true;
  #interfaces: CaptureInterface[] = [];
  /** Length of the block that is passed over, all but its last 4 bytes; else 0. */
  #passing = 0;
  readonly #span: OptionSpan = {
    view: new DataView(new ArrayBuffer(0)),
    littleEndian: true,
    start: 0,
    end: 0,
  };

  constructor(packet: CapturePacket, onPacket: (packet: CapturePacket) => void) {
    this.#packet = packet;
    this.#onPacket = onPacket;
  }

  walk(chunk: Chunk, start: number, end: number): Halt {
    const { view } = chunk;
    this.#packet.bytes = chunk.bytes;
    for (let at = start; ; ) {
      if (this.#passing > 0) {
        const begun = this.#passing - 4;
        if (end - at < 4) return { at, needed: 4, begun };
        if (view.getUint32(at, this.#littleEndian) !== this.#passing) {
          return { at, begun, fault: "bad-length" };
        }
        this.#passing = 0;
        at += 4;
      }
      if (end - at < LEAST_BYTES) return { at, needed: LEAST_BYTES };
      const type = view.getUint32(at, this.#littleEndian);
      if (type === BLOCK.section) {
        if (end - at < SECTION_BYTES) return { at, needed: SECTION_BYTES };
        const fault = this.#beginSection(view, at);
        if (fault !== undefined) return { at, fault };
      }
      const length = view.getUint32(at + 4, this.#littleEndian);
      const least = type === BLOCK.section ? SECTION_BYTES : LEAST_BYTES;
      if (length < least || (length & 3) !== 0) return { at, fault: "bad-length" };
      if (!isRead(type) || length > MAX_BLOCK_BYTES) {
        // Its times could not be told.
        if (type === BLOCK.interface) return { at, fault: "bad-length" };
        if (isRead(type) && type !== BLOCK.statistics) this.oversizedPackets += 1;
        this.#passing = length;
        if (length - 4 > end - at) return { at, ignored: length - 4 };
        at += length - 4;
        continue;
      }
      if (length > end - at) return { at, needed: length };
      const bodyEnd = at + length - 4;
      if (view.getUint32(bodyEnd, this.#littleEndian) !== length)
        return { at, fault: "bad-length" };
      const fault = this.#readBlock(type, view, at + 8, bodyEnd);
      if (fault !== undefined) return { at, fault };
      at += length;
    }
  }

  #beginSection(view: DataView, at: number): string | undefined {
    const littleEndian = view.getUint32(at + 8, true) === BYTE_ORDER_MAGIC;
    if (!littleEndian && view.getUint32(at + 8) !== BYTE_ORDER_MAGIC) return "bad-magic";
    if (view.getUint16(at + 12, littleEndian) !== VERSION) return "bad-version";
    this.#littleEndian = littleEndian;
    this.#interfaces = [];
    return undefined;
  }

  /** @returns the code of a fault */
  #readBlock(type: number, view: DataView, start: number, end: number): string | undefined {
    switch (type) {
      case BLOCK.packet:
        return this.#readPacket(view, start, end);
      case BLOCK.oldPacket:
        return this.#readPacket(view, start, end, true);
      case BLOCK.simplePacket:
        return this.#readSimplePacket(view, start, end);
      case BLOCK.interface:
        return this.#addInterface(this.#spanOf(view, start, end));
      default:
        return this.#readStatistics(this.#spanOf(view, start, end));
    }
  }

  #readPacket(view: DataView, start: number, end: number, isOld = false): string | undefined {
    const littleEndian = this.#littleEndian;
    const packet = this.#packet;
    const from = start + PACKET_HEAD_BYTES;
    if (from > end) return "bad-length";
    const captured = view.getUint32(start + 12, littleEndian);
    if (captured > end - from) return "bad-length";
    const origin =
      this.#interfaces[
        isOld ? view.getUint16(start, littleEndian) : view.getUint32(start, littleEndian)
      ];
    if (origin === undefined) return "bad-interface";
    origin.clock.setTime(
      packet,
      view.getUint32(start + 4, littleEndian),
      view.getUint32(start + 8, littleEndian),
    );
    packet.linkType = origin.linkType;
    packet.interfaceName = origin.name;
    packet.wireBytes = Math.max(captured, view.getUint32(start + 16, littleEndian));
    packet.start = from;
    packet.end = from + captured;
    packet.direction = null;
    const options = packet.end + (-captured & 3);
    if (options < end) this.#readDirection(this.#spanOf(view, options, end));
    this.#onPacket(packet);
    return undefined;
  }

  #readDirection(options: Readonly<OptionSpan>): void {
    const at = findOption(options, OPTION.packetFlags, 4);
    if (at === 0) return;
    const flags = options.view.getUint32(at, options.littleEndian);
    this.#packet.direction = DIRECTIONS[flags & 3] ?? null;
  }

  /** Of the first interface, without a time. */
  #readSimplePacket(view: DataView, start: number, end: number): string | undefined {
    const packet = this.#packet;
    if (end - start < 4) return "bad-length";
    const [origin] = this.#interfaces;
    if (origin === undefined) return "bad-interface";
    const wireBytes = view.getUint32(start, this.#littleEndian);
    const captured = origin.snapBytes === 0 ? wireBytes : Math.min(wireBytes, origin.snapBytes);
    if (captured > end - start - 4) return "bad-length";
    packet.seconds = 0;
    packet.nanoseconds = 0;
    packet.linkType = origin.linkType;
    packet.interfaceName = origin.name;
    packet.direction = null;
    packet.wireBytes = wireBytes;
    packet.start = start + 4;
    packet.end = packet.start + captured;
    this.#onPacket(packet);
    return undefined;
  }

  #addInterface(body: Readonly<OptionSpan>): string | undefined {
    if (this.#interfaces.length === MAX_INTERFACES) return "too-many-interfaces";
    const described = readInterface(body);
    if (described === undefined) return "bad-length";
    this.#interfaces.push(described);
    return undefined;
  }

  /** They count from the begin, and may be told again and again. */
  #readStatistics(body: Readonly<OptionSpan>): string | undefined {
    const { view, littleEndian, start, end } = body;
    if (end - start < 12) return "bad-length";
    const origin = this.#interfaces[view.getUint32(start, littleEndian)];
    if (origin === undefined) return "bad-interface";
    const lost = readLost(body);
    if (lost === undefined) return undefined;
    this.lostPackets = (this.lostPackets ?? 0) + lost - origin.lostPackets;
    origin.lostPackets = lost;
    return undefined;
  }

  /** Good until the next call. */
  #spanOf(view: DataView, start: number, end: number): Readonly<OptionSpan> {
    const span = this.#span;
    span.view = view;
    span.littleEndian = this.#littleEndian;
    span.start = start;
    span.end = end;
    return span;
  }
}

const isRead = (type: number): boolean =>
  type === BLOCK.packet ||
  type === BLOCK.interface ||
  type === BLOCK.simplePacket ||
  type === BLOCK.oldPacket ||
  type === BLOCK.statistics;

const VERSION = 1;
const LEAST_BYTES = 12; // type and both lengths
const SECTION_BYTES = 28; // without options
const PACKET_HEAD_BYTES = 20;
/** A packet of 262,144 bytes and a good many options; what is longer is not kept in memory. */
const MAX_BLOCK_BYTES = 1_048_576;
const MAX_INTERFACES = 16_384;
