/**
 * Echo requests under way over one socket, and whose answer a message is (RFC 792; RFC 4443 section 4):
 * identifier, sequence number and source must all be right.
 */
import { type Family, type IpBytes, sameIp } from "../../core/addr.ts";
import { internetChecksum } from "../../core/checksum.ts";
import { encodeIcmp } from "../../core/wire/icmp.ts";
import { encodeIcmpv6 } from "../../core/wire/icmpv6.ts";

/** Somebody who is asked. */
export interface PingPeer {
  readonly ip: IpBytes;
  duplicates: number; // replies to what was answered already
  late: number; // replies that came when nobody waited any more
}

/** One request again and again, each time with another sequence number. */
export class EchoRequest {
  readonly #family: Family;
  readonly #bytes: Uint8Array;
  readonly #sum: number; // of all its words but the sequence number

  /** @param identifier u16; null where the kernel sets it. @param dataBytes behind the header */
  constructor(family: Family, identifier: number | null, dataBytes: number) {
    const data = Uint8Array.from({ length: dataBytes }, (_, n) => n & 0xff);
    const request = {
      kind: "echo-request",
      identifier: identifier ?? 0,
      sequence: 0,
      data,
    } as const;
    this.#family = family;
    this.#bytes = family === 4 ? encodeIcmp(request) : encodeIcmpv6(request, NO_CARRIER);
    this.#sum = ~((this.#at(CHECKSUM_AT) << 8) | this.#at(CHECKSUM_AT + 1)) & 0xffff;
  }

  /** Good until it is called again. Of ICMPv6 the kernel writes the checksum, which covers addresses. */
  numbered(sequence: number): Uint8Array {
    this.#put(SEQUENCE_AT, sequence);
    if (this.#family === 4) {
      const sum = this.#sum + sequence; // RFC 1624: the words add up, whatever their order
      this.#put(CHECKSUM_AT, ~((sum & 0xffff) + (sum >>> 16)) & 0xffff);
    }
    return this.#bytes;
  }

  #at(offset: number): number {
    return this.#bytes[offset] as number;
  }

  #put(offset: number, value: number): void {
    this.#bytes[offset] = value >>> 8;
    this.#bytes[offset + 1] = value & 0xff;
  }
}

interface Slot<Waiter> {
  readonly peer: PingPeer;
  readonly deadlineMs: number;
  waiter: Waiter | undefined; // until it was told
}

/** The sequence numbers of one socket: 65,536 requests can be under way. */
export class PingTable<Waiter> {
  readonly #family: Family;
  readonly #identifier: number | null;
  readonly #slots: (Slot<Waiter> | undefined)[] = [];
  #next = 0;

  /** @param identifier null: the kernel has looked at it */
  constructor(family: Family, identifier: number | null) {
    this.#family = family;
    this.#identifier = identifier;
  }

  /** @returns the sequence number of the request; undefined where none is free */
  ask(peer: PingPeer, waiter: Waiter, deadlineMs: number, nowMs: number): number | undefined {
    for (let tried = 0; tried < SEQUENCES; tried += 1) {
      const sequence = this.#next;
      this.#next = (sequence + 1) % SEQUENCES;
      const slot = this.#slots[sequence];
      if (slot?.waiter !== undefined && nowMs <= slot.deadlineMs) continue;
      this.#slots[sequence] = { peer, deadlineMs, waiter };
      return sequence;
    }
    return undefined;
  }

  /** It was not sent. */
  forget(sequence: number): void {
    this.#slots[sequence] = undefined;
  }

  /** A message came. @returns who waits for it; undefined for all that is not the first answer in time */
  reply(message: Uint8Array, source: IpBytes, receivedMs: number): Waiter | undefined {
    const sequence = this.#sequenceOf(message, REPLY[this.#family]);
    if (sequence === undefined) return undefined;
    if (this.#family === 4 && internetChecksum(message) !== 0) return undefined;
    const slot = this.#slots[sequence];
    if (slot === undefined || !sameIp(slot.peer.ip, source)) return undefined;
    const { waiter } = slot;
    slot.waiter = undefined;
    if (waiter === undefined) slot.peer.duplicates += 1;
    else if (receivedMs > slot.deadlineMs) slot.peer.late += 1;
    else return waiter;
    return undefined;
  }

  /** A request was refused on its way. @param request its begin. @returns who waits for its answer */
  refusal(request: Uint8Array, destination: IpBytes, receivedMs: number): Waiter | undefined {
    const sequence = this.#sequenceOf(request, REQUEST[this.#family]);
    const slot = sequence === undefined ? undefined : this.#slots[sequence];
    if (slot === undefined || !sameIp(slot.peer.ip, destination)) return undefined;
    if (receivedMs > slot.deadlineMs) return undefined;
    const { waiter } = slot;
    slot.waiter = undefined;
    return waiter;
  }

  #sequenceOf(message: Uint8Array, type: number): number | undefined {
    if (message.length < HEADER_BYTES || message[0] !== type || message[1] !== 0) return undefined;
    const identifier = u16(message, IDENTIFIER_AT);
    if (this.#identifier !== null && identifier !== this.#identifier) return undefined;
    return u16(message, SEQUENCE_AT);
  }
}

const u16 = (bytes: Uint8Array, at: number): number =>
  ((bytes[at] as number) << 8) | (bytes[at + 1] as number);

const HEADER_BYTES = 8;
const CHECKSUM_AT = 2;
const IDENTIFIER_AT = 4;
const SEQUENCE_AT = 6;
const SEQUENCES = 0x10000;
const REQUEST = { 4: 8, 6: 128 } as const;
const REPLY = { 4: 0, 6: 129 } as const;
const NO_CARRIER = { source: new Uint8Array(16), destination: new Uint8Array(16) };
