/** A group takes over as a whole: as two of keepalived were seen to do, nopreempt of one member holds back all. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { instance, ruled } from "../../../support/effective.ts";

const told = (one: string, other: string, members = "v; w"): string[] =>
  ruled(
    `${instance(one)}; ${instance(other, "w", 6, "10.0.0.6")}; vrrp_sync_group g {; group {; ${members}; }; }`,
  ).filter((line) => line.includes("vk334"));

test("nopreempt is of all members or of none", () => {
  const found =
    "nopreempt of vrrp_instance v keeps vrrp_instance w from taking over too, which has none: both are in vrrp_sync_group g";
  assert.deepEqual(told("nopreempt", ""), [`a.conf:4:1 vk334 ${found}`]);
  assert.deepEqual(told("nopreempt", "nopreempt"), []);
  assert.deepEqual(told("", ""), []);
  assert.deepEqual(told("nopreempt", "", "v"), []);
});
