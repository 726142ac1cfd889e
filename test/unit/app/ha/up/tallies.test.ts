import assert from "node:assert/strict";
import { test } from "node:test";
import { Tallies } from "../../../../../src/app/ha/up/tallies.ts";
import { CALM } from "../../../../support/vrrp.ts";

const transition = {
  type: "transition",
  from: "backup",
  to: "master",
  priority: 100,
  cause: { kind: "started" },
  circumstances: CALM,
} as const;

test("transitions count by router, by what it became and why; nothing else does", () => {
  const tallies = new Tallies();
  for (const instance of ["a", "b", "a"]) {
    tallies.note({ kind: "router", instance, event: transition });
  }
  tallies.note({ kind: "router", instance: "a", event: { ...transition, to: "backup" } });
  tallies.note({ kind: "router", instance: "a", event: { type: "notice", text: "x" } });
  tallies.note({ kind: "trouble", role: "vrrp", text: "x" });
  assert.deepEqual(tallies.transitions, [
    { instance: "a", to: "master", cause: "started", count: 2 },
    { instance: "b", to: "master", cause: "started", count: 1 },
    { instance: "a", to: "backup", cause: "started", count: 1 },
  ]);
});
