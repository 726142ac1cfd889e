/** The latest transitions of all routers are kept, oldest first, and no more than so many. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { HaPast } from "../../../../../../src/app/ha/up/parent/past.ts";
import { FakeClock } from "../../../../../support/fake-clock.ts";
import { CALM } from "../../../../../support/vrrp.ts";

const transition = {
  type: "transition",
  from: "backup",
  to: "master",
  priority: 100,
  cause: { kind: "started" },
  circumstances: CALM,
} as const;

test("those asked for are the last ones, and the oldest are given up", () => {
  const past = new HaPast(new FakeClock());
  for (let n = 0; n < 1030; n++) {
    past.note({ kind: "router", instance: `v${n}`, event: transition });
  }
  past.note({ kind: "router", instance: "v", event: { type: "notice", text: "no transition" } });
  past.note({ kind: "trouble", role: "vrrp", text: "nor this" });
  const names = (count: number) => past.records(count).map(({ instance }) => instance);
  assert.deepEqual(names(2), ["v1028", "v1029"]);
  assert.equal(names(5000).length, 1024);
  assert.equal(names(5000)[0], "v6");
});

test("virtual and real servers have a past of their own", () => {
  const clock = new FakeClock();
  const past = new HaPast(clock);
  const about = { service: "S", cause: "check" } as const;
  past.note({ kind: "server", event: { type: "server", ...about, server: "R", state: "down" } });
  past.note({ kind: "server", event: { type: "suspended", service: "S", suspended: true } });
  clock.freeze(50);
  const quorum = { type: "quorum", service: "S", state: "up", weight: 1, threshold: 1 } as const;
  past.note({ kind: "server", event: { ...quorum, cause: "start" } });
  assert.deepEqual(
    past.serverRecords(5).map(({ ts: _, ...record }) => record),
    [
      { age_ms: 50, ...about, server: "R", to: "down" },
      { age_ms: 0, service: "S", cause: "start", server: null, to: "up" },
    ],
  );
  assert.equal(past.serverRecords(1).length, 1);
});
