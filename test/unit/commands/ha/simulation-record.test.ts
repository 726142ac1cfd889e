import assert from "node:assert/strict";
import { test } from "node:test";
import { simulationRecord } from "../../../../src/commands/ha/simulation-record.ts";
import { checked, cluster, live } from "../../../support/simulated.ts";

test("a simulation as JSON has its units in its keys and nothing left out", () => {
  const of = cluster(checked(150, -60), checked(100, -60));
  const record = simulationRecord(live(of, 15, "5s fail chk@a"));
  const { timeline, ...rest } = JSON.parse(JSON.stringify(record));
  assert.deepEqual(rest, {
    until_ms: 15_000,
    timeline_left_out: 0,
    addresses: [
      {
        address: "10.0.0.100",
        first_held_ms: 3414.063,
        nobody_ms: 0,
        nobody: [],
        several_ms: 1,
        several: [{ from_ms: 9024.438, to_ms: 9025.438 }],
        holders: ["b"],
      },
    ],
    verdicts: [
      {
        at_ms: 5000,
        event: "fail chk@a",
        idle: null,
        findings: [
          {
            outcome: "failover",
            instances: ["VI_1"],
            from: ["a"],
            to: ["b"],
            after_ms: 4024.438,
            nobody_ms: 0,
            several_ms: 1,
            takeovers: 1,
            lost: [],
            several_last: false,
            reason: "150-60=90 < 100",
          },
        ],
      },
    ],
  });
  const kinds = ["event", "tracked", "priority"];
  assert.deepEqual(
    kinds.map((type) => timeline.findLast((entry: { type: string }) => entry.type === type)),
    [
      { at_ms: 5000, type: "event", event: "fail chk@a" },
      { at_ms: 6000, type: "tracked", node: "a", name: "chk", state: "down" },
      {
        at_ms: 6000,
        type: "priority",
        node: "a",
        instance: "VI_1",
        state: "master",
        priority: 90,
        configured_priority: 150,
        terms: [{ name: "chk", points: -60 }],
        former_priority: 150,
      },
    ],
  );
  assert.deepEqual(timeline.at(-1), {
    at_ms: 9025.438,
    type: "state",
    node: "a",
    instance: "VI_1",
    state: "backup",
    priority: 90,
    configured_priority: 150,
    terms: [{ name: "chk", points: -60 }],
    from: "master",
    cause: { kind: "higher-priority", source: "10.0.0.2", priority: 100 },
    holders: [{ address: "10.0.0.100", nodes: ["b"] }],
  });
});
