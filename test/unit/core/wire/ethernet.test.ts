import assert from "node:assert/strict";
import { test } from "node:test";
import {
  decodeEthernet,
  describeEthernet,
  type EthernetFrame,
  encodeEthernet,
  multicastMac,
} from "../../../../src/core/wire/ethernet.ts";
import { codeOf, decodedOf, fromHex, ip, mac, payloadIn, toHex } from "../../../support/packets.ts";
import { ARPING, HAND_MADE, KEEPALIVED } from "../../../vectors/frames.ts";

const PLAIN: EthernetFrame = {
  destination: mac("ff:ff:ff:ff:ff:ff"),
  source: mac("02:00:00:00:00:01"),
  tags: [],
  etherType: 0x0806,
  payload: payloadIn(ARPING.unsolicited),
};
const VLAN_5 = { tpid: 0x8100, priority: 3, dropEligible: false, vlanId: 5 };
const SERVICE_7 = { tpid: 0x88a8, priority: 0, dropEligible: true, vlanId: 7 };
const VLAN_8 = { tpid: 0x8100, priority: 7, dropEligible: false, vlanId: 8 };

const VECTORS: readonly [name: string, hex: string, frame: EthernetFrame][] = [
  ["arping's, untagged", ARPING.unsolicited, PLAIN],
  ["hand-made, in a VLAN", HAND_MADE.vlan, { ...PLAIN, tags: [VLAN_5] }],
  ["hand-made, in two", HAND_MADE.stackedVlans, { ...PLAIN, tags: [SERVICE_7, VLAN_8] }],
];

for (const [name, hex, frame] of VECTORS) {
  test(`a frame decodes and encodes as captured: ${name}`, () => {
    assert.deepEqual(decodedOf(decodeEthernet(fromHex(hex))), frame);
    assert.equal(toHex(encodeEthernet(frame)), hex);
  });
}

test("a frame cut in its header is short, cut behind it a frame without payload", () => {
  const frame = fromHex(HAND_MADE.stackedVlans);
  for (let length = 0; length < 22; length++) {
    assert.equal(codeOf(decodeEthernet(frame.subarray(0, length))), "short");
  }
  assert.deepEqual(decodedOf(decodeEthernet(frame.subarray(0, 22))).payload, new Uint8Array());
});

test("an 802.3 frame with its length where the type stands is a fault", () => {
  const spanningTree = fromHex("0180c2000000 020000000001 0026 424203");
  assert.equal(codeOf(decodeEthernet(spanningTree)), "not-ethernet-ii");
});

test("what does not fit a frame is a caller's bug", () => {
  const refused = (changes: Partial<EthernetFrame>) =>
    assert.throws(() => encodeEthernet({ ...PLAIN, ...changes }), RangeError);
  refused({ source: ip("10.0.0.1") });
  refused({ etherType: 0x05ff });
  refused({ etherType: 0x8100 });
  refused({ etherType: 0x10000 });
  refused({ tags: [{ ...VLAN_5, tpid: 0x0800 }] });
  refused({ tags: [{ ...VLAN_5, vlanId: 4096 }] });
  refused({ tags: [{ ...VLAN_5, vlanId: 0.5 }] });
  refused({ tags: [{ ...VLAN_5, priority: 8 }] });
  refused({ tags: [{ ...VLAN_5, priority: -1 }] });
});

test("the MAC of a multicast group is the one that peers send to", () => {
  const destinationOf = (hex: string) => decodedOf(decodeEthernet(fromHex(hex))).destination;
  assert.deepEqual(multicastMac(ip("224.0.0.18")), destinationOf(KEEPALIVED.v3Ip4));
  assert.deepEqual(multicastMac(ip("ff02::12")), destinationOf(KEEPALIVED.v3Ip6));
  assert.deepEqual(multicastMac(ip("239.129.2.3")), mac("01:00:5e:01:02:03"));
  assert.throws(() => multicastMac(ip("10.0.0.1")), RangeError);
});

test("a frame is described with its tags", () => {
  assert.equal(
    describeEthernet({ ...PLAIN, tags: [VLAN_5] }),
    "02:00:00:00:00:01 > ff:ff:ff:ff:ff:ff, vlan 5, ethertype 0x0806, length 46",
  );
});
