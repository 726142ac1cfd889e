/**
 * Frames that were understood before: a router says the same in each of its adverts, so that a second
 * one need not be taken apart again. Two IPv4 packets are the same where nothing but their
 * identification differs, and the header's checksum by just that.
 */
import type { CapturePacket } from "../capture/packet.ts";
import { NETWORK_OFFSET } from "./link-layer.ts";

export class FrameMemo<T> {
  readonly #known = new Map<number, Entry<T>[]>(); // by a hash of source and VRID
  #size = 0;

  /** What was remembered of such a frame. */
  find(packet: CapturePacket): T | undefined {
    const key = keyOf(packet);
    const entries = key === undefined ? undefined : this.#known.get(key);
    if (entries === undefined) return undefined;
    for (const entry of entries) if (isSame(entry, packet)) return entry.value;
    return undefined;
  }

  /** Of a frame that `find` did not know. Beyond `MAX_FRAMES` all are forgotten. */
  remember(packet: CapturePacket, value: T): void {
    const key = keyOf(packet);
    if (key === undefined) return;
    if (this.#size >= MAX_FRAMES) this.clear();
    const { linkType, interfaceName, direction, wireBytes, bytes, start, end } = packet;
    const ipAt = NETWORK_OFFSET[linkType] as number;
    const copy = new Uint8Array(bytes.subarray(start, end));
    const entry = { linkType, interfaceName, direction, wireBytes, bytes: copy, ipAt, value };
    const entries = this.#known.get(key);
    if (entries === undefined) this.#known.set(key, [entry]);
    else if (entries.length >= MOST_ALIKE) entries[0] = entry;
    else entries.push(entry);
    this.#size += 1;
  }

  clear(): void {
    this.#known.clear();
    this.#size = 0;
  }
}

interface Entry<T> {
  readonly linkType: number;
  readonly interfaceName: string;
  readonly direction: "in" | "out" | null;
  readonly wireBytes: number;
  readonly bytes: Uint8Array;
  readonly ipAt: number;
  readonly value: T;
}

/** Undefined for what is not plain: VLAN tags, IPv4 options, other links. */
function keyOf({ bytes, start, end, linkType }: CapturePacket): number | undefined {
  const ipAt = NETWORK_OFFSET[linkType];
  if (ipAt === undefined) return undefined;
  const at = start + ipAt;
  if (at + IPV6_VRID_AT >= end && at + IPV4_VRID_AT >= end) return undefined;
  const first = bytes[at] as number;
  if (first === 0x45) return hashAt(bytes, at + 12, bytes[at + IPV4_VRID_AT] as number);
  if (first >>> 4 !== 6 || at + IPV6_VRID_AT >= end) return undefined;
  return hashAt(bytes, at + 20, bytes[at + IPV6_VRID_AT] as number);
}

/** Of four bytes of an address that differ between neighbours, and a VRID. */
function hashAt(bytes: Uint8Array, at: number, vrid: number): number {
  const low = ((bytes[at + 2] as number) << 8) | (bytes[at + 3] as number);
  return (low << 8) | vrid;
}

function isSame<T>(entry: Entry<T>, packet: CapturePacket): boolean {
  const known = entry.bytes;
  const { bytes, start, end } = packet;
  const length = end - start;
  if (length !== known.length || packet.linkType !== entry.linkType) return false;
  if (packet.wireBytes !== entry.wireBytes || packet.direction !== entry.direction) return false;
  if (packet.interfaceName !== entry.interfaceName) return false;
  const { ipAt } = entry;
  const isIpv4 = known[ipAt] === 0x45;
  for (let n = 0; n < length; n += 1) {
    if (bytes[start + n] === known[n]) continue;
    const field = n - ipAt;
    if (!isIpv4 || !(field === 4 || field === 5 || field === 10 || field === 11)) return false;
  }
  return !isIpv4 || sum(bytes, start + ipAt) === sum(known, ipAt);
}

/** Identification and checksum of an IPv4 header in ones' complement: the same for all of one packet. */
const sum = (bytes: Uint8Array, at: number): number =>
  (((bytes[at + 4] as number) + (bytes[at + 10] as number)) * 256 +
    (bytes[at + 5] as number) +
    (bytes[at + 11] as number)) %
  0xffff;

const IPV4_VRID_AT = 21;
const IPV6_VRID_AT = 41;
const MAX_FRAMES = 4096;
const MOST_ALIKE = 8;
