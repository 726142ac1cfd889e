import assert from "node:assert/strict";
import { test } from "node:test";
import { LINKTYPE } from "../../../../src/core/capture/link-type.ts";
import type { CapturePacket } from "../../../../src/core/capture/packet.ts";
import { FrameMemo } from "../../../../src/core/dissect/frame-memo.ts";
import { onEthernet, onEveryLink } from "../../../support/link-frames.ts";
import { EXTENSION, inIpv4, inIpv6, v3Advert, v3Advert6 } from "../../../support/odd-packets.ts";
import { fromHex } from "../../../support/packets.ts";
import { packetOf } from "../../../support/pcap-file.ts";
import { advertPacket, type Said } from "../../../support/sniffed.ts";

/** Whether a memo that knows one packet takes another one for it. */
function isSame(known: CapturePacket, other: CapturePacket): boolean {
  const memo = new FrameMemo<string>();
  memo.remember(known, "known");
  return memo.find(other) === "known";
}

const IPV6 = { source: "fe80::2" };
/** With one byte of the frame flipped. */
function flipped(packet: CapturePacket, at: number, bits = 0xff): CapturePacket {
  const bytes = packet.bytes.slice();
  bytes[at] = (bytes[at] as number) ^ bits;
  return { ...packet, bytes };
}

test("the same packet is known again, also elsewhere in another buffer", () => {
  for (const said of [{}, IPV6]) {
    const packet = advertPacket(said);
    const moved = Uint8Array.of(9, 9, 9, ...packet.bytes, 9);
    const there = { ...packet, bytes: moved, start: 3, end: 3 + packet.bytes.length };
    assert.ok(isSame(packet, packet));
    assert.ok(isSame(packet, there));
    assert.ok(isSame(there, packet));
  }
});

test("what is remembered stays when the buffer is used for something else", () => {
  const memo = new FrameMemo<string>();
  const packet = advertPacket();
  memo.remember(packet, "known");
  packet.bytes.fill(0xa5);
  assert.equal(memo.find(advertPacket()), "known");
});

test("another identification with the checksum that follows is the same packet of IPv4", () => {
  const known = advertPacket({ id: 0x1234 });
  for (const id of [0, 1, 0xff, 0x1233, 0x1235, 0x8000, 0xffff]) {
    assert.ok(isSame(known, advertPacket({ id })), `${id}`);
  }
});

test("another identification with another checksum than follows is not", () => {
  const [known, other] = [advertPacket({ id: 1 }), advertPacket({ id: 2 })];
  const ipAt = 14;
  for (const at of [4, 5, 10, 11]) {
    for (const bits of [1, 0x80, 0xff]) {
      assert.ok(!isSame(known, flipped(other, ipAt + at, bits)), `byte ${at}`);
      assert.ok(!isSame(known, flipped(known, ipAt + at, bits)), `byte ${at}`);
    }
  }
});

test("each other byte makes another packet", () => {
  for (const said of [{ id: 7 }, IPV6]) {
    const packet = advertPacket(said);
    for (let at = 0; at < packet.bytes.length; at += 1)
      assert.ok(!isSame(packet, flipped(packet, at)), `byte ${at}`);
  }
});

test("IPv6 has no identification: the bytes at its place are none to pass over", () => {
  const packet = advertPacket(IPV6);
  const other = flipped(flipped(packet, 14 + 4, 1), 14 + 10, 1);
  assert.ok(!isSame(packet, other));
});

const ELSEWHERE: Partial<CapturePacket>[] = [
  { interfaceName: "eth1" },
  { direction: "out" },
  { direction: null },
  { wireBytes: 999 },
  { linkType: LINKTYPE.loop },
];

for (const change of ELSEWHERE)
  test(`the same bytes with another ${Object.keys(change)} are another packet`, () => {
    const packet = advertPacket();
    assert.ok(!isSame(packet, { ...packet, ...change }));
  });

test("the same bytes of another link type with as long a header are another packet", () => {
  const bytes = inIpv4(v3Advert());
  assert.ok(!isSame(packetOf(bytes, LINKTYPE.raw), packetOf(bytes, LINKTYPE.ipv4)));
});

test("the time is not of the packet", () => {
  assert.ok(isSame(advertPacket(), advertPacket({ atMs: 1234 })));
});

test("one byte more or less is another packet", () => {
  const packet = advertPacket();
  const longer = { ...packet, bytes: Uint8Array.of(...packet.bytes, 0), end: packet.end + 1 };
  assert.ok(!isSame(packet, { ...longer, wireBytes: packet.wireBytes }));
  assert.ok(!isSame(packet, { ...packet, end: packet.end - 1 }));
});

test("every link type without a variable header is known again", () => {
  const known = [inIpv4(v3Advert()), inIpv6(v3Advert6())].flatMap(onEveryLink);
  for (const { linkType, frame, way } of known) {
    const packet = packetOf(frame, linkType);
    assert.ok(isSame(packet, packet), `${linkType} ${way}`);
  }
});

const NOT_PLAIN: readonly [name: string, packet: CapturePacket][] = [
  ["a VLAN tag", packetOf(onEthernet(inIpv4(v3Advert()), [0x8100, 5]), LINKTYPE.ethernet)],
  ["IPv4 options", packetOf(inIpv4(v3Advert(), { options: fromHex("01010101") }), LINKTYPE.raw)],
  ["another link type", packetOf(inIpv4(v3Advert()), 9999)],
  ["nothing", packetOf(new Uint8Array(), LINKTYPE.raw)],
  ["half a header", packetOf(inIpv4(v3Advert()).slice(0, 21), LINKTYPE.raw)],
  ["half a header of IPv6", packetOf(inIpv6(v3Advert6()).slice(0, 41), LINKTYPE.raw)],
];

for (const [name, packet] of NOT_PLAIN)
  test(`what is not plain is not remembered: ${name}`, () => assert.ok(!isSame(packet, packet)));

test("an extension header is bytes like others", () => {
  const packet = packetOf(inIpv6(v3Advert6(), [EXTENSION.hopByHop]), LINKTYPE.raw);
  assert.ok(isSame(packet, packet));
  assert.ok(!isSame(packet, packetOf(inIpv6(v3Advert6(), [EXTENSION.routing]), LINKTYPE.raw)));
});

/** How many of these a memo knows after it was given all. */
function known(all: readonly Said[]): number {
  const memo = new FrameMemo<number>();
  const packets = all.map(advertPacket);
  for (const [index, packet] of packets.entries()) memo.remember(packet, index);
  return packets.filter((packet, index) => memo.find(packet) === index).length;
}

test("at most 8 that are much alike are remembered, of others 4096", () => {
  const alike = Array.from({ length: 9 }, (_, n): Said => ({ priority: n + 1 }));
  assert.equal(known(alike.slice(1)), 8);
  assert.equal(known(alike), 8);
  const others = Array.from(
    { length: 4097 },
    (_, n): Said => ({ source: `10.0.${n >>> 8}.${n & 0xff}`, vrid: 1 + (n % 255) }),
  );
  assert.equal(known(others.slice(1)), 4096);
  assert.equal(known(others), 1); // all are forgotten, and the last one is remembered
});

test("what is cleared is not known", () => {
  const memo = new FrameMemo<string>();
  memo.remember(advertPacket(), "known");
  memo.clear();
  assert.equal(memo.find(advertPacket()), undefined);
});
