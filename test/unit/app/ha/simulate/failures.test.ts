import assert from "node:assert/strict";
import { test } from "node:test";
import { formatEvent } from "../../../../../src/app/ha/simulate/event.ts";
import { failuresOf, peaceMs, tryFailures } from "../../../../../src/app/ha/simulate/failures.ts";
import { checked, cluster, live } from "../../../../support/simulated.ts";

const OF = cluster({ ...checked(150, -60), watched: ["nginx"] }, checked(100, 0));

test("each check, each link and each node fails once, and by itself", () => {
  const words = failuresOf(OF).map(formatEvent);
  assert.deepEqual(words, [
    ...["fail chk@a", "fail nginx@a", "link down eth0@a", "stop a", "crash a", "freeze a"],
    ...["fail chk@b", "link down eth0@b", "stop b", "crash b", "freeze b"],
  ]);
  const verdicts = [...tryFailures(OF)];
  assert.deepEqual(
    verdicts.map(({ findings }) => findings[0]?.outcome),
    [
      ...["failover", "no-failover", "failover", "failover", "failover", "failover"],
      ...["no-change", "no-change", "no-change", "no-change", "no-change"],
    ],
  );
});

test("a cluster is at peace before it is disturbed, and has come to rest before it is judged", () => {
  const slow = {
    ...checked(150, 0),
    scripts: [{ name: "chk", intervalMs: 9000, initFail: true, rise: 4 }],
  };
  const delayed = checked(150, 0, { startupDelayMs: 20_000, preemptDelayMs: 30_000 });
  for (const node of [slow, delayed]) {
    const of = cluster(node, checked(100, 0));
    const atMs = peaceMs(of);
    const states = live(of, (3 * atMs) / 1000).timeline.filter(({ kind }) => kind === "state");
    assert.ok(states.length >= 3 && states.every((entry) => entry.atMs < atMs));
  }
});
