import assert from "node:assert/strict";
import { test } from "node:test";
import { SCOPES } from "../../../../src/core/netlink/rtnl.ts";
import {
  linkLocalCaveat,
  type VirtualAddress,
  virtualAddressProblems,
} from "../../../../src/proto/vrrp/virtual-address.ts";
import { vip } from "../../../support/vrrp.ts";

const problems = (...vips: VirtualAddress[]): string => virtualAddressProblems(vips, []).join("; ");

test("an address that cannot move from host to host is no virtual address", () => {
  for (const [text, kind] of [
    ["127.0.0.5/8", "a loopback address"],
    ["::1/128", "a loopback address"],
    ["::ffff:10.0.0.1/128", "an IPv4 address written as IPv6"],
    ["10.0.0.0/24", "the address of its network"],
    ["10.0.0.255/24", "the broadcast address of its network"],
    ["10.0.0.128/25", "the address of its network"],
    ["10.1.255.255/15", "the broadcast address of its network"],
    ["255.255.255.252/30", "the address of its network"],
  ] as const) {
    assert.equal(problems(vip(text)), `${text} is ${kind}, no virtual address`);
  }
  const meant = ["10.0.0.0/32", "10.0.0.0/31", "10.0.0.1/31", "10.0.0.255/16", "10.0.0.1/0"];
  for (const text of [...meant, "fd00::/64", "::2/128", "128.0.0.1/1"]) {
    assert.equal(problems(vip(text)), "");
  }
});

test("names have 15 bytes, whatever their letters", () => {
  const label = "eth0:123456789a";
  assert.equal(problems(vip("10.0.0.1/24", { label })), "");
  assert.match(problems(vip("10.0.0.1/24", { label: `${label}b` })), /label .* more than 15 bytes/);
  assert.match(problems(vip("10.0.0.1/24", { label: "ä".repeat(8) })), /more than 15 bytes/);
  assert.match(problems(vip("10.0.0.1/24", { ifName: `${label}b` })), /dev .* more than 15 bytes/);
});

test("an IPv6 address has no label, and the scope that the kernel gives it", () => {
  assert.match(problems(vip("fd00::1/64", { label: "x" })), /fd00::1 and label x clash/);
  assert.match(problems(vip("fd00::1/64", { scope: SCOPES.host })), /fd00::1 and scope clash/);
  assert.match(problems(vip("fe80::1/64", { scope: SCOPES.global })), /fe80::1 and scope clash/);
  assert.equal(problems(vip("fe80::1/64"), vip("fd00::1/64")), "");
  assert.equal(problems(vip("10.0.0.1/24", { scope: 17 })), "");
});

test("an address is once in the adverts and once on an interface", () => {
  const here = vip("fe80::1/64");
  const there = vip("fe80::1/64", { ifName: "eth1" });
  assert.equal(problems(here, vip("fe80::1/128")), "fe80::1 is given twice");
  assert.equal(problems(here, there), "fe80::1 is given twice");
  assert.deepEqual(virtualAddressProblems([here], [there]), []);
  assert.deepEqual(virtualAddressProblems([here], [there, here]), ["fe80::1 is given twice"]);
});

test("over IPv6 the link-local address is the first of the adverts", () => {
  assert.equal(linkLocalCaveat([vip("fe80::1/64"), vip("fd00::1/64")]), null);
  assert.equal(linkLocalCaveat([vip("10.0.0.1/24")]), null);
  assert.match(linkLocalCaveat([vip("fd00::1/64"), vip("fe80::1/64")]) ?? "", /^fd00::1 is the fi/);
});
