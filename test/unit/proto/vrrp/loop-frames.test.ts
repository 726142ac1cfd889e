import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { decodeEthernet } from "../../../../src/core/wire/ethernet.ts";
import { decodeIcmp } from "../../../../src/core/wire/icmp.ts";
import { decodeIcmpv6 } from "../../../../src/core/wire/icmpv6.ts";
import { decodeIpv4 } from "../../../../src/core/wire/ipv4.ts";
import { decodeIpv6 } from "../../../../src/core/wire/ipv6.ts";
import { answerFilter, decodeAnswer, echoFrame } from "../../../../src/proto/vrrp/loop-frames.ts";
import { runFilter } from "../../../support/bpf.ts";
import { decodedOf, fromHex, ip, mac } from "../../../support/packets.ts";
import { LINUX } from "../../../vectors/frames.ts";

const OURS = "02:00:00:00:00:01";
const request = {
  fromMac: mac(OURS),
  toMac: mac("02:00:00:00:00:02"),
  identifier: 0x3192,
  sequence: 7,
};

test("an echo request leaves from the virtual address, in both families", () => {
  const wanted = { kind: "echo-request", identifier: 0x3192, sequence: 7, data: new Uint8Array(8) };
  const four = echoFrame({ ...request, from: ip("10.0.0.100"), to: ip("10.0.0.2") });
  const packet4 = decodedOf(decodeIpv4(decodedOf(decodeEthernet(four)).payload));
  assert.deepEqual([packet4.source, packet4.destination], [ip("10.0.0.100"), ip("10.0.0.2")]);
  assert.deepEqual(decodedOf(decodeIcmp(packet4.payload)), wanted);
  const six = echoFrame({ ...request, from: ip("fd00::100"), to: ip("fe80::2") });
  const packet6 = decodedOf(decodeIpv6(decodedOf(decodeEthernet(six)).payload));
  assert.deepEqual([packet6.source, packet6.destination], [ip("fd00::100"), ip("fe80::2")]);
  assert.deepEqual(decodedOf(decodeIcmpv6(packet6.payload, packet6)), wanted);
});

test("answers of the neighbour to our MAC address pass the filter and are told, of both families", () => {
  const cases = [
    [LINUX.arpReply, "10.0.0.2", { kind: "neighbour", mac: mac("02:00:00:00:00:02") }],
    [LINUX.echoReply, "10.0.0.2", { kind: "echo", to: ip("10.0.0.1") }],
    [LINUX.neighbourAdvertisement, "fd00::2", { kind: "neighbour", mac: mac("02:00:00:00:00:02") }],
    [LINUX.echoReply6, "fd00::2", { kind: "echo", to: ip("fd00::1") }],
  ] as const;
  for (const [hex, neighbour, answer] of cases) {
    const frame = fromHex(hex);
    const identifier = neighbour === "fd00::2" ? 0x32bd : 0x3192;
    assert.ok(runFilter(answerFilter([ip(neighbour)], identifier), frame));
    assert.deepEqual(decodeAnswer(frame, ip(neighbour), [OURS]), answer);
    assert.equal(decodeAnswer(frame, ip("10.0.0.9"), [OURS]), undefined, "of another neighbour");
    assert.equal(decodeAnswer(frame, ip(neighbour), ["02:00:00:00:00:07"]), undefined);
  }
});

test("any bytes are an answer or not, and never thrown at", () => {
  const frame = fc.uint8Array({ maxLength: 120 });
  fc.assert(fc.property(frame, (bytes) => void decodeAnswer(bytes, ip("10.0.0.2"), [OURS])));
});
