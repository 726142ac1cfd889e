import assert from "node:assert/strict";
import { test } from "node:test";
import { type IpLayer, readIp } from "../../../../src/core/dissect/ip.ts";
import { NOWHERE } from "../../../../src/core/dissect/link-layer.ts";
import {
  EXTENSION,
  inAuthenticatedIpv4,
  inIpv4,
  inIpv6,
  patched,
  v2Advert,
  v3Advert,
  v3Advert6,
} from "../../../support/odd-packets.ts";
import { fromHex, toHex } from "../../../support/packets.ts";

/** `captured` bytes of it, by default all; `wire` where more followed on the wire. */
function read(packet: Uint8Array, captured = packet.length, wire = packet.length) {
  const family = (packet[0] ?? 0) >>> 4 === 6 ? 6 : 4;
  const bytes = packet.slice(0, captured);
  return readIp({ bytes, at: 0, end: captured, wireEnd: wire }, family);
}

const payloadOf = (packet: Uint8Array, ip: IpLayer | undefined): string =>
  ip === undefined ? "" : toHex(packet.slice(ip.payloadAt, ip.payloadEnd));

test("IPv4: the payload, without the padding behind it", () => {
  const packet = Uint8Array.of(...inIpv4(v3Advert(), { ttl: 254 }), ...new Uint8Array(10));
  const ip = read(packet);
  assert.deepEqual(ip, {
    family: 4,
    sourceAt: 12,
    destinationAt: 16,
    ttl: 254,
    protocol: 112,
    authenticated: false,
    flaws: [],
    payloadAt: 20,
    payloadEnd: 36,
    payloadBytes: 16,
    broken: null,
  });
  assert.equal(payloadOf(packet, ip), toHex(v3Advert()));
});

test("IPv4: options are skipped", () => {
  const packet = inIpv4(v3Advert(), { options: fromHex("9404000001010100") });
  assert.equal(payloadOf(packet, read(packet)), toHex(v3Advert()));
});

test("IPv4: a bad checksum or length is a flaw, and what is there is the payload", () => {
  const packet = inIpv4(v3Advert());
  assert.deepEqual(read(patched(packet, 10, 0x12, 0x34))?.flaws, ["bad-ip-checksum"]);
  for (const length of [19, 37, 0, 65535]) {
    const lying = patched(packet, 2, length >>> 8, length & 0xff);
    const ip = read(lying);
    assert.deepEqual(ip?.flaws, ["bad-ip-checksum", "bad-ip-length"], `${length}`);
    assert.deepEqual([payloadOf(lying, ip), ip?.payloadBytes], [toHex(v3Advert()), 16]);
  }
});

test("IPv4: what was cut in the capture alone is no flaw", () => {
  const ip = read(inIpv4(v3Advert()), 30);
  assert.deepEqual([ip?.flaws, ip?.payloadEnd, ip?.payloadBytes], [[], 30, 16]);
});

test("IPv4: a header that is cut is broken once its protocol shows", () => {
  const packet = inIpv4(v3Advert());
  const seen = [9, 10, 15, 16, 19, 20].map((captured) => read(packet, captured));
  assert.deepEqual(
    seen.map((ip) => ip && [ip.broken, ip.sourceAt, ip.destinationAt]),
    [
      undefined,
      ["short", NOWHERE, NOWHERE],
      ["short", NOWHERE, NOWHERE],
      ["short", 12, NOWHERE],
      ["short", 12, NOWHERE],
      [null, 12, 16],
    ],
  );
});

test("IPv4: a header of no possible length", () => {
  assert.equal(read(patched(inIpv4(v3Advert()), 0, 0x44))?.broken, "bad-ip-header");
  assert.equal(read(patched(inIpv4(v3Advert()), 0, 0x4f))?.broken, "short");
});

test("IPv4: an authentication header before the message", () => {
  const packet = inAuthenticatedIpv4(v2Advert());
  const ip = read(packet);
  assert.deepEqual([ip?.authenticated, ip?.protocol], [true, 112]);
  assert.equal(payloadOf(packet, ip), toHex(v2Advert()));
  assert.equal(read(packet, 21), undefined);
});

test("IPv4: extension headers of IPv6 are none of its own", () => {
  assert.equal(read(inIpv4(fromHex("7000000000000000"), { protocol: 60 })), undefined);
  assert.equal(read(inIpv4(new Uint8Array(40), { protocol: 58 })), undefined);
});

test("fragments of either family, where they show whose", () => {
  assert.equal(read(inIpv4(v2Advert(), { moreFragments: true }))?.broken, "fragment");
  assert.equal(read(inIpv4(v2Advert(), { fragmentOffset: 8 }))?.broken, "fragment");
  assert.equal(read(inIpv4(v2Advert(), { fragmentOffset: 8, protocol: 51 })), undefined);
  for (const { type, body } of [EXTENSION.firstFragment, EXTENSION.laterFragment]) {
    assert.equal(read(inIpv6(v3Advert6(), [{ type, body }]))?.broken, "fragment");
  }
  const chained = inIpv6(v3Advert6(), [EXTENSION.firstFragment, EXTENSION.destinationOptions]);
  assert.equal(read(chained)?.broken, "fragment");
});

test("IPv6: the payload behind extension headers of each kind", () => {
  const { hopByHop, routing, atomicFragment, ah, destinationOptions } = EXTENSION;
  for (const extensions of [
    [],
    [hopByHop, destinationOptions, routing, atomicFragment, ah, destinationOptions],
  ]) {
    const packet = inIpv6(v3Advert6(), extensions);
    const ip = read(packet);
    assert.deepEqual([ip?.flaws, ip?.broken, ip?.ttl], [[], null, 255]);
    assert.equal(ip?.authenticated, extensions.length > 0);
    assert.equal(payloadOf(packet, ip), toHex(v3Advert6()));
    assert.equal(ip?.payloadBytes, v3Advert6().length);
  }
});

test("IPv6: 16 extension headers are walked, 17 are not", () => {
  const chain = (count: number) => inIpv6(v3Advert6(), Array(count).fill(EXTENSION.hopByHop));
  assert.equal(read(chain(16))?.broken, null);
  assert.equal(read(chain(17))?.broken, "too-many-extensions");
});

test("IPv6: a length that is too long is a flaw, one of nothing leaves no payload", () => {
  const packet = inIpv6(v3Advert6());
  const lying = read(patched(packet, 4, 1, 0));
  assert.deepEqual([lying?.flaws, lying?.payloadBytes], [["bad-ip-length"], v3Advert6().length]);
  const empty = read(patched(packet, 4, 0, 0));
  assert.deepEqual([empty?.flaws, empty?.payloadBytes, empty?.payloadEnd], [[], 0, 40]);
});

test("IPv6: a header that is cut is broken once its next header shows", () => {
  const packet = inIpv6(v3Advert6());
  const seen = [6, 7, 24, 39, 40].map((captured) => read(packet, captured));
  assert.deepEqual(
    seen.map((ip) => ip && [ip.broken, ip.sourceAt, ip.destinationAt, ip.ttl]),
    [
      undefined,
      ["short", NOWHERE, NOWHERE, 0],
      ["short", 8, NOWHERE, 255],
      ["short", 8, NOWHERE, 255],
      [null, 8, 24, 255],
    ],
  );
});

test("IPv6: an extension header that is cut does not show what follows", () => {
  const packet = inIpv6(v3Advert6(), [EXTENSION.hopByHop]);
  assert.equal(read(packet, 41), undefined);
  const longer = read(patched(packet, 41, 200));
  assert.ok(longer !== undefined && longer.payloadAt > longer.payloadEnd);
});

test("another protocol or another version is none of ours", () => {
  assert.equal(read(inIpv4(v3Advert(), { protocol: 6 })), undefined);
  assert.equal(read(inIpv6(v3Advert6(), [], 17)), undefined);
  assert.equal(read(inIpv6(v3Advert6(), [EXTENSION.hopByHop], 17)), undefined);
  assert.equal(read(patched(inIpv4(v3Advert()), 0, 0x65)), undefined);
});
