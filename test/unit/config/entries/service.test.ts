/** What virtual and real servers are about: addresses with ports, marks, groups and their ranges. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { groupMember } from "../../../../src/config/entries/group-member.ts";
import { endpoint, virtualService } from "../../../../src/config/entries/service.ts";
import { formatIp, parseIp } from "../../../../src/core/addr.ts";
import { readArgument, readEntries } from "../../../support/conf.ts";

test("an endpoint may do without a port, and port 0 is none", () => {
  const ip = parseIp("10.0.0.3");
  assert.deepEqual(readArgument(endpoint, "10.0.0.3 80").value, { ip, port: 80 });
  assert.deepEqual(readArgument(endpoint, "10.0.0.3").value, { ip, port: null });
  assert.deepEqual(readArgument(endpoint, "10.0.0.3 0").value, { ip, port: null });
  assert.match(readArgument(endpoint, "10.0.0.3 65536").found[0] ?? "", /vk203/);
});

test("of a range where one address belongs the first is taken", () => {
  assert.deepEqual(readArgument(endpoint, "10.0.0.3-9 80"), {
    value: { ip: parseIp("10.0.0.3"), port: 80 },
    found: ["a.conf:1:5 vk501 '10.0.0.3-9' is a range, of which 10.0.0.3 alone is taken"],
  });
  assert.match(readArgument(endpoint, "10.0.0.3/24").found[0] ?? "", /vk213/);
});

test("a virtual server is an address, a firewall mark or a group", () => {
  assert.deepEqual(readArgument(virtualService, "fd00::9 80").value, {
    by: "address",
    ip: parseIp("fd00::9"),
    port: 80,
  });
  assert.deepEqual(readArgument(virtualService, "fwmark 5").value, { by: "fwmark", mark: 5 });
  assert.deepEqual(readArgument(virtualService, "group g").value, { by: "group", name: "g" });
  assert.match(readArgument(virtualService, "fwmark").found[0] ?? "", /vk201 'fwmark' needs/);
  assert.match(readArgument(virtualService, "10.0.0.9:80").found[0] ?? "", /vk205/);
});

const RANGES: readonly (readonly [text: string, first: string, last: string])[] = [
  ["10.0.0.10", "10.0.0.10", "10.0.0.10"],
  ["10.0.0.10-20", "10.0.0.10", "10.0.0.20"],
  ["10.0.0.10-10.0.1.20", "10.0.0.10", "10.0.1.20"],
  ["10.0.0.10-10.0.0.10", "10.0.0.10", "10.0.0.10"],
  ["10.0.0.8/29", "10.0.0.8", "10.0.0.15"],
  ["10.0.0.1/32", "10.0.0.1", "10.0.0.1"],
  ["fd00::1-ff", "fd00::1", "fd00::ff"],
  ["fd00::/120", "fd00::", "fd00::ff"],
];

test("a group has addresses, ranges and networks", () => {
  for (const [text, first, last] of RANGES) {
    const { values, found } = readEntries(groupMember, `${text} 80`);
    const [member] = values;
    assert.ok(member?.by === "address", text);
    assert.deepEqual([formatIp(member.range.first), formatIp(member.range.last)], [first, last]);
    assert.equal(member.port, 80);
    assert.deepEqual(found, []);
  }
});

test("a group has firewall marks, with a family where it is asked for", () => {
  assert.deepEqual(readEntries(groupMember, "fwmark 5", "fwmark 6 inet6").values, [
    { by: "fwmark", mark: 5, family: null },
    { by: "fwmark", mark: 6, family: 6 },
  ]);
  assert.match(readEntries(groupMember, "fwmark x").found[0] ?? "", /vk202/);
  assert.match(readEntries(groupMember, "fwmark 5 inet4").found[0] ?? "", /vk204/);
});

test("a range goes up within a family, and a network has no host bits", () => {
  for (const [text, code] of [
    ["10.0.0.20-10", "vk502"],
    ["10.0.0.10-10", "vk502"],
    ["10.0.0.10-256", "vk502"],
    ["10.0.0.20-10.0.0.10", "vk502"],
    ["10.0.0.10-fd00::1", "vk502"],
    ["fd00::1-10000", "vk502"],
    ["10.0.0.0/0", "vk502"],
    ["10.0.0.0/33", "vk502"],
    ["10.0.0.9/29", "vk503"],
    ["x", "vk205"],
  ]) {
    const { values, found } = readEntries(groupMember, `${text} 80`);
    assert.deepEqual(values, []);
    assert.ok(found[0]?.includes(` ${code} `), `${text}: ${found}`);
  }
});
