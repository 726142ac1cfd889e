import assert from "node:assert/strict";
import { test } from "node:test";
import {
  decodePcapng,
  encodePcapngBlock,
  LINKTYPE_ETHERNET,
  type PcapngPacket,
} from "../../../../src/core/wire/pcapng.ts";
import { codeOf, decodedOf, fromHex, toHex } from "../../../support/packets.ts";

/** Made by hand from the tables of the draft: big-endian, microseconds, one packet. */
const BIG_ENDIAN_SECTION = "0a0d0d0a 0000001c 1a2b3c4d 0001 0000 ffffffffffffffff 0000001c";
const BIG_ENDIAN_INTERFACE = "00000001 00000014 0001 0000 00000060 00000014";
const BIG_ENDIAN_PACKET =
  "00000006 0000002c 00000000 00000000 000f4241 00000002 00000003 abcd 0000 0002 0004 00000001 0000002c";

const PACKET: PcapngPacket = {
  kind: "packet",
  interfaceId: 0,
  wallNs: 1_700_000_000_123_456_789n,
  direction: "out",
  wireBytes: 60,
  bytes: fromHex("010203"),
  comment: null,
};

test("the other byte order and microseconds are read", () => {
  const file = fromHex(BIG_ENDIAN_SECTION + BIG_ENDIAN_INTERFACE + BIG_ENDIAN_PACKET);
  assert.deepEqual(decodedOf(decodePcapng(file)), [
    { kind: "section", application: null, comment: null },
    { kind: "interface", linkType: LINKTYPE_ETHERNET, snapBytes: 96, name: null },
    {
      kind: "packet",
      interfaceId: 0,
      wallNs: 1_000_001_000n,
      direction: "in",
      wireBytes: 3,
      bytes: fromHex("abcd"),
      comment: null,
    },
  ]);
});

test("a packet is padded to 32 bits, and its time is in nanoseconds, high word first", () => {
  assert.equal(
    toHex(encodePcapngBlock(PACKET)),
    "06000000 30000000 00000000 fe9c9717 15cd853d 03000000 3c000000 01020300 02000400 02000000 00000000 30000000".replaceAll(
      " ",
      "",
    ),
  );
});

test("a resolution of powers of two and an offset in seconds are understood", () => {
  // if_tsresol 2^-1, if_tsoffset 10 s
  const clock = "0009 0001 81000000 000e 0008 000000000000000a 0000 0000";
  const described = `00000001 0000002c 0001 0000 00000060 ${clock} 0000002c`;
  const halves = "00000006 00000020 00000000 00000000 00000003 00000000 00000000 00000020";
  const [, , packet] = decodedOf(decodePcapng(fromHex(BIG_ENDIAN_SECTION + described + halves)));
  assert.equal(packet?.kind === "packet" && packet.wallNs, 11_500_000_000n);
});

test("a block that is not known is passed over, an option that is not known too", () => {
  const name = "00000bad 0000000c 0000000c";
  const odd = "00000001 00000020 0001 0000 00000060 7fff 0003 61626300 0000 0000 00000020";
  const blocks = decodedOf(decodePcapng(fromHex(BIG_ENDIAN_SECTION + name + odd)));
  assert.deepEqual(blocks.slice(1), [
    { kind: "foreign", type: 0xbad },
    { kind: "interface", linkType: 1, snapBytes: 96, name: null },
  ]);
});

test("each way of being broken has its code", () => {
  const code = (hex: string) => codeOf(decodePcapng(fromHex(hex)));
  assert.equal(code(BIG_ENDIAN_INTERFACE), "bad-magic");
  assert.equal(code(BIG_ENDIAN_SECTION.replace("1a2b3c4d", "1a2b3c4e")), "bad-magic");
  assert.equal(code(BIG_ENDIAN_SECTION + BIG_ENDIAN_PACKET), "bad-interface");
  assert.equal(code(BIG_ENDIAN_SECTION.replace(/0000001c$/, "00000020")), "bad-length");
  assert.equal(code(`${BIG_ENDIAN_SECTION}00000001 0000000d 00000000`), "bad-length");
  assert.equal(code(BIG_ENDIAN_SECTION + BIG_ENDIAN_INTERFACE.slice(0, -8)), "short");
  const endless = BIG_ENDIAN_INTERFACE.replace(
    "0001 0000 00000060",
    "0001 0000 00000060 0002 00ff",
  ).replaceAll("00000014", "00000018");
  assert.equal(code(BIG_ENDIAN_SECTION + endless), "short");
  const tooFine = "00000001 00000020 0001 0000 00000060 0009 0001 7f000000 0000 0000 00000020";
  assert.equal(code(BIG_ENDIAN_SECTION + tooFine), "bad-resolution");
});

test("what cannot be written down is refused", () => {
  const refused = (changes: Partial<PcapngPacket>) =>
    assert.throws(() => encodePcapngBlock({ ...PACKET, ...changes }), RangeError);
  refused({ wallNs: -1n });
  refused({ wallNs: 1n << 64n });
  refused({ wireBytes: 2 });
  refused({ comment: "x".repeat(65_536) });
});
