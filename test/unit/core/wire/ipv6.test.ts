import assert from "node:assert/strict";
import { test } from "node:test";
import {
  decodeIpv6,
  describeIpv6,
  encodeIpv6,
  type Ipv6Extension,
  type Ipv6Packet,
  isIpv6Fragment,
} from "../../../../src/core/wire/ipv6.ts";
import {
  codeOf,
  decodedOf,
  fromHex,
  ip,
  ipv6In,
  payloadIn,
  toHex,
} from "../../../support/packets.ts";
import { KEEPALIVED, LINUX } from "../../../vectors/frames.ts";

const ADVERT: Ipv6Packet = {
  trafficClass: 0xc0,
  flowLabel: 0x7d4c8,
  hopLimit: 255,
  source: ip("fe80::ff:fe00:1"),
  destination: ip("ff02::12"),
  extensions: [],
  protocol: 112,
  payload: fromHex(KEEPALIVED.v3Ip6).subarray(54),
};

/** Headers of every known type, each as short as it can be. */
const CHAIN: readonly Ipv6Extension[] = [
  { type: 0, body: fromHex("0502 0000 0100") },
  { type: 60, body: fromHex("010c 000000000000000000000000") },
  { type: 43, body: fromHex("0000 0000 0000") },
  { type: 51, body: fromHex("0000 0a000001 00000001 95844fc42f6e3a90615dea29") },
];
const fragment = (offsetAndMore: string): Ipv6Extension => ({
  type: 44,
  body: fromHex(`${offsetAndMore} 00000007`),
});

test("a packet decodes and encodes as captured: keepalived's advert", () => {
  assert.deepEqual(ipv6In(KEEPALIVED.v3Ip6), ADVERT);
  assert.equal(toHex(encodeIpv6(ADVERT)), toHex(payloadIn(KEEPALIVED.v3Ip6)));
});

test("a packet decodes and encodes as captured: the kernel's report behind a hop-by-hop header", () => {
  const packet = ipv6In(LINUX.listenerReport);
  assert.deepEqual(packet.extensions, [{ type: 0, body: fromHex("0502 0000 0100") }]);
  assert.equal(packet.protocol, 58);
  assert.equal(packet.payload.length, 28);
  assert.equal(toHex(encodeIpv6(packet)), toHex(payloadIn(LINUX.listenerReport)));
});

test("a packet decodes and encodes as captured: the kernel's later fragment", () => {
  const packet = ipv6In(LINUX.laterFragment6);
  assert.deepEqual(
    packet.extensions.map(({ type, body }) => [type, toHex(body.subarray(0, 2))]),
    [[44, "05a8"]],
  );
  assert.equal(packet.payload.length, 160);
  assert.equal(toHex(encodeIpv6(packet)), toHex(payloadIn(LINUX.laterFragment6)));
});

test("a chain of extension headers is walked to the upper protocol and back", () => {
  const packet = { ...ADVERT, extensions: [...CHAIN, fragment("0000")] };
  assert.deepEqual(decodedOf(decodeIpv6(encodeIpv6(packet))), packet);
});

test("behind a later fragment nothing is taken for a header", () => {
  const packet = { ...ADVERT, extensions: [fragment("0008")], protocol: 60 };
  assert.deepEqual(decodedOf(decodeIpv6(encodeIpv6(packet))), packet);
});

test("first and later pieces are fragments, an atomic one and a whole packet are none", () => {
  const withFragment = (field: string) => ({ ...ADVERT, extensions: [fragment(field)] });
  assert.ok(!isIpv6Fragment(ADVERT));
  assert.ok(!isIpv6Fragment(withFragment("0000")));
  assert.ok(isIpv6Fragment(withFragment("0001")));
  assert.ok(isIpv6Fragment(withFragment("0008")));
});

test("a chain longer than sixteen headers is a fault", () => {
  const chainOf = (length: number) =>
    encodeIpv6({ ...ADVERT, extensions: Array.from({ length }, () => fragment("0000")) });
  assert.equal(decodedOf(decodeIpv6(chainOf(16))).extensions.length, 16);
  assert.equal(codeOf(decodeIpv6(chainOf(17))), "too-many-extensions");
});

test("Ethernet padding behind the payload length is cut", () => {
  const padded = Uint8Array.of(...payloadIn(KEEPALIVED.v3Ip6), ...new Uint8Array(10));
  assert.deepEqual(decodedOf(decodeIpv6(padded)), ADVERT);
});

test("a packet cut anywhere is short", () => {
  const packet = encodeIpv6({ ...ADVERT, extensions: CHAIN });
  for (let length = 0; length < packet.length; length++) {
    assert.equal(codeOf(decodeIpv6(packet.subarray(0, length))), "short");
  }
});

test("an extension header that ends behind the payload is short, whatever follows it", () => {
  const packet = encodeIpv6({ ...ADVERT, extensions: CHAIN.slice(0, 1) });
  packet[41] = 5; // 48 bytes, and the payload has 8 + 40
  assert.ok(decodeIpv6(packet).ok);
  packet[41] = 6;
  assert.equal(codeOf(decodeIpv6(Uint8Array.of(...packet, ...new Uint8Array(60)))), "short");
});

test("another version is a fault", () => {
  assert.equal(codeOf(decodeIpv6(payloadIn(KEEPALIVED.v3Ip4))), "bad-version");
});

test("what does not fit a packet is a caller's bug", () => {
  const refused = (changes: Partial<Ipv6Packet>) =>
    assert.throws(() => encodeIpv6({ ...ADVERT, ...changes }), RangeError);
  refused({ trafficClass: 256 });
  refused({ flowLabel: 0x100000 });
  refused({ flowLabel: -1 });
  refused({ source: ip("10.0.0.1") });
  refused({ payload: new Uint8Array(65_536) });
  refused({ extensions: [{ type: 0, body: new Uint8Array(7) }] });
  refused({ extensions: [{ type: 43, body: new Uint8Array(2) }] });
  refused({ extensions: [{ type: 44, body: new Uint8Array(14) }] });
  refused({ extensions: [{ type: 60, body: new Uint8Array(6 + 8 * 256) }] });
  refused({ extensions: [{ type: 6, body: new Uint8Array(6) }] });
});

test("a packet is described with the facts that a receiver checks", () => {
  assert.equal(
    describeIpv6(ADVERT),
    "IP6 fe80::ff:fe00:1 > ff02::12: hlim 255, next-header 112, payload length 40",
  );
  assert.match(describeIpv6(ipv6In(LINUX.laterFragment6)), /next-header 58, fragment, /);
});
