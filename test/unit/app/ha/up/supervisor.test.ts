/** The parent carries what one child says to the other, also to one that has yet to begin. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { FromChild, RouterEvent, ToCheckers } from "../../../../../src/app/ha/up/messages.ts";
import { Supervisor } from "../../../../../src/app/ha/up/supervisor.ts";
import type { VrrpState } from "../../../../../src/proto/vrrp/facts.ts";
import { FakeChildren } from "../../../../support/fake-children.ts";
import { FakeClock } from "../../../../support/fake-clock.ts";
import { haPlan } from "../../../../support/ha-plan.ts";
import { CALM } from "../../../../support/vrrp.ts";

const PLAN = haPlan();
const LIMITS = { silentMs: 1000, startMs: 10_000, endMs: 5000 };

const became = (to: VrrpState): RouterEvent => ({
  kind: "router",
  instance: "v",
  event: {
    type: "transition",
    from: "init",
    to,
    priority: 100,
    cause: { kind: "started" },
    circumstances: CALM,
  },
});

test("a transition while no process of the checks runs is told to the next one, as news", async () => {
  const clock = new FakeClock();
  const children = new FakeChildren();
  const ports = { clock, startChild: children.startChild };
  const supervisor = new Supervisor({ plan: PLAN, limits: LIMITS, emit: () => {} }, ports);
  supervisor.start();
  await clock.pass(0);
  const said = (message: FromChild): void => children.of("vrrp").says(message);
  const first = children.of("checkers");
  said(became("backup"));
  assert.deepEqual(first.heard.at(-1), became("backup"));
  first.ends("SIGKILL");
  said(became("master"));
  await clock.pass(0);
  const next = children.of("checkers");
  assert.notEqual(next, first);
  const [plan, ...news] = next.heard as ToCheckers[];
  assert.deepEqual(plan?.kind === "plan" && [...plan.states], [["v", "backup"]]);
  assert.deepEqual(news, [became("master")]);
  said({ kind: "lower-heard", instance: "v", priority: 100 });
  assert.equal(next.heard.length, 3);
});
