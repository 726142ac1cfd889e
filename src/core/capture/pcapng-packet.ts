/** An enhanced packet block of pcapng as `encodePcapngBlock` writes it, but at the pace of a busy network. */
import { mustFit } from "../bytes.ts";
import type { RecordRoom } from "./chunk.ts";
import type { CapturePacket } from "./packet.ts";
import { BLOCK, DIRECTIONS, OPTION } from "./pcapng.ts";

/** @param interfaceId u32 @returns bytes in `room` @throws RangeError */
export function encodePcapngPacket(
  packet: CapturePacket,
  interfaceId: number,
  room: RecordRoom,
): Uint8Array {
  const { seconds, nanoseconds, direction, wireBytes, bytes: source, start, end } = packet;
  mustFit(wireBytes, 0xffffffff);
  const captured = end - start;
  if (wireBytes < captured) throw new RangeError("longer than on the wire");
  const optionsAt = HEAD_BYTES + captured + (-captured & 3);
  const endAt = optionsAt + (direction === null ? 0 : FLAGS_BYTES);
  const length = endAt + 4 + 4; // the end of options, the length again
  const { bytes, view } = room.atLeast(length);
  // The lowest 32 bits of the nanoseconds are exact so, and what a double loses is below the others.
  const low = (Math.imul(seconds, NS_PER_S) + nanoseconds) >>> 0;
  const high = Math.round((seconds * NS_PER_S + nanoseconds - low) / 2 ** 32);
  mustFit(high, 0xffffffff);
  view.setUint32(optionsAt - 4, 0, true); // the padding, and what is written over at once
  view.setUint32(0, BLOCK.packet, true);
  view.setUint32(4, length, true);
  view.setUint32(8, interfaceId, true);
  view.setUint32(12, high, true);
  view.setUint32(16, low, true);
  view.setUint32(20, captured, true);
  view.setUint32(24, wireBytes, true);
  bytes.set(source.subarray(start, end), HEAD_BYTES);
  if (direction !== null) {
    view.setUint16(optionsAt, OPTION.packetFlags, true);
    view.setUint16(optionsAt + 2, 4, true);
    view.setUint32(optionsAt + 4, DIRECTIONS.indexOf(direction), true);
  }
  view.setUint32(endAt, OPTION.end, true);
  view.setUint32(endAt + 4, length, true);
  return bytes.subarray(0, length);
}

const HEAD_BYTES = 28;
const FLAGS_BYTES = 8;
const NS_PER_S = 1_000_000_000;
