import assert from "node:assert/strict";
import { test } from "node:test";
import { isLinkLocalReach, reachProblems } from "../../../../src/proto/vrrp/reach.ts";
import { ip } from "../../../support/packets.ts";
import { peersOf, vrrpInstance } from "../../../support/vrrp.ts";

test("there is no unicast without a peer", () => {
  assert.deepEqual(reachProblems(peersOf(), vrrpInstance()), [
    "there is no peer to send adverts to",
  ]);
});

test("a group is of scope link, of the family of the virtual addresses", () => {
  const problems = (group: string, family: 4 | 6 = 4): string[] =>
    reachProblems({ kind: "group", group: ip(group) }, { ...vrrpInstance(), family });
  for (const group of ["224.0.0.18", "224.0.0.255"]) assert.deepEqual(problems(group), []);
  for (const group of ["ff02::12", "ff12::99"]) assert.deepEqual(problems(group, 6), []);
  for (const group of ["224.0.1.18", "239.0.0.18", "10.0.0.1", "ff02::12"]) {
    assert.equal(problems(group).length, 1, group);
  }
  for (const group of ["ff05::12", "fe02::12", "224.0.0.18"]) {
    assert.equal(problems(group, 6).length, 1, group);
  }
});

test("all peers link-local, and the link-local address is the source", () => {
  assert.equal(isLinkLocalReach(peersOf("fe80::2", "fe80::3")), true);
  assert.equal(isLinkLocalReach(peersOf("fe80::2", "fd00::3")), false);
});
