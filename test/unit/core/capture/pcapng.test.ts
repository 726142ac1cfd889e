import assert from "node:assert/strict";
import { test } from "node:test";
import { encodePcapngBlock, type PcapngPacket } from "../../../../src/core/capture/pcapng.ts";
import { fromHex, toHex } from "../../../support/packets.ts";

const PACKET: PcapngPacket = {
  kind: "packet",
  interfaceId: 0,
  wallNs: 1_700_000_000_123_456_789n,
  direction: "out",
  wireBytes: 60,
  bytes: fromHex("010203"),
  comment: null,
};

test("a packet is padded to 32 bits, and its time is in nanoseconds, high word first", () => {
  assert.equal(
    toHex(encodePcapngBlock(PACKET)),
    "06000000 30000000 00000000 fe9c9717 15cd853d 03000000 3c000000 01020300 02000400 02000000 00000000 30000000".replaceAll(
      " ",
      "",
    ),
  );
});

test("what cannot be written down is refused", () => {
  const refused = (changes: Partial<PcapngPacket>) =>
    assert.throws(() => encodePcapngBlock({ ...PACKET, ...changes }), RangeError);
  refused({ wallNs: -1n });
  refused({ wallNs: 1n << 64n });
  refused({ wireBytes: 2 });
  refused({ comment: "x".repeat(65_536) });
});
