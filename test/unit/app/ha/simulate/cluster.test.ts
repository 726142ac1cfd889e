import assert from "node:assert/strict";
import { test } from "node:test";
import { clusterProblems } from "../../../../../src/app/ha/simulate/cluster.ts";
import { checked, cluster } from "../../../../support/simulated.ts";

test("a cluster that can be simulated has no problems", () => {
  assert.deepEqual(clusterProblems(cluster(checked(150, -30), checked(100, 0))), []);
});

test("what cannot be simulated is told with whose it is", () => {
  const still = { ...checked(150, -30), scripts: [{ name: "chk", intervalMs: 0 }] };
  const wrong = { instances: [{ config: { version: 2 as const, adverIntervalMs: 200 } }, {}] };
  assert.deepEqual(clusterProblems(cluster(still, { ...wrong, name: "a" })), [
    "two nodes are called a",
    "a: chk: needs an interval of 1ms or more, and rise and fall of 1 or more",
    "a: two instances are called VI_1",
    "a: VI_1: interval 0.2s cannot be said in VRRP version 2: 1s to 4m15s in steps of 1s",
  ]);
});
