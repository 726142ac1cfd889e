import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type ArpPacket,
  arpProbe,
  decodeArp,
  describeArp,
  encodeArp,
  gratuitousArp,
  rarpAnnouncement,
} from "../../../../src/core/wire/arp.ts";
import { codeOf, decodedOf, ip, mac, payloadIn, toHex } from "../../../support/packets.ts";
import { ARPING, HAND_MADE, KEEPALIVED, LINUX } from "../../../vectors/frames.ts";
import { MALFORMED } from "../../../vectors/public-frames.ts";

const OURS = mac("02:00:00:00:00:01");
const THEIRS = mac("02:00:00:00:00:02");
const BROADCAST = mac("ff:ff:ff:ff:ff:ff");
const NO_MAC = new Uint8Array(6);

const VECTORS: readonly [name: string, frame: string, packet: ArpPacket, description: string][] = [
  [
    "keepalived's announcement",
    KEEPALIVED.gratuitousArp,
    { ...gratuitousArp(ip("10.0.0.105"), OURS, "request"), targetMac: BROADCAST },
    "ARP, Announcement 10.0.0.105 is-at 02:00:00:00:00:01",
  ],
  [
    "arping -A",
    ARPING.answer,
    gratuitousArp(ip("10.0.0.1"), OURS, "reply"),
    "ARP, Reply 10.0.0.1 is-at 02:00:00:00:00:01",
  ],
  [
    "arping -D",
    ARPING.probe,
    { ...arpProbe(ip("10.0.0.77"), OURS), targetMac: BROADCAST },
    "ARP, Probe 10.0.0.77 by 02:00:00:00:00:01",
  ],
  [
    "the kernel's request",
    LINUX.arpRequest,
    {
      operation: "request",
      senderMac: OURS,
      senderIp: ip("10.0.0.1"),
      targetMac: NO_MAC,
      targetIp: ip("10.0.0.2"),
    },
    "ARP, Request who-has 10.0.0.2 tell 10.0.0.1",
  ],
  [
    "the kernel's reply",
    LINUX.arpReply,
    {
      operation: "reply",
      senderMac: THEIRS,
      senderIp: ip("10.0.0.2"),
      targetMac: OURS,
      targetIp: ip("10.0.0.1"),
    },
    "ARP, Reply 10.0.0.2 is-at 02:00:00:00:00:02",
  ],
  [
    "a reverse request, hand-made",
    HAND_MADE.rarpAnnouncement,
    rarpAnnouncement(OURS),
    "RARP, Request who-is 02:00:00:00:00:01 tell 02:00:00:00:00:01",
  ],
];

for (const [name, frame, packet, description] of VECTORS) {
  test(`a packet decodes and encodes as captured: ${name}`, () => {
    assert.deepEqual(decodedOf(decodeArp(payloadIn(frame))), packet);
    assert.equal(toHex(encodeArp(packet)), toHex(payloadIn(frame)));
    assert.equal(describeArp(packet), description);
  });
}

test("an announcement leaves the target MAC of a request open and fills that of a reply", () => {
  assert.deepEqual(gratuitousArp(ip("10.0.0.1"), OURS, "request").targetMac, NO_MAC);
  assert.deepEqual(gratuitousArp(ip("10.0.0.1"), OURS, "reply").targetMac, OURS);
});

test("a probe names no address of ours, so that it spoils nobody's cache", () => {
  assert.deepEqual(arpProbe(ip("10.0.0.77"), OURS).senderIp, ip("0.0.0.0"));
});

test("the padding of the shortest Ethernet frame is no fault", () => {
  const padded = Uint8Array.of(...payloadIn(LINUX.arpReply), ...new Uint8Array(18));
  assert.deepEqual(decodeArp(padded), decodeArp(payloadIn(LINUX.arpReply)));
});

test("a packet cut anywhere is short", () => {
  const packet = payloadIn(LINUX.arpReply);
  for (let length = 0; length < packet.length; length++) {
    assert.equal(codeOf(decodeArp(packet.subarray(0, length))), "short");
  }
});

test("a fuzzer's packets are faults by name", () => {
  const { arp1, arp2, arp3, arp4, arp5 } = MALFORMED;
  assert.deepEqual(
    [arp1, arp2, arp3, arp4, arp5].map((frame) => codeOf(decodeArp(payloadIn(frame)))),
    ["bad-hardware", "bad-operation", "bad-protocol", "bad-protocol", "bad-hardware"],
  );
});

test("other hardware is a fault even where its addresses have six bytes", () => {
  const packet = Uint8Array.of(0, 6, ...payloadIn(LINUX.arpReply).subarray(2)); // IEEE 802
  assert.equal(codeOf(decodeArp(packet)), "bad-hardware");
});

test("the operations beside 1 to 4 are not known", () => {
  for (const operation of [0, 5]) {
    const packet = payloadIn(LINUX.arpReply);
    packet[7] = operation;
    assert.equal(codeOf(decodeArp(packet)), "bad-operation");
  }
});

test("an address of the wrong length is a caller's bug", () => {
  const packet = arpProbe(ip("10.0.0.1"), OURS);
  assert.throws(() => encodeArp({ ...packet, targetIp: ip("::1") }), RangeError);
  assert.throws(() => encodeArp({ ...packet, senderMac: ip("10.0.0.1") }), RangeError);
});
