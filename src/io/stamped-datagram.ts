/**
 * What native/stamped.c puts into memory for each datagram (struct head): who sent it, when the kernel had
 * it, and of an error what struct sock_extended_err tells (linux/errqueue.h).
 */
import type { Family, IpBytes } from "../core/addr.ts";
import { LITTLE_ENDIAN } from "./sockaddr.ts";

/** All byte arrays are views into the memory: good until it is filled again. */
export interface StampedDatagram {
  readonly receivedMs: number; // of `Clock.nowMs`
  readonly hops: number | null; // TTL or hop limit
  readonly truncated: boolean;
  readonly address: IpBytes; // of the sender; of an error: of whom the datagram was for
  readonly bytes: Uint8Array;
  readonly error: StampedError | null;
}

/** A datagram of ours that was refused on its way: `bytes` are its begin. */
export interface StampedError {
  readonly errno: number;
  readonly origin: number; // SO_EE_ORIGIN_*: 1 is this host, 2 ICMP, 3 ICMPv6
  readonly type: number; // of the ICMP message
  readonly code: number;
  readonly info: number; // the MTU, where that is what it is about
  readonly offender: IpBytes | null;
}

export class StampedDatagrams {
  readonly memory: Uint8Array;
  readonly slotBytes: number;
  readonly #view: DataView;
  readonly #addressBytes: number;
  readonly #addresses: readonly IpBytes[]; // of each slot: a view costs more than what it shows
  readonly #bodies: Uint8Array[] = [];

  /** @param mostBytes of one datagram */
  constructor(family: Family, mostBytes: number) {
    this.slotBytes = (HEAD_BYTES + mostBytes + 7) & ~7;
    this.memory = new Uint8Array(this.slotBytes * BATCH);
    this.#view = new DataView(this.memory.buffer);
    this.#addressBytes = family === 4 ? 4 : 16;
    this.#addresses = Array.from({ length: BATCH }, (_, n) =>
      this.#address(n * this.slotBytes + 32),
    );
  }

  /** The n-th of those that were received. @param from which byte on it is wanted */
  at(n: number, from = 0): StampedDatagram {
    const start = n * this.slotBytes;
    const view = this.#view;
    const hops = view.getInt32(start + 12, LITTLE_ENDIAN);
    const errno = view.getInt32(start + 16, LITTLE_ENDIAN);
    return {
      receivedMs: view.getFloat64(start, LITTLE_ENDIAN),
      hops: hops < 0 ? null : hops,
      truncated: view.getUint8(start + 23) !== 0,
      address: this.#addresses[n] as IpBytes,
      bytes: this.#body(n, from, view.getInt32(start + 8, LITTLE_ENDIAN)),
      error: errno === 0 ? null : this.#error(errno, start),
    };
  }

  /** Mostly one is as long as the one before it in its slot. */
  #body(n: number, from: number, length: number): Uint8Array {
    const begin = n * this.slotBytes + HEAD_BYTES;
    const end = begin + length;
    const start = Math.min(begin + from, end);
    const known = this.#bodies[n];
    if (known?.byteOffset === start && known.length === end - start) return known;
    const body = this.memory.subarray(start, end);
    this.#bodies[n] = body;
    return body;
  }

  /** A byte of the n-th, 0 where it is shorter. */
  byteAt(n: number, offset: number): number {
    const start = n * this.slotBytes;
    const length = this.#view.getInt32(start + 8, LITTLE_ENDIAN);
    return offset < length ? this.#view.getUint8(start + HEAD_BYTES + offset) : 0;
  }

  #error(errno: number, start: number): StampedError {
    const view = this.#view;
    const offender = this.#address(start + 48);
    return {
      errno,
      origin: view.getUint8(start + 20),
      type: view.getUint8(start + 21),
      code: view.getUint8(start + 22),
      info: view.getUint32(start + 24, LITTLE_ENDIAN),
      offender: offender.every((byte) => byte === 0) ? null : offender,
    };
  }

  #address(at: number): IpBytes {
    return this.memory.subarray(at, at + this.#addressBytes);
  }
}

const HEAD_BYTES = 64;
const BATCH = 32;
