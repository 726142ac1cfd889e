/** The first and the last address of a network are no addresses of a host. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { hostOf, instance, ruled } from "../../../support/effective.ts";

const told = (vip: string, link = "10.0.4.1/22 fd00::1/64"): string[] =>
  ruled(instance("", "v", 5, vip), hostOf({ eth0: link }))
    .filter((line) => line.includes("vk333"))
    .map((line) => line.replace(/.* is the (\w+) address.*\((.*)\).*/, "$1 $2"));

test("by the length that is written", () => {
  assert.deepEqual(told("192.168.7.0/24"), ["network /24"]);
  assert.deepEqual(told("192.168.7.255/24"), ["broadcast /24"]);
  assert.deepEqual(told("192.168.7.159/27"), ["broadcast /27"]);
  assert.deepEqual(told("192.168.7.160/27"), ["network /27"]);
  for (const fine of ["192.168.7.0/23", "192.168.6.255/22", "192.168.6.255/23", "10.9.9.0/32"]) {
    assert.deepEqual(told(fine), [], fine);
  }
});

test("by the networks of its interface", () => {
  assert.deepEqual(told("10.0.7.255"), ["broadcast /22"]);
  assert.deepEqual(told("10.0.4.0"), ["network /22"]);
  assert.deepEqual(told("10.0.5.255"), []);
  assert.deepEqual(told("10.0.8.255"), []);
});

test("a network of two addresses has no ends, IPv6 no broadcast", () => {
  assert.deepEqual(told("192.168.7.0/31"), []);
  assert.deepEqual(told("fd00:1::/64"), ["network /64"]);
  assert.deepEqual(told("fd00:1::ffff:ffff:ffff:ffff/64"), []);
  assert.deepEqual(told("fd00:1::/127"), []);
});
