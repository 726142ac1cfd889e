import assert from "node:assert/strict";
import { test } from "node:test";
import type { Carrier } from "../../../../src/core/wire/carrier.ts";
import { icmpv6Checksum } from "../../../../src/core/wire/icmpv6.ts";
import {
  ALL_NODES,
  decodeNdp,
  describeNdp,
  encodeNdp,
  type NdpMessage,
  solicitedNodeGroup,
  unsolicitedAdvertisement,
} from "../../../../src/core/wire/ndp.ts";
import { codeOf, decodedOf, fromHex, ip, ipv6In, mac, toHex } from "../../../support/packets.ts";
import { KEEPALIVED, LINUX } from "../../../vectors/frames.ts";

const OURS = mac("02:00:00:00:00:01");

const VECTORS: readonly [name: string, frame: string, message: NdpMessage, description: string][] =
  [
    [
      "keepalived's unsolicited advertisement",
      KEEPALIVED.unsolicitedAdvertisement,
      unsolicitedAdvertisement(ip("fe80::6"), OURS, false),
      "ICMP6, neighbor advertisement, tgt is fe80::6, Flags [override], link-address 02:00:00:00:00:01",
    ],
    [
      "the kernel's solicitation",
      LINUX.neighbourSolicitation,
      { kind: "solicitation", target: ip("fd00::2"), sourceMac: OURS },
      "ICMP6, neighbor solicitation, who has fd00::2, link-address 02:00:00:00:00:01",
    ],
    [
      "the kernel's answer",
      LINUX.neighbourAdvertisement,
      {
        kind: "advertisement",
        router: false,
        solicited: true,
        override: true,
        target: ip("fd00::2"),
        targetMac: mac("02:00:00:00:00:02"),
      },
      "ICMP6, neighbor advertisement, tgt is fd00::2, Flags [solicited, override], link-address 02:00:00:00:00:02",
    ],
  ];

for (const [name, frame, message, description] of VECTORS) {
  test(`a message decodes and encodes as captured: ${name}`, () => {
    const packet = ipv6In(frame);
    assert.deepEqual(decodedOf(decodeNdp(packet.payload, packet)), message);
    assert.equal(toHex(encodeNdp(message, packet)), toHex(packet.payload));
    assert.equal(describeNdp(message), description);
  });
}

test("the kernel's duplicate detection decodes, its nonce is skipped", () => {
  const packet = ipv6In(LINUX.duplicateDetection);
  assert.deepEqual(decodedOf(decodeNdp(packet.payload, packet)), {
    kind: "solicitation",
    target: ip("fe80::ff:fe00:1"),
    sourceMac: undefined,
  });
});

const UNICAST = { source: ip("fd00::2"), destination: ip("fd00::1") };
const TO_ALL = { source: ip("fd00::2"), destination: ALL_NODES };
const UNSPECIFIED = { source: ip("::"), destination: ip("ff02::1:ff00:2") };
const TARGET = toHex(ip("fd00::2"));
const MAC_OPTION = "01 020000000001"; // length and body, behind the type

/** The fault of a message with a right checksum, `ok` if it is none. */
function faultOf(hex: string, carrier: Carrier): string {
  const bytes = fromHex(hex);
  bytes.set([0, 0], 2);
  const checksum = icmpv6Checksum(bytes, carrier);
  bytes.set([checksum >>> 8, checksum & 0xff], 2);
  const result = decodeNdp(bytes, carrier);
  return result.ok ? "ok" : codeOf(result);
}

test("each flag of an advertisement stands for itself", () => {
  for (const flag of ["router", "solicited", "override"] as const) {
    const plain = { router: false, solicited: false, override: false };
    const message: NdpMessage = {
      ...{ kind: "advertisement", target: ip("fd00::2"), targetMac: undefined },
      ...{ ...plain, [flag]: true },
    };
    assert.deepEqual(decodedOf(decodeNdp(encodeNdp(message, UNICAST), UNICAST)), message);
    assert.match(describeNdp(message), new RegExp(`Flags \\[${flag}\\]$`));
  }
});

test("an advertisement to a group must not be called solicited", () => {
  assert.equal(faultOf(`88000000 60000000 ${TARGET}`, UNICAST), "ok");
  assert.equal(faultOf(`88000000 60000000 ${TARGET}`, TO_ALL), "bad-flags");
  assert.equal(faultOf(`88000000 20000000 ${TARGET}`, TO_ALL), "ok");
});

test("a solicitation without a source goes to a solicited-node group and names no MAC", () => {
  assert.equal(faultOf(`87000000 00000000 ${TARGET}`, UNSPECIFIED), "ok");
  assert.equal(faultOf(`87000000 00000000 ${TARGET} 01${MAC_OPTION}`, UNSPECIFIED), "bad-source");
  const toAll = { ...UNSPECIFIED, destination: ALL_NODES };
  assert.equal(faultOf(`87000000 00000000 ${TARGET}`, toAll), "bad-source");
});

test("a multicast target is a fault", () => {
  assert.equal(faultOf(`87000000 00000000 ${toHex(ALL_NODES)}`, UNICAST), "bad-target");
});

test("another type or code is a fault", () => {
  assert.equal(faultOf(`85000000 00000000 ${TARGET}`, UNICAST), "bad-type");
  assert.equal(faultOf(`87010000 00000000 ${TARGET}`, UNICAST), "bad-code");
});

test("unknown options are skipped, the link-layer address of the other message is one", () => {
  const message = `88000000 20000000 ${TARGET} 01${MAC_OPTION} 0e02${"00".repeat(14)}`;
  assert.equal(faultOf(message, TO_ALL), "ok");
  assert.equal(faultOf(`${message} 02${MAC_OPTION}`, TO_ALL), "ok");
});

test("an option without a length, even behind a good one, is a fault", () => {
  assert.equal(faultOf(`88000000 20000000 ${TARGET} 0e00`, TO_ALL), "bad-option");
  assert.equal(
    faultOf(`88000000 20000000 ${TARGET} 02${MAC_OPTION} 0e00000000000000`, TO_ALL),
    "bad-option",
  );
});

test("a link-layer address that is not Ethernet's is a fault", () => {
  const infiniband = `0203${"00".repeat(22)}`;
  assert.equal(faultOf(`88000000 20000000 ${TARGET} ${infiniband}`, TO_ALL), "bad-option");
});

test("a message cut anywhere is short, but where its options begin", () => {
  const whole = `87000000 00000000 ${TARGET} 01${MAC_OPTION}`.replaceAll(" ", "");
  for (let length = 4; length < 32; length++) {
    assert.equal(faultOf(whole.slice(0, 2 * length), UNICAST), length === 24 ? "ok" : "short");
  }
  assert.equal(codeOf(decodeNdp(new Uint8Array(), UNICAST)), "short");
});

test("a checksum made for another address is bad", () => {
  const packet = ipv6In(LINUX.neighbourSolicitation);
  const elsewhere = { ...packet, source: ip("fd00::9") };
  assert.equal(codeOf(decodeNdp(packet.payload, elsewhere)), "bad-checksum");
});

test("the solicited-node group is the one that the kernel sends to", () => {
  const { destination } = ipv6In(LINUX.neighbourSolicitation);
  assert.deepEqual(solicitedNodeGroup(ip("fd00::2")), destination);
  assert.deepEqual(solicitedNodeGroup(ip("fe80::1:abcd:ef01")), ip("ff02::1:ffcd:ef01"));
});

test("an address of the wrong length is a caller's bug", () => {
  const message = unsolicitedAdvertisement(ip("fd00::2"), OURS, false);
  assert.throws(() => encodeNdp({ ...message, target: ip("10.0.0.1") }, TO_ALL), RangeError);
  assert.throws(() => encodeNdp({ ...message, targetMac: ip("::") }, TO_ALL), RangeError);
});
