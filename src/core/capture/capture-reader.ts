/**
 * Reads a capture, pcap or pcapng, as it comes: in chunks of any size, which need not stay. Whatever the
 * capture says, memory is bounded by its longest packet and work by its length.
 */
import { type Chunk, chunkOf } from "./chunk.ts";
import { blankPacket, type CapturePacket } from "./packet.ts";
import { PcapRecords, pcapRecords } from "./pcap-records.ts";
import { BLOCK } from "./pcapng.ts";
import { PcapngBlocks } from "./pcapng-blocks.ts";
import type { Halt, Walker } from "./walker.ts";

/** Why a capture cannot be read on. */
export interface CaptureFault {
  /**
   * "short" (it ends within a record), "bad-magic" (it is no capture, or a section is none),
   * "bad-version", "bad-length" (of a record or in it), "bad-interface" (a packet of one that was not
   * described), "too-many-interfaces" (in one section).
   */
  readonly code: string;
  readonly offset: number; // of the record, in bytes from the start of the capture
}

export class CaptureReader {
  readonly #onPacket: (packet: CapturePacket) => void;
  readonly #packet = blankPacket();
  #walker: Walker | undefined;
  #fault: CaptureFault | undefined;
  /** Bytes that were read on or are in the carry. */
  #offset = 0;
  /** Where what is being read begins. */
  #unitAt = 0;
  /** Bytes to come that say nothing. */
  #ignored = 0;
  /** The begin of what does not stand whole in one chunk. */
  #carry = chunkOf(new Uint8Array(256));
  #carried = 0;
  /** Bytes that the carry must have before it is of use. */
  #needed = 0;

  /** @param onPacket is given the same object each time; see `CapturePacket` */
  constructor(onPacket: (packet: CapturePacket) => void) {
    this.#onPacket = onPacket;
  }

  /** Nothing is read after a fault. */
  get fault(): CaptureFault | undefined {
    return this.#fault;
  }

  get format(): "pcap" | "pcapng" | undefined {
    if (this.#walker === undefined) return undefined;
    return this.#walker instanceof PcapRecords ? "pcap" : "pcapng";
  }

  /** What the capture itself says was dropped so far; null where it does not say. */
  get lostPackets(): number | null {
    return this.#walker instanceof PcapngBlocks ? this.#walker.lostPackets : null;
  }

  /** Packets that were passed over for their length: in a block above 1 MiB. */
  get oversizedPackets(): number {
    return this.#walker instanceof PcapngBlocks ? this.#walker.oversizedPackets : 0;
  }

  /** Any split of a capture into chunks gives the same packets. */
  push(bytes: Uint8Array): void {
    const chunk = chunkOf(bytes);
    const end = bytes.length;
    for (let at = 0; at < end && this.#fault === undefined; ) {
      if (this.#ignored > 0) {
        const passed = Math.min(this.#ignored, end - at);
        this.#ignored -= passed;
        this.#offset += passed;
        at += passed;
      } else if (this.#carried > 0) {
        at = this.#fillCarry(bytes, at);
      } else {
        const halt = this.#walk(chunk, at, end);
        this.#offset += halt.at - at;
        at = halt.at;
        this.#settle(halt, this.#offset);
        if (this.#needed > 0) at = this.#fillCarry(bytes, at);
      }
    }
  }

  /** The input is over: what was begun and is not whole is the fault "short". */
  end(): void {
    if (this.#fault !== undefined) return;
    const isWhole = this.#offset === this.#unitAt && this.#walker !== undefined;
    if (!isWhole) this.#fault = { code: "short", offset: this.#unitAt };
  }

  #walk(chunk: Chunk, start: number, end: number): Halt {
    this.#walker ??= this.#walkerFor(chunk, start, end);
    if (this.#walker !== undefined) return this.#walker.walk(chunk, start, end);
    return end - start < 4 ? { at: start, needed: 4 } : { at: start, fault: "bad-magic" };
  }

  #walkerFor(chunk: Chunk, start: number, end: number): Walker | undefined {
    if (end - start < 4) return undefined;
    if (chunk.view.getUint32(start) === BLOCK.section) {
      return new PcapngBlocks(this.#packet, this.#onPacket);
    }
    return pcapRecords(chunk, start, this.#packet, this.#onPacket);
  }

  /** @param offset in the capture at which the walk halted */
  #settle({ needed = 0, ignored = 0, begun = 0, fault }: Halt, offset: number): void {
    this.#unitAt = offset - begun;
    this.#needed = needed;
    this.#ignored = ignored;
    if (fault !== undefined) this.#fault = { code: fault, offset: this.#unitAt };
  }

  /** @returns where in the chunk what was not taken begins */
  #fillCarry(bytes: Uint8Array, at: number): number {
    const taken = Math.min(this.#needed - this.#carried, bytes.length - at);
    const filled = this.#carried + taken;
    this.#reserve(filled);
    this.#carry.bytes.set(bytes.subarray(at, at + taken), this.#carried);
    this.#carried = filled;
    this.#offset += taken;
    if (filled === this.#needed) this.#walkCarry();
    return at + taken;
  }

  /** It has what was needed and no more: so all of it is read, or more is needed, or it says nothing. */
  #walkCarry(): void {
    const halt = this.#walk(this.#carry, 0, this.#carried);
    const left = this.#carried - halt.at;
    this.#settle(halt, this.#offset - left);
    if (left === 0) this.#carried = 0;
    if (this.#ignored > 0) {
      this.#ignored -= left;
      this.#carried = 0;
    }
  }

  /** It grows with what came, never with what is promised. */
  #reserve(length: number): void {
    if (length <= this.#carry.bytes.length) return;
    const wider = new Uint8Array(Math.max(length, 2 * this.#carry.bytes.length));
    wider.set(this.#carry.bytes.subarray(0, this.#carried));
    this.#carry = chunkOf(wider);
  }
}
