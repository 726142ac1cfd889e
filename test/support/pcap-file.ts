/** pcap files for tests (pcap-savefile(5)): packets out of one, and one around packets. */
import assert from "node:assert/strict";
import { blankPacket, type CapturePacket } from "../../src/core/capture/packet.ts";

/** Of a little-endian file with microseconds, which is what the captures of the tests are. */
export function packetsOfPcap(file: Uint8Array): CapturePacket[] {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  assert.equal(view.getUint32(0, true), 0xa1b2c3d4);
  const linkType = view.getUint32(20, true);
  const packets: CapturePacket[] = [];
  for (let at = 24; at < file.length; ) {
    const length = view.getUint32(at + 8, true);
    const bytes = file.slice(at + 16, at + 16 + length);
    packets.push({
      ...packetOf(bytes, linkType, view.getUint32(at + 12, true)),
      seconds: view.getUint32(at, true),
      nanoseconds: view.getUint32(at + 4, true) * 1000,
    });
    at += 16 + length;
  }
  return packets;
}

/** As a capture holds it that tells nothing but the bytes; `wireBytes` where it was cut. */
export const packetOf = (
  bytes: Uint8Array,
  linkType: number,
  wireBytes = bytes.length,
): CapturePacket => ({ ...blankPacket(), linkType, wireBytes, bytes, end: bytes.length });

/** All are of one link type. */
export function pcapOf(packets: readonly CapturePacket[]): Uint8Array {
  const linkType = packets[0]?.linkType ?? 0;
  const words = (...values: readonly number[]) => {
    const bytes = new Uint8Array(values.length * 4);
    const view = new DataView(bytes.buffer);
    for (const [index, value] of values.entries()) view.setUint32(index * 4, value, true);
    return bytes;
  };
  const records = packets.flatMap(({ bytes, start, end, wireBytes }) => [
    words(0, 0, end - start, wireBytes),
    bytes.slice(start, end),
  ]);
  return Buffer.concat([words(0xa1b2c3d4, 0x00040002, 0, 0, 0x40000, linkType), ...records]);
}
