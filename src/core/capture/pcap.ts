/**
 * Classic pcap captures (draft-ietf-opsawg-pcap): a head, then records of a time, two lengths and the
 * packet. Written in little-endian order with times in nanoseconds; `pcap-records.ts` reads them.
 */
import { ByteWriter, mustFit } from "../bytes.ts";
import type { RecordRoom } from "./chunk.ts";
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

/**
 * Its direction and its interface have no place there.
 * @returns bytes in `room` @throws RangeError
 */
export function encodePcapRecord(packet: CapturePacket, room: RecordRoom): Uint8Array {
  const { seconds, nanoseconds, wireBytes, bytes: source, start, end } = packet;
  mustFit(wireBytes, 0xffffffff);
  const captured = end - start;
  if (wireBytes < captured) throw new RangeError("longer than on the wire");
  const { bytes, view } = room.atLeast(RECORD_HEAD_BYTES + captured);
  view.setUint32(0, Math.min(seconds, LATEST_S), true); // nobody's mistake: pcapng goes further
  view.setUint32(4, nanoseconds, true);
  view.setUint32(8, captured, true);
  view.setUint32(12, wireBytes, true);
  bytes.set(source.subarray(start, end), RECORD_HEAD_BYTES);
  return bytes.subarray(0, RECORD_HEAD_BYTES + captured);
}

/** The only one there is: 2.4. */
export const VERSION = 2;

const RECORD_HEAD_BYTES = 16;
const LATEST_S = 0xffffffff; // in 2106
