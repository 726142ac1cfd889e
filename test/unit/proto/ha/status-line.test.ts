/** All virtual routers in one line. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { statusLine } from "../../../../src/proto/ha/status-line.ts";
import type { VrrpState } from "../../../../src/proto/vrrp/facts.ts";

test("the masters stand first, and of many their number", () => {
  const states = new Map<string, VrrpState>([
    ["a", "backup"],
    ["b", "master"],
    ["c", "fault"],
    ["d", "master"],
  ]);
  assert.equal(statusLine(states), "MASTER of b, d; BACKUP of a; FAULT of c");
  assert.equal(statusLine(new Map()), "no virtual routers");
  const many = Array.from({ length: 250 }, (_, n) => [`VI_${n}`, "master"] as const);
  assert.equal(statusLine(new Map(many)), "MASTER of 250 routers");
});
