import assert from "node:assert/strict";
import { test } from "node:test";
import { formatIp } from "../../../src/core/addr.ts";
import { parseMemberships } from "../../../src/core/group-memberships.ts";

/** /proc/net/igmp and igmp6 of Linux 6.18 on x86, with vrrpd at work. */
const IGMP = `Idx	Device    : Count Querier	Group    Users Timer	Reporter
1	lo        :     1      V3
				010000E0     1 0:00000000		0
4	eth0      :     2      V3
				120000E0     1 0:00000000		0
				010000E0     1 0:00000000		0
5	a-long-interface:     1      V2
				FBFF00E0     1 1:00000064		1
`;
const IGMP6 = `1    lo              ff020000000000000000000000000001     1 0000000C 0
4    eth0            ff020000000000000000000000000012     1 00000004 0
4    eth0            ff010000000000000000000000000001     1 00000008 0
`;

const of = (family: 4 | 6, text: string, name: string) =>
  parseMemberships(family, text, name).map(formatIp);

test("the groups of one interface, in order", () => {
  assert.deepEqual(of(4, IGMP, "eth0"), ["224.0.0.18", "224.0.0.1"]);
  assert.deepEqual(of(4, IGMP, "a-long-interface"), ["224.0.255.251"]);
  assert.deepEqual(of(6, IGMP6, "eth0"), ["ff02::12", "ff01::1"]);
});

test("a host of the other byte order writes them the other way round", () => {
  assert.deepEqual(of(4, IGMP.replace("120000E0", "E0000012"), "eth0")[0], "224.0.0.18");
});

test("neither other interfaces nor other text have any", () => {
  assert.deepEqual(of(4, IGMP, "eth"), []);
  assert.deepEqual(of(6, IGMP6, "eth1"), []);
  assert.deepEqual(of(4, "junk\n\t\t\t\tE000\n", "junk"), []);
  assert.deepEqual(of(6, "", "eth0"), []);
});
