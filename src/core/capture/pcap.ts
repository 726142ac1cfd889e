/**
 * Classic pcap captures (draft-ietf-opsawg-pcap): a head, then records of a time, two lengths and the
 * packet. Written in little-endian order with times in nanoseconds; `pcap-records.ts` reads them.
 */
import { ByteWriter } from "../bytes.ts";
import type { CapturePacket } from "./packet.ts";

/** By how each kind is told from the others: the first 4 bytes, in its byte order. */
export const PCAP_MAGIC = {
  microseconds: 0xa1b2c3d4,
  nanoseconds: 0xa1b23c4d,
  /** Records with 8 more bytes that name the interface, of a patched libpcap of the 1990s. */
  modified: 0xa1b2cd34,
} as const;

/** The longest that a packet is captured (MAXIMUM_SNAPLEN of libpcap). */
export const MAX_SNAP_BYTES = 262_144;

/** What a file begins with. @throws RangeError */
export const encodePcapHead = (linkType: number): Uint8Array =>
  new ByteWriter(true)
    .u32(PCAP_MAGIC.nanoseconds)
    .u16(VERSION)
    .u16(4)
    .zeros(8) // zone and accuracy of its times: nobody uses them
    .u32(MAX_SNAP_BYTES)
    .u32(linkType)
    .bytes();

/** Its direction and its interface have no place there. @throws RangeError */
export function encodePcapRecord(packet: CapturePacket): Uint8Array {
  const { seconds, nanoseconds, wireBytes, bytes, start, end } = packet;
  if (wireBytes < end - start) throw new RangeError("longer than on the wire");
  return new ByteWriter(true)
    .u32(Math.min(seconds, LATEST)) // other captures know later times, which is nobody's mistake
    .u32(nanoseconds)
    .u32(end - start)
    .u32(wireBytes)
    .raw(bytes.subarray(start, end))
    .bytes();
}

/** The only one there is: 2.4. */
export const VERSION = 2;

const LATEST = 0xffffffff; // in 2106
