import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  block,
  capture,
  described,
  PACKET,
  SECTION,
  u32,
} from "../../../support/capture-vectors.ts";
import { fromHex } from "../../../support/packets.ts";
import { packetsIn, readCapture } from "../../../support/read-capture.ts";

const READ = {
  wallNs: 1_000_001_000n,
  linkType: 1,
  interfaceName: "",
  direction: "in",
  wireBytes: 3,
  bytes: fromHex("abcd"),
};
const ETH0 = "0002 0004 65746830"; // if_name
const LAST = "0000 0000"; // opt_endofopt

test("an enhanced packet is read with its interface, time, lengths and direction", () => {
  assert.deepEqual(packetsIn(capture(SECTION, described(), PACKET)), [READ]);
  const named = described(`${ETH0} ${LAST}`);
  assert.deepEqual(packetsIn(capture(SECTION, named, PACKET)), [
    { ...READ, interfaceName: "eth0" },
  ]);
});

test("both byte orders are read, in one capture", () => {
  const little = [
    "0a0d0d0a 1c000000 4d3c2b1a 0100 0000 ffffffffffffffff 1c000000",
    "01000000 20000000 7100 0000 60000000 0200 0400 65746831 0000 0000 20000000",
    "06000000 30000000 00000000 00000000 41420f00 02000000 03000000 abcd 0000 0200 0400 02000000 0000 0000 30000000",
  ];
  assert.deepEqual(packetsIn(capture(SECTION, described(), PACKET, ...little)), [
    READ,
    { ...READ, linkType: 113, interfaceName: "eth1", direction: "out" },
  ]);
});

test("interfaces have link types of their own, and are counted anew in each section", () => {
  const second = PACKET.replace("00000000", "00000001"); // interface 1
  const capturesTwo = [SECTION, described(), described("", "0065"), second, PACKET];
  const types = packetsIn(capture(...capturesTwo)).map(({ linkType }) => linkType);
  assert.deepEqual(types, [101, 1]);
  const { packets, fault } = readCapture(capture(...capturesTwo, SECTION, described(), second));
  assert.equal(packets.length, 2);
  assert.equal(fault?.code, "bad-interface");
});

test("a simple packet is of the first interface, cut as that says, and has no time", () => {
  const simple = block(3, `00000063 ${"ab".repeat(96)}`);
  const [packet] = packetsIn(capture(SECTION, described(ETH0 + LAST), described(), simple));
  assert.deepEqual(packet, {
    ...READ,
    wallNs: 0n,
    interfaceName: "eth0",
    direction: null,
    wireBytes: 99,
    bytes: fromHex("ab".repeat(96)),
  });
  const whole = block(3, "00000003 abcdef00");
  assert.deepEqual(packetsIn(capture(SECTION, described(), whole))[0]?.bytes, fromHex("abcdef"));
});

test("an obsolete packet is read", () => {
  const old = block(2, "0001 ffff 00000000 000f4241 00000002 00000003 abcd 0000");
  const file = capture(SECTION, described("", "0065"), described(), old);
  assert.deepEqual(packetsIn(file), [{ ...READ, direction: null }]);
});

test("blocks and options that are not known are passed over", () => {
  const foreign = [block(0xbad, ""), block(4, "00000000"), block(0x40000bad, "11".repeat(4000))];
  const odd = described(`7fff 0003 61626300 ${ETH0} ${LAST}`);
  const [packet] = packetsIn(capture(SECTION, foreign.join(""), odd, ...foreign, PACKET));
  assert.deepEqual(packet, { ...READ, interfaceName: "eth0" });
});

test("options that are not whole cost a packet its direction alone", () => {
  const lying = PACKET.replace("0002 0004", "0001 00ff");
  assert.deepEqual(packetsIn(capture(SECTION, described(), lying)), [{ ...READ, direction: null }]);
});

test("a length on the wire below that of the packet is not believed", () => {
  const lying = PACKET.replace("00000002 00000003", "00000002 00000001");
  assert.equal(packetsIn(capture(SECTION, described(), lying))[0]?.wireBytes, 2);
});

describe("what was lost", () => {
  const statistics = (id: number, options: string) =>
    block(5, `${u32(id)} 00000000 00000000 ${options} ${LAST}`);
  const lost = (...parts: string[]) =>
    readCapture(capture(SECTION, described(), described(), ...parts)).lostPackets;

  test("is known where the capture says it", () => {
    assert.equal(lost(), null);
    assert.equal(lost(statistics(0, "0004 0008 0000000000000063")), null); // received
    assert.equal(lost(statistics(0, "0005 0008 0000000000000000")), 0);
  });

  test("is what interfaces and system dropped, of all interfaces, as it was said last", () => {
    const both = "0005 0008 0000000000000005 0007 0008 0000000000000002";
    assert.equal(lost(statistics(0, both), statistics(1, "0005 0008 0000000000000010")), 23);
    assert.equal(lost(statistics(0, both), statistics(0, "0005 0008 0000000000000010")), 16);
  });

  test("is added up over sections", () => {
    const one = statistics(0, "0005 0008 0000000000000005");
    assert.equal(lost(one, SECTION, described(), one), 10);
  });
});

describe("each way of being broken has its code and the offset of its block", () => {
  const faultOf = (...parts: string[]) => readCapture(capture(...parts)).fault;
  const begun = [SECTION, described(), PACKET]; // 28, 20 and 44 bytes
  const cases: readonly (readonly [string, string, string])[] = [
    ["a section of no byte order", "bad-magic", SECTION.replace("1a2b3c4d", "1a2b3c4e")],
    ["a section of another version", "bad-version", SECTION.replace(" 0001", " 0002")],
    [
      "a section too short for one",
      "bad-length",
      `0a0d0d0a 00000014 1a2b3c4d 0001 0000 ${"0".repeat(24)}`,
    ],
    ["a length below that of an empty block", "bad-length", "00000001 00000008 00000008"],
    ["a length that is no multiple of 4", "bad-length", "00000001 0000000d 00000000"],
    ["lengths that differ", "bad-length", PACKET.replace(/.$/, "8")],
    [
      "lengths that differ around what is passed over",
      "bad-length",
      "00000bad 00000010 00000000 00000014",
    ],
    ["a packet longer than its block", "bad-length", PACKET.replace("00000002 0", "0000000d 0")],
    ["a packet without its head", "bad-length", block(6, "00000000 00000000")],
    ["a simple packet longer than its block", "bad-length", block(3, "00000009 00000000")],
    ["an interface without its head", "bad-length", block(1, "0001 0000")],
    ["an interface whose options are not whole", "bad-length", described("0002 00ff")],
    ["statistics without their head", "bad-length", block(5, "00000000")],
    ["a packet of nobody", "bad-interface", PACKET.replace("00000000", "00000001")],
    ["statistics of nobody", "bad-interface", block(5, "00000001 00000000 00000000")],
    ["an end within a block", "short", PACKET.slice(0, -2)],
    ["an end within what is passed over", "short", `00000bad ffffffec ${"00".repeat(40)}`],
    [
      "an end within the second length of what is passed over",
      "short",
      "00000bad 00000010 00000000 0000",
    ],
  ];
  for (const [name, code, bad] of cases) {
    test(name, () => {
      const { packets, fault } = readCapture(
        capture(...begun, bad, PACKET.slice(0, code === "short" ? 0 : undefined)),
      );
      assert.deepEqual([fault, packets.length], [{ code, offset: 92 }, 1]);
    });
  }

  test("an interface above what is read", () => {
    const huge = `00000001 00200000 ${"00".repeat(100)}`;
    assert.deepEqual(faultOf(SECTION, huge), { code: "bad-length", offset: 28 });
  });

  test("more interfaces than anybody has", () => {
    const many = described().repeat(16_385);
    assert.deepEqual(faultOf(SECTION, many), {
      code: "too-many-interfaces",
      offset: 28 + 20 * 16_384,
    });
  });
});

test("a packet in a block above 1 MiB is passed over and counted", () => {
  const options = `0001 ff00 ${"00".repeat(0xff00)}`.repeat(17); // endless comments
  const huge = block(6, `00000000 00000000 000f4241 00000000 00000000 ${options}`);
  const { packets, oversizedPackets } = readCapture(capture(SECTION, described(), huge, PACKET));
  assert.deepEqual([packets, oversizedPackets], [[READ], 1]);
});
