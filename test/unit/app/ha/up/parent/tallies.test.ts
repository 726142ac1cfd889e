import assert from "node:assert/strict";
import { test } from "node:test";
import { Tallies } from "../../../../../../src/app/ha/up/parent/tallies.ts";
import { haPlan } from "../../../../../support/ha-plan.ts";
import { CALM, vrrpInstance } from "../../../../../support/vrrp.ts";

const planOf = (...names: readonly string[]) =>
  haPlan({
    routers: names.map((name) => ({
      instance: vrrpInstance({ name }),
      keys: null,
      trackers: [],
    })),
  });

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
  assert.deepEqual(tallies.of(planOf("a", "b")), [
    { instance: "a", to: "master", cause: "started", count: 2 },
    { instance: "b", to: "master", cause: "started", count: 1 },
    { instance: "a", to: "backup", cause: "started", count: 1 },
  ]);
});

test("a router that is planned no more is forgotten", () => {
  const tallies = new Tallies();
  for (const instance of ["a", "b"]) tallies.note({ kind: "router", instance, event: transition });
  assert.deepEqual(
    tallies.of(planOf("b")).map(({ instance }) => instance),
    ["b"],
  );
  assert.deepEqual(
    tallies.of(planOf("a", "b")).map(({ instance }) => instance),
    ["b"],
  );
});
