/** What happens as records: of a router the one that `vrrp watch` has, of everything else its own. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { haEventRecord } from "../../../../../../src/app/ha/up/parent/event-record.ts";
import type { HaEvent } from "../../../../../../src/app/ha/up/parent/supervisor.ts";
import { eventRecord } from "../../../../../../src/app/vrrp/event-record.ts";
import { haPlan, plannedRouter } from "../../../../../support/ha-plan.ts";
import { CALM } from "../../../../../support/vrrp.ts";

const ROUTER = plannedRouter(51);
const record = (event: HaEvent) => haEventRecord(event, haPlan({ routers: [ROUTER] }), 7, 0);
const HEAD = { seq: 7, ts: "1970-01-01T00:00:00.000Z" };

const TRANSITION = {
  type: "transition",
  from: "backup",
  to: "master",
  priority: 100,
  cause: { kind: "started" },
  circumstances: CALM,
} as const;

test("of a router it is as a run of its own would tell it", () => {
  const event = { kind: "router", instance: "VI_51", event: TRANSITION } as const;
  assert.deepEqual(record(event), eventRecord(TRANSITION, ROUTER.instance, 7, 0));
});

test("of a router that is no longer planned the name is told, and what it was", () => {
  assert.deepEqual(record({ kind: "router", instance: "gone", event: TRANSITION }), {
    type: "transition",
    ...HEAD,
    instance: "gone",
  });
});

test("what is tracked, what went wrong, and maintenance with its end", () => {
  const news = { kind: "script", name: "chk", state: "down" } as const;
  assert.deepEqual(record({ kind: "tracked", news }), {
    type: "tracked",
    ...HEAD,
    kind: "script",
    name: "chk",
    state: "down",
  });
  assert.deepEqual(record({ kind: "trouble", role: "vrrp", text: "x" }), {
    type: "trouble",
    ...HEAD,
    role: "vrrp",
    text: "x",
  });
  const state = { sinceMs: 0, untilMs: 5000, reason: "new kernel" };
  assert.deepEqual(record({ kind: "maintenance", state }), {
    type: "maintenance",
    ...HEAD,
    maintenance: {
      since: HEAD.ts,
      until: "1970-01-01T00:00:05.000Z",
      ends_in_ms: 5000,
      reason: "new kernel",
    },
  });
  assert.deepEqual(record({ kind: "maintenance", state: null }), {
    type: "maintenance",
    ...HEAD,
    maintenance: null,
  });
});
