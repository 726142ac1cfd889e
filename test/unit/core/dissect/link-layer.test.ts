import assert from "node:assert/strict";
import { test } from "node:test";
import { formatMac } from "../../../../src/core/addr.ts";
import { LINKTYPE, nameLinkType } from "../../../../src/core/capture/link-type.ts";
import {
  directionOf,
  isKnownLinkType,
  macAt,
  NETWORK_OFFSET,
  NOWHERE,
  readLinkLayer,
} from "../../../../src/core/dissect/link-layer.ts";
import {
  onEthernet,
  onEveryLink,
  onFrameRelay,
  onSll,
  onSll2,
} from "../../../support/link-frames.ts";
import { ODD_PACKETS } from "../../../support/odd-packets.ts";
import { packetOf } from "../../../support/pcap-file.ts";

const V3 = ODD_PACKETS.v3 as Uint8Array;
const V3_OVER_IPV6 = ODD_PACKETS["v3 over IPv6"] as Uint8Array;

for (const [packet, etherType] of [
  [V3, 0x0800],
  [V3_OVER_IPV6, 0x86dd],
] as const) {
  for (const { way, linkType, frame } of onEveryLink(packet)) {
    test(`${nameLinkType(linkType)}, ${way}: the network layer of 0x${etherType.toString(16)}`, () => {
      const link = readLinkLayer(packetOf(frame, linkType));
      assert.deepEqual(
        [link?.networkAt, link?.etherType, link?.vlans],
        [NETWORK_OFFSET[linkType], etherType, []],
      );
    });

    test(`${nameLinkType(linkType)}, ${way}: nothing of a header that is cut`, () => {
      for (let length = 0; length < (NETWORK_OFFSET[linkType] as number); length += 1) {
        assert.equal(readLinkLayer(packetOf(frame.slice(0, length), linkType)), undefined);
      }
    });
  }
}

test("MAC addresses where the link has them", () => {
  const macsOf = (frame: Uint8Array, linkType: number) => {
    const link = readLinkLayer(packetOf(frame, linkType));
    assert.ok(link);
    return [link.sourceMacAt, link.destinationMacAt].map((at) => {
      const mac = macAt(frame, at);
      return mac && formatMac(mac);
    });
  };
  const [source, destination] = ["02:00:00:00:00:01", "01:00:5e:00:00:12"];
  assert.deepEqual(macsOf(onEthernet(V3), LINKTYPE.ethernet), [source, destination]);
  assert.deepEqual(macsOf(onSll(V3), LINKTYPE.linuxSll), [source, null]);
  assert.deepEqual(macsOf(onSll2(V3), LINKTYPE.linuxSll2), [source, null]);
  assert.deepEqual(macsOf(V3, LINKTYPE.raw), [null, null]);
});

test("a cooked address that is not of 6 bytes is no MAC address", () => {
  const [sll, sll2] = [onSll(V3), onSll2(V3)];
  sll[5] = 4;
  sll2[11] = 0;
  assert.equal(readLinkLayer(packetOf(sll, LINKTYPE.linuxSll))?.sourceMacAt, NOWHERE);
  assert.equal(readLinkLayer(packetOf(sll2, LINKTYPE.linuxSll2))?.sourceMacAt, NOWHERE);
});

test("VLAN tags of each protocol, outermost first, without their priority bits", () => {
  const frame = onEthernet(V3, [0x88a8, 0xe00a], [0x9100, 20], [0x8100, 4095]);
  const link = readLinkLayer(packetOf(frame, LINKTYPE.ethernet));
  assert.deepEqual([link?.vlans, link?.networkAt, link?.etherType], [[10, 20, 4095], 26, 0x0800]);
});

test("VLAN tags behind cooked headers", () => {
  const tagged = Uint8Array.of(0, 5, 0x81, 0, 0, 6, 8, 0, ...V3);
  for (const [linkType, frame] of [
    [LINKTYPE.linuxSll, onSll(tagged, 0, 0x8100)],
    [LINKTYPE.linuxSll2, onSll2(tagged, 0, 0x8100)],
  ] as const) {
    const link = readLinkLayer(packetOf(frame, linkType));
    const networkAt = (NETWORK_OFFSET[linkType] as number) + 8;
    assert.deepEqual([link?.vlans, link?.networkAt, link?.etherType], [[5, 6], networkAt, 0x0800]);
  }
});

test("8 tags are read, 9 are not, and none that is cut", () => {
  const tagged = (count: number) => onEthernet(V3, ...Array(count).fill([0x8100, 7]));
  assert.equal(readLinkLayer(packetOf(tagged(8), LINKTYPE.ethernet))?.vlans.length, 8);
  assert.equal(readLinkLayer(packetOf(tagged(9), LINKTYPE.ethernet)), undefined);
  assert.equal(readLinkLayer(packetOf(tagged(2).slice(0, 21), LINKTYPE.ethernet)), undefined);
});

test("a length where the type stands is no EtherType", () => {
  const frame = onEthernet(V3);
  frame.set([0x05, 0xdc], 12);
  assert.equal(readLinkLayer(packetOf(frame, LINKTYPE.ethernet)), undefined);
});

test("loopback of a family that is not of IP", () => {
  const frame = Uint8Array.of(0, 0, 0, 1, ...V3);
  assert.equal(readLinkLayer(packetOf(frame, LINKTYPE.null)), undefined);
  frame.set([2, 0, 0, 2]);
  assert.equal(readLinkLayer(packetOf(frame, LINKTYPE.null)), undefined);
});

test("Frame Relay with addresses of 2 to 4 bytes, and protocols that are not of IP", () => {
  const [two, three, four] = [
    [0x18, 0x41],
    [0x80, 0xea, 0x9d],
    [0x80, 0xea, 0x9c, 0x01],
  ];
  for (const address of [two, three, four] as number[][]) {
    const frame = Uint8Array.of(...address, 0x08, 0x00, ...V3);
    const link = readLinkLayer(packetOf(frame, LINKTYPE.frameRelay));
    assert.equal(link?.networkAt, address.length + 2);
  }
  const other = onFrameRelay(V3, "rfc2427");
  other[3] = 0x80;
  assert.equal(readLinkLayer(packetOf(other, LINKTYPE.frameRelay)), undefined);
});

test("a packet is read where it stands in the buffer", () => {
  const frame = onEthernet(V3, [0x8100, 5]);
  const bytes = Uint8Array.of(...new Uint8Array(7), ...frame, ...new Uint8Array(9));
  const packet = { ...packetOf(bytes, LINKTYPE.ethernet), start: 7, end: 7 + frame.length };
  const link = readLinkLayer(packet);
  assert.deepEqual([link?.networkAt, link?.sourceMacAt, link?.destinationMacAt], [25, 13, 7]);
});

test("directions of cooked packets, unless the capture tells them", () => {
  const directions = (linkType: number, make: (packetType: number) => Uint8Array) =>
    [0, 1, 2, 3, 4, 5].map((packetType) => directionOf(packetOf(make(packetType), linkType)));
  const expected = ["in", "in", "in", "in", "out", null];
  assert.deepEqual(
    directions(LINKTYPE.linuxSll, (it) => onSll(V3, it)),
    expected,
  );
  assert.deepEqual(
    directions(LINKTYPE.linuxSll2, (it) => onSll2(V3, it)),
    expected,
  );
  const told = { ...packetOf(onSll(V3, 0), LINKTYPE.linuxSll), direction: "out" } as const;
  assert.equal(directionOf(told), "out");
  assert.equal(directionOf(packetOf(onEthernet(V3), LINKTYPE.ethernet)), null);
  assert.equal(directionOf(packetOf(onSll(V3, 4).slice(0, 15), LINKTYPE.linuxSll)), null);
});

test("which link types are known, and what all are called", () => {
  for (const linkType of Object.values(LINKTYPE)) assert.ok(isKnownLinkType(linkType));
  assert.ok(!isKnownLinkType(105));
  assert.equal(readLinkLayer(packetOf(onEthernet(V3), 105)), undefined);
  assert.equal(nameLinkType(105), "LINKTYPE_IEEE802_11 (105)");
  assert.equal(nameLinkType(9999), "link type 9999");
});
