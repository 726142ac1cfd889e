import assert from "node:assert/strict";
import { test } from "node:test";
import { compileFilter, every, type FrameTest, some } from "../../../../src/core/bpf.ts";
import {
  claimsOneOf,
  isArp,
  isEchoReply,
  isMembershipQuery,
  isNeighbourDiscovery,
  isReceived,
  isVrrp,
} from "../../../../src/core/wire/frame-filter.ts";
import { runFilter } from "../../../support/bpf.ts";
import { fromHex, ip } from "../../../support/packets.ts";
import { ARPING, KEEPALIVED, LINUX } from "../../../vectors/frames.ts";

const FRAMES = { ...KEEPALIVED, ...ARPING, ...LINUX };

/** The names of the vectors that the filter keeps. */
function kept(condition: FrameTest): string[] {
  const program = compileFilter(condition);
  return Object.entries(FRAMES)
    .filter(([, frame]) => runFilter(program, fromHex(frame)))
    .map(([name]) => name);
}

const CASES: readonly [name: string, condition: FrameTest, kept: readonly string[]][] = [
  ["ARP", isArp, ["gratuitousArp", "unsolicited", "answer", "probe", "arpRequest", "arpReply"]],
  [
    "neighbour discovery",
    isNeighbourDiscovery,
    [
      "unsolicitedAdvertisement",
      "duplicateDetection",
      "neighbourSolicitation",
      "neighbourAdvertisement",
    ],
  ],
  ["VRRP", isVrrp(), ["v2", "v2Pass", "v2PassResigning", "v3Ip4", "v3Ip4Resigning", "v3Ip6"]],
  ["one virtual router of IPv4", isVrrp(4), ["v3Ip4", "v3Ip4Resigning"]],
  ["one virtual router of IPv6", isVrrp(6), ["v3Ip6"]],
  ["echo replies", isEchoReply(0x3192), ["echoReply"]],
  ["echo replies of IPv6", isEchoReply(0x32bd), ["echoReply6"]],
  [
    "claims of an address of each family",
    claimsOneOf([ip("10.0.0.105"), ip("fe80::6")]),
    ["gratuitousArp", "unsolicitedAdvertisement"],
  ],
  [
    "whoever speaks as the address",
    claimsOneOf([ip("10.0.0.1"), ip("fd00::1")]),
    ["unsolicited", "answer", "arpRequest", "neighbourSolicitation"],
  ],
  [
    "claims of an IPv6 address with the same end",
    claimsOneOf([ip("2001:db8::6")]),
    ["unsolicitedAdvertisement"],
  ],
  ["claims of no address", claimsOneOf([]), []],
];

for (const [name, condition, expected] of CASES) {
  test(`${name}: kept, and nothing else`, () => assert.deepEqual(kept(condition), expected));
}

test("questions of IGMP and MLD, and no reports", () => {
  const program = compileFilter(isMembershipQuery);
  const igmp = (type: string) =>
    fromHex(
      `01005e000001020000000001080046c0002000000000010200000a000001e000000194040000${type}000000 00000000`,
    );
  const mld = (type: string) =>
    fromHex(
      `333300000001020000000001 86dd 6000000000240001 fe800000000000000000000000000001 ff020000000000000000000000000001 3a00050200000000 ${type}00000000000000`,
    );
  assert.deepEqual(
    [igmp("11"), igmp("22"), mld("82"), mld("8f")].map((frame) => runFilter(program, frame)),
    [true, false, true, false],
  );
  for (const frame of Object.values(FRAMES)) assert.ok(!runFilter(program, fromHex(frame)));
});

test("a filter of as many addresses as an advert can have is one that the kernel takes", () => {
  const ips = Array.from({ length: 255 }, (_, n) => ip(`fd00::${n.toString(16)}:0`));
  assert.ok(compileFilter(every(isReceived, some(claimsOneOf(ips), isVrrp(4)))).length < 1000);
});

test("what this host sent, or carries for a VLAN, was not received", () => {
  const program = compileFilter(isReceived);
  const frame = fromHex(LINUX.arpReply);
  assert.ok(runFilter(program, frame));
  assert.ok(runFilter(program, frame, { packetType: 1 }));
  assert.ok(!runFilter(program, frame, { packetType: 4 }));
  assert.ok(!runFilter(program, frame, { vlanTagged: 1 }));
});
