import assert from "node:assert/strict";
import { test } from "node:test";
import {
  decodeIpv4,
  describeIpv4,
  encodeIpv4,
  type Ipv4Packet,
  isIpv4Fragment,
} from "../../../../src/core/wire/ipv4.ts";
import {
  codeOf,
  decodedOf,
  fromHex,
  ip,
  ipv4In,
  payloadIn,
  toHex,
} from "../../../support/packets.ts";
import { KEEPALIVED, LINUX } from "../../../vectors/frames.ts";
import { MALFORMED, MALFORMED_IP } from "../../../vectors/public-frames.ts";

const ADVERT: Ipv4Packet = {
  trafficClass: 0xc0,
  identification: 1,
  dontFragment: false,
  moreFragments: false,
  fragmentOffset: 0,
  ttl: 255,
  protocol: 112,
  source: ip("10.0.0.1"),
  destination: ip("224.0.0.18"),
  options: new Uint8Array(),
  payload: fromHex("3104c802001907790a0000690a00006a"),
};

test("a packet decodes and encodes as captured: keepalived's advert", () => {
  assert.deepEqual(ipv4In(KEEPALIVED.v3Ip4), ADVERT);
  assert.equal(toHex(encodeIpv4(ADVERT)), toHex(payloadIn(KEEPALIVED.v3Ip4)));
});

test("a packet decodes and encodes as captured: the kernel's later fragment", () => {
  const packet = ipv4In(LINUX.laterFragment);
  assert.deepEqual(
    { ...packet, payload: packet.payload.length },
    {
      ...ADVERT,
      trafficClass: 0,
      identification: 0x5d20,
      fragmentOffset: 1480,
      ttl: 64,
      protocol: 1,
      destination: ip("10.0.0.2"),
      payload: 128,
    },
  );
  assert.equal(toHex(encodeIpv4(packet)), toHex(payloadIn(LINUX.laterFragment)));
});

test("first, middle and last pieces are fragments, a whole packet is none", () => {
  assert.ok(!isIpv4Fragment(ADVERT));
  assert.ok(isIpv4Fragment({ ...ADVERT, moreFragments: true }));
  assert.ok(isIpv4Fragment({ ...ADVERT, moreFragments: true, fragmentOffset: 8 }));
  assert.ok(isIpv4Fragment({ ...ADVERT, fragmentOffset: 8 }));
});

test("options are kept as they stand", () => {
  const packet = { ...ADVERT, options: fromHex("94040000") }; // router alert, RFC 2113
  const bytes = encodeIpv4(packet);
  assert.equal(toHex(bytes.subarray(0, 4)), "46c00028");
  assert.deepEqual(decodedOf(decodeIpv4(bytes)), packet);
});

test("Ethernet padding behind the total length is cut", () => {
  const padded = Uint8Array.of(...payloadIn(KEEPALIVED.v3Ip4), ...new Uint8Array(10));
  assert.deepEqual(decodedOf(decodeIpv4(padded)), ADVERT);
});

test("a packet cut anywhere is short", () => {
  const packet = payloadIn(KEEPALIVED.v3Ip4);
  for (let length = 0; length < packet.length; length++) {
    assert.equal(codeOf(decodeIpv4(packet.subarray(0, length))), "short");
  }
});

test("a header with any bit flipped is a fault", () => {
  for (let at = 0; at < 20; at++) {
    for (let bit = 1; bit < 0x100; bit <<= 1) {
      const packet = payloadIn(KEEPALIVED.v3Ip4);
      packet[at] = (packet[at] ?? 0) ^ bit;
      assert.ok(!decodeIpv4(packet).ok, `${bit} at ${at}`);
    }
  }
});

test("faults of the header have their names", () => {
  const faultOf = (at: number, byte: number) => {
    const packet = payloadIn(KEEPALIVED.v3Ip4);
    packet[at] = byte;
    return codeOf(decodeIpv4(packet));
  };
  assert.equal(faultOf(0, 0x65), "bad-version");
  assert.equal(faultOf(0, 0x44), "bad-length");
  assert.equal(faultOf(3, 19), "bad-length");
  assert.equal(faultOf(3, 37), "short");
  assert.equal(faultOf(8, 254), "bad-checksum");
});

test("a fuzzer's packets are faults by name", () => {
  const { vrrp1, vrrp5, vrrp8, vrrp10 } = MALFORMED;
  for (const frame of [vrrp1, vrrp5, vrrp8, vrrp10]) {
    assert.equal(codeOf(decodeIpv4(payloadIn(frame))), "bad-checksum");
  }
  for (const packet of Object.values(MALFORMED_IP)) {
    assert.equal(codeOf(decodeIpv4(fromHex(packet))), "bad-checksum");
  }
});

test("what does not fit a packet is a caller's bug", () => {
  const refused = (changes: Partial<Ipv4Packet>) =>
    assert.throws(() => encodeIpv4({ ...ADVERT, ...changes }), RangeError);
  refused({ ttl: 256 });
  refused({ source: ip("::1") });
  refused({ options: new Uint8Array(3) });
  refused({ options: new Uint8Array(44) });
  refused({ fragmentOffset: 4 });
  refused({ fragmentOffset: -8 });
  refused({ fragmentOffset: 65_536 });
  refused({ payload: new Uint8Array(65_516) });
});

test("a packet is described with the facts that a receiver checks", () => {
  assert.equal(describeIpv4(ADVERT), "IP 10.0.0.1 > 224.0.0.18: ttl 255, proto 112, length 36");
  assert.equal(
    describeIpv4(ipv4In(LINUX.laterFragment)),
    "IP 10.0.0.1 > 10.0.0.2: ttl 64, proto 1, fragment at 1480, length 148",
  );
});
