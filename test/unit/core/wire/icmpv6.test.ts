import assert from "node:assert/strict";
import { test } from "node:test";
import {
  decodeIcmpv6,
  describeIcmpv6,
  encodeIcmpv6,
  type Icmpv6Message,
} from "../../../../src/core/wire/icmpv6.ts";
import { codeOf, decodedOf, fromHex, ip, ipv6In, toHex } from "../../../support/packets.ts";
import { LINUX } from "../../../vectors/frames.ts";

const ECHO = { identifier: 12_989, sequence: 0, data: new Uint8Array(16) };
const CARRIER = { source: ip("fd00::1"), destination: ip("fd00::2") };
/** Behind the eight bytes of header: the packet that was refused, its IP header first. */
const quotedIn = (frame: string): Uint8Array => ipv6In(frame).payload.subarray(8);

const VECTORS: readonly [
  name: string,
  frame: string,
  message: Icmpv6Message,
  description: string,
][] = [
  [
    "fping's request",
    LINUX.echoRequest6,
    { kind: "echo-request", ...ECHO },
    "ICMP6, echo request, id 12989, seq 0, length 24",
  ],
  [
    "the kernel's reply",
    LINUX.echoReply6,
    { kind: "echo-reply", ...ECHO },
    "ICMP6, echo reply, id 12989, seq 0, length 24",
  ],
  [
    "the kernel's time exceeded",
    LINUX.timeExceeded6,
    { kind: "time-exceeded", code: 0, quoted: quotedIn(LINUX.timeExceeded6) },
    "ICMP6, time exceeded, code 0",
  ],
  [
    "the kernel without a route",
    LINUX.noRoute6,
    { kind: "destination-unreachable", code: 0, quoted: quotedIn(LINUX.noRoute6) },
    "ICMP6, destination unreachable, code 0",
  ],
  [
    "the kernel's multicast listener report",
    LINUX.listenerReport,
    {
      kind: "other",
      type: 143,
      code: 0,
      body: ipv6In(LINUX.listenerReport).payload.subarray(4),
    },
    "ICMP6, type 143, code 0, length 28",
  ],
];

for (const [name, frame, message, description] of VECTORS) {
  test(`a message decodes and encodes as captured: ${name}`, () => {
    const packet = ipv6In(frame);
    assert.deepEqual(decodedOf(decodeIcmpv6(packet.payload, packet)), message);
    assert.equal(toHex(encodeIcmpv6(message, packet)), toHex(packet.payload));
    assert.equal(describeIcmpv6(message), description);
  });
}

test("a packet too big for the next hop tells the MTU of it", () => {
  const message: Icmpv6Message = {
    kind: "packet-too-big",
    nextHopMtu: 1300,
    quoted: fromHex("60"),
  };
  const bytes = encodeIcmpv6(message, CARRIER);
  assert.equal(toHex(bytes.subarray(4)), "0000051460");
  assert.deepEqual(decodedOf(decodeIcmpv6(bytes, CARRIER)), message);
  assert.equal(describeIcmpv6(message), "ICMP6, packet too big, mtu 1300");
});

test("an echo or a packet-too-big with a code is kept as it stands", () => {
  for (const type of [2, 128, 129]) {
    const message: Icmpv6Message = { kind: "other", type, code: 1, body: fromHex("00000007") };
    assert.deepEqual(decodedOf(decodeIcmpv6(encodeIcmpv6(message, CARRIER), CARRIER)), message);
  }
});

test("a checksum made for another address or with a bit flipped is bad", () => {
  const packet = ipv6In(LINUX.echoReply6);
  const elsewhere = { ...packet, destination: ip("fd00::9") };
  assert.equal(codeOf(decodeIcmpv6(packet.payload, elsewhere)), "bad-checksum");
  packet.payload[23] = 1;
  assert.equal(codeOf(decodeIcmpv6(packet.payload, packet)), "bad-checksum");
});

test("a message without all of its header is short", () => {
  for (let length = 0; length < 4; length++) {
    assert.equal(codeOf(decodeIcmpv6(new Uint8Array(length), CARRIER)), "short");
  }
  for (const type of [1, 2, 3, 128]) {
    const header = encodeIcmpv6({ kind: "other", type, code: 0, body: fromHex("0000") }, CARRIER);
    assert.equal(codeOf(decodeIcmpv6(header, CARRIER)), "short");
  }
});

test("what does not fit a message is a caller's bug", () => {
  const message: Icmpv6Message = { kind: "echo-request", ...ECHO, identifier: -1 };
  assert.throws(() => encodeIcmpv6(message, CARRIER), RangeError);
});
