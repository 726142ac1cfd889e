import assert from "node:assert/strict";
import { test } from "node:test";
import type { Carrier } from "../../../../src/core/wire/carrier.ts";
import {
  decodeVrrp,
  describeVrrp,
  encodeVrrp,
  peekVrrp,
  type VrrpAdvert,
  type VrrpV2Advert,
  type VrrpV3Advert,
} from "../../../../src/core/wire/vrrp.ts";
import {
  codeOf,
  decodedOf,
  fromHex,
  ip,
  ipv4In,
  ipv6In,
  payloadIn,
  toHex,
} from "../../../support/packets.ts";
import { HAND_MADE, KEEPALIVED } from "../../../vectors/frames.ts";
import { MALFORMED, MALFORMED_IP, PCAPPLUSPLUS, TCPDUMP } from "../../../vectors/public-frames.ts";

const ascii = (text: string) => new TextEncoder().encode(text);

const V2: VrrpV2Advert = {
  version: 2,
  vrid: 2,
  priority: 150,
  adverIntervalCs: 100,
  addresses: [ip("10.0.0.102")],
  auth: { type: "none" },
};
const V2_PASS: VrrpV2Advert = {
  ...V2,
  vrid: 3,
  addresses: [ip("10.0.0.103"), ip("10.0.0.104")],
  auth: { type: "pass", password: ascii("s3cret") },
};
const V3: VrrpV3Advert = {
  version: 3,
  vrid: 4,
  priority: 200,
  adverIntervalCs: 25,
  addresses: [ip("10.0.0.105"), ip("10.0.0.106")],
  checksum: "pseudo-header",
};

interface Message extends Carrier {
  readonly payload: Uint8Array;
}

const VECTORS: readonly [name: string, message: Message, advert: VrrpAdvert][] = [
  ["keepalived, version 2", ipv4In(KEEPALIVED.v2), V2],
  ["keepalived, version 2 with PASS", ipv4In(KEEPALIVED.v2Pass), V2_PASS],
  [
    "keepalived, version 2 with PASS, resigning",
    ipv4In(KEEPALIVED.v2PassResigning),
    { ...V2_PASS, priority: 0 },
  ],
  ["keepalived, version 3 over IPv4", ipv4In(KEEPALIVED.v3Ip4), V3],
  [
    "keepalived, version 3 over IPv4, resigning",
    ipv4In(KEEPALIVED.v3Ip4Resigning),
    { ...V3, priority: 0 },
  ],
  [
    "keepalived, version 3 over IPv6",
    ipv6In(KEEPALIVED.v3Ip6),
    {
      ...V3,
      vrid: 6,
      priority: 100,
      adverIntervalCs: 100,
      addresses: [ip("fe80::6"), ip("2001:db8::6")],
    },
  ],
  ["hand-made, bare checksum", ipv4In(HAND_MADE.v3Ip4Bare), { ...V3, checksum: "bare" }],
  [
    "tcpdump's tests, version 2",
    ipv4In(TCPDUMP.v2),
    { ...V2, vrid: 43, priority: 191, adverIntervalCs: 1000, addresses: [ip("10.4.43.150")] },
  ],
  [
    "tcpdump's tests, version 2 with a password of eight bytes",
    ipv4In(TCPDUMP.v2Pass),
    {
      ...V2,
      vrid: 42,
      priority: 191,
      adverIntervalCs: 1000,
      addresses: [ip("10.4.42.1"), ip("10.4.42.2"), ip("10.4.42.3")],
      auth: { type: "pass", password: ascii("abcdefgh") },
    },
  ],
  [
    "tcpdump's tests, version 3 over IPv4",
    ipv4In(TCPDUMP.v3Ip4),
    {
      ...V3,
      vrid: 44,
      priority: 191,
      adverIntervalCs: 1000,
      addresses: [ip("10.4.44.100"), ip("10.4.44.200")],
    },
  ],
  [
    "tcpdump's tests, version 3 over IPv6",
    ipv6In(TCPDUMP.v3Ip6),
    {
      ...V3,
      vrid: 45,
      priority: 191,
      adverIntervalCs: 1000,
      addresses: [ip("fe80::200:5eff:fe00:22d"), ip("2001::abcd:a")],
    },
  ],
  [
    "PcapPlusPlus' tests, version 3 over IPv4",
    ipv4In(PCAPPLUSPLUS.v3Ip4),
    {
      ...V3,
      vrid: 1,
      priority: 100,
      adverIntervalCs: 1,
      addresses: [ip("192.168.0.1"), ip("192.168.0.2")],
    },
  ],
  [
    "PcapPlusPlus' tests, version 3 over IPv6",
    ipv6In(PCAPPLUSPLUS.v3Ip6),
    {
      ...V3,
      vrid: 1,
      priority: 100,
      adverIntervalCs: 1,
      addresses: [ip("fe80::254"), ip("2001:db8::1"), ip("2001:db8::2")],
    },
  ],
];

for (const [name, message, advert] of VECTORS) {
  test(`an advert decodes and encodes as captured: ${name}`, () => {
    assert.deepEqual(decodedOf(decodeVrrp(message.payload, message)), advert);
    assert.equal(toHex(encodeVrrp(advert, message)), toHex(message.payload));
  });
}

const v2 = ipv4In(KEEPALIVED.v2);
const v3 = ipv4In(KEEPALIVED.v3Ip4);
const v3Ip6 = ipv6In(KEEPALIVED.v3Ip6);
const bare = ipv4In(HAND_MADE.v3Ip4Bare);

const faultOf = (message: Uint8Array, carrier: Carrier) => codeOf(decodeVrrp(message, carrier));

/** The message with the bytes at `at` replaced. */
function changed(message: Message, at: number, ...bytes: number[]): Uint8Array {
  const payload = message.payload.slice();
  payload.set(bytes, at);
  return payload;
}

/** The same with a right checksum over its bytes alone, counted here on its own. */
function resealed(message: Message, at: number, ...bytes: number[]): Uint8Array {
  const payload = changed(message, at, ...bytes);
  payload.set([0, 0], 6);
  let sum = 0;
  for (const [index, byte] of payload.entries()) sum += index % 2 === 0 ? byte * 256 : byte;
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  payload.set([(0xffff - sum) >>> 8, (0xffff - sum) & 0xff], 6);
  return payload;
}

test("an advert cut anywhere is short", () => {
  for (const message of [v2, v3, v3Ip6]) {
    for (let length = 0; length < message.payload.length; length++) {
      assert.equal(faultOf(message.payload.subarray(0, length), message), "short");
    }
  }
  const withoutAuth = ipv4In(PCAPPLUSPLUS.v2WithoutAuth);
  assert.equal(faultOf(withoutAuth.payload, withoutAuth), "short");
});

test("bytes behind an advert are a fault, an HMAC trailer of 28 bytes too", () => {
  for (const extra of [1, 28]) {
    assert.equal(faultOf(Uint8Array.of(...v3.payload, ...new Uint8Array(extra)), v3), "trailing");
  }
});

test("a fuzzer's adverts are faults by name, were their IP headers right", () => {
  const { vrrp1, vrrp5, vrrp8, vrrp10 } = MALFORMED;
  assert.deepEqual(
    [vrrp1, vrrp5, vrrp8, vrrp10].map((frame) => faultOf(payloadIn(frame).subarray(20), v3)),
    ["bad-checksum", "bad-vrid", "bad-checksum", "bad-version"],
  );
  for (const packet of Object.values(MALFORMED_IP).map(fromHex)) {
    const advert = packet.subarray(28, packet[3]); // from the header of seven words to its length
    assert.equal(faultOf(advert, v3), "short");
  }
});

test("versions 2 and 3 are known, 2 over IPv4 alone", () => {
  assert.equal(faultOf(changed(v3, 0, 0x11), v3), "bad-version");
  assert.equal(faultOf(changed(v3, 0, 0x41), v3), "bad-version");
  assert.equal(faultOf(v2.payload, v3Ip6), "bad-version");
});

test("no type but ADVERTISEMENT is known", () => {
  assert.equal(faultOf(changed(v3, 0, 0x32), v3), "bad-type");
});

test("an advert with any bit flipped is no advert", () => {
  for (const message of [v2, v3, v3Ip6, bare]) {
    for (const [at, byte] of message.payload.entries()) {
      for (let bit = 1; bit < 0x100; bit <<= 1) {
        assert.ok(!decodeVrrp(changed(message, at, byte ^ bit), message).ok, `${bit} at ${at}`);
      }
    }
  }
});

test("a checksum made for another source address is bad", () => {
  assert.equal(faultOf(v3.payload, { ...v3, source: ip("10.0.0.9") }), "bad-checksum");
  assert.equal(faultOf(v3Ip6.payload, { ...v3Ip6, source: ip("fe80::9") }), "bad-checksum");
});

test("a bare checksum is bad over IPv6", () => {
  assert.equal(faultOf(resealed(v3Ip6, 0), v3Ip6), "bad-checksum");
});

test("fields that no router may send are faults", () => {
  assert.equal(faultOf(resealed(v2, 1, 0), v2), "bad-vrid");
  assert.equal(faultOf(resealed(v2, 4, 3), v2), "bad-auth-type");
  assert.equal(faultOf(resealed(v2, 5, 0), v2), "bad-interval");
  assert.equal(faultOf(resealed(bare, 4, 0, 0), bare), "bad-interval");
  const empty = { ...bare, payload: fromHex("31 04 64 00 00 64 00 00") };
  assert.equal(faultOf(resealed(empty, 0), empty), "no-addresses");
});

test("the four reserved bits of version 3 are ignored", () => {
  const advert = decodedOf(decodeVrrp(resealed(bare, 4, 0xf0), bare));
  assert.deepEqual(advert, { ...V3, checksum: "bare" });
});

test("an advert that claims an authentication header says so", () => {
  const behindAh = ipv4In(KEEPALIVED.v2Ah).payload.subarray(24);
  assert.deepEqual(decodedOf(decodeVrrp(behindAh, v2)), {
    ...V2,
    vrid: 9,
    addresses: [ip("10.0.0.109")],
    auth: { type: "ah" },
  });
});

test("what does not fit an advert is a caller's bug", () => {
  const refused = (advert: VrrpAdvert, carrier: Carrier = v3) =>
    assert.throws(() => encodeVrrp(advert, carrier), RangeError);
  refused({ ...V3, vrid: 0 });
  refused({ ...V3, vrid: 256 });
  refused({ ...V3, priority: -1 });
  refused({ ...V3, adverIntervalCs: 0 });
  refused({ ...V3, adverIntervalCs: 4096 });
  refused({ ...V3, adverIntervalCs: 2.5 });
  refused({ ...V3, addresses: [] });
  refused({ ...V3, addresses: [ip("2001:db8::1")] });
  refused({ ...V3, addresses: Array.from({ length: 256 }, () => ip("10.0.0.1")) });
  refused({ ...V3, addresses: [ip("2001:db8::1")], checksum: "bare" }, v3Ip6);
  refused({ ...V2, adverIntervalCs: 150 });
  refused({ ...V2, adverIntervalCs: 25_600 });
  refused({ ...V2, addresses: [] }, v3Ip6);
  refused({ ...V2, auth: { type: "pass", password: ascii("nine char") } });
});

test("version and VRID can be read of what does not decode", () => {
  assert.deepEqual(peekVrrp(fromHex("31 07 ff")), { version: 3, vrid: 7 });
  assert.equal(peekVrrp(fromHex("31")), undefined);
  assert.equal(peekVrrp(new Uint8Array()), undefined);
});

test("an advert is described as tcpdump does, but for the password", () => {
  assert.equal(
    describeVrrp(V2_PASS),
    "VRRPv2, Advertisement, vrid 3, prio 150, authtype simple, intvl 1s, addrs(2): 10.0.0.103,10.0.0.104",
  );
  assert.equal(
    describeVrrp(V3),
    "VRRPv3, Advertisement, vrid 4, prio 200, intvl 25cs, addrs(2): 10.0.0.105,10.0.0.106",
  );
});
