import assert from "node:assert/strict";
import { test } from "node:test";
import {
  decodeIcmp,
  describeIcmp,
  encodeIcmp,
  type IcmpMessage,
} from "../../../../src/core/wire/icmp.ts";
import { codeOf, decodedOf, fromHex, ipv4In, toHex } from "../../../support/packets.ts";
import { LINUX } from "../../../vectors/frames.ts";

const ECHO = { identifier: 0x3192, sequence: 0, data: new Uint8Array(16) };
/** Behind the eight bytes of header: the packet that was refused, its IP header first. */
const quotedIn = (frame: string): Uint8Array => ipv4In(frame).payload.subarray(8);

const VECTORS: readonly [name: string, frame: string, message: IcmpMessage, description: string][] =
  [
    [
      "fping's request",
      LINUX.echoRequest,
      { kind: "echo-request", ...ECHO },
      "ICMP echo request, id 12690, seq 0, length 24",
    ],
    [
      "the kernel's reply",
      LINUX.echoReply,
      { kind: "echo-reply", ...ECHO },
      "ICMP echo reply, id 12690, seq 0, length 24",
    ],
    [
      "the kernel's time exceeded",
      LINUX.timeExceeded,
      { kind: "time-exceeded", code: 0, quoted: quotedIn(LINUX.timeExceeded) },
      "ICMP time exceeded, code 0",
    ],
    [
      "the kernel's net unreachable",
      LINUX.netUnreachable,
      {
        kind: "destination-unreachable",
        code: 0,
        nextHopMtu: 0,
        quoted: quotedIn(LINUX.netUnreachable),
      },
      "ICMP destination unreachable, code 0",
    ],
  ];

for (const [name, frame, message, description] of VECTORS) {
  test(`a message decodes and encodes as captured: ${name}`, () => {
    const { payload } = ipv4In(frame);
    assert.deepEqual(decodedOf(decodeIcmp(payload)), message);
    assert.equal(toHex(encodeIcmp(message)), toHex(payload));
    assert.equal(describeIcmp(message), description);
  });
}

test("the quoted packet begins with its own IP header", () => {
  const message = decodedOf(decodeIcmp(ipv4In(LINUX.netUnreachable).payload));
  assert.ok(message.kind === "destination-unreachable");
  assert.equal(toHex(message.quoted.subarray(12, 20)), "0a0000010a080005"); // 10.0.0.1 to 10.8.0.5
});

test("a packet too big for the next hop tells the MTU of it", () => {
  const bytes = fromHex("0304 f7e7 0000 0514"); // 1300; the sum of the others is 0x0818
  assert.deepEqual(decodedOf(decodeIcmp(bytes)), {
    kind: "destination-unreachable",
    code: 4,
    nextHopMtu: 1300,
    quoted: new Uint8Array(),
  });
});

test("a message of another type, or an echo with a code, is kept as it stands", () => {
  const others: IcmpMessage[] = [
    { kind: "other", type: 13, code: 0, body: fromHex("0001 0002 00000003") },
    { kind: "other", type: 8, code: 1, body: fromHex("0001 0002") },
    { kind: "other", type: 255, code: 255, body: new Uint8Array() },
  ];
  for (const message of others) {
    assert.deepEqual(decodedOf(decodeIcmp(encodeIcmp(message))), message);
  }
  assert.equal(describeIcmp(others[0] as IcmpMessage), "ICMP type 13, code 0, length 12");
});

test("a message with any bit flipped has a bad checksum", () => {
  const { payload } = ipv4In(LINUX.echoReply);
  for (const [at, byte] of payload.entries()) {
    for (let bit = 1; bit < 0x100; bit <<= 1) {
      payload[at] = byte ^ bit;
      assert.equal(codeOf(decodeIcmp(payload)), "bad-checksum");
    }
    payload[at] = byte;
  }
});

test("a message without all of its header is short", () => {
  assert.equal(codeOf(decodeIcmp(new Uint8Array())), "short");
  assert.equal(codeOf(decodeIcmp(fromHex("0800f7"))), "short");
  for (const message of ["0800 f7ff", "0300 fcff", "0b00 f4ff 0000"]) {
    assert.equal(codeOf(decodeIcmp(fromHex(message))), "short");
  }
});

test("what does not fit a message is a caller's bug", () => {
  assert.throws(() => encodeIcmp({ kind: "echo-request", ...ECHO, sequence: 65_536 }), RangeError);
  assert.throws(
    () => encodeIcmp({ kind: "time-exceeded", code: 256, quoted: new Uint8Array() }),
    RangeError,
  );
});
