/** Packets for what writes captures. */
import type { CapturePacket } from "../../src/core/capture/packet.ts";
import { fromHex } from "./packets.ts";
import type { ReadPacket } from "./read-capture.ts";

/** 3 bytes of 60 that eth0 sent, in the middle of a buffer. */
export const capturePacket = (changes: Partial<CapturePacket> = {}): CapturePacket => ({
  seconds: 1_700_000_000,
  nanoseconds: 123_456_789,
  linkType: 1,
  interfaceName: "eth0",
  direction: "out",
  wireBytes: 60,
  bytes: fromHex("ff 010203 ff"),
  start: 1,
  end: 4,
  ...changes,
});

/** What must be read of it in a format that keeps everything. */
export const asRead = (packet: CapturePacket): ReadPacket => ({
  wallNs: BigInt(packet.seconds) * 1_000_000_000n + BigInt(packet.nanoseconds),
  linkType: packet.linkType,
  interfaceName: packet.interfaceName,
  direction: packet.direction,
  wireBytes: packet.wireBytes,
  bytes: packet.bytes.slice(packet.start, packet.end),
});
