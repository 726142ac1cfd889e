/** The parent carries what one child says to the other, and ends with what a child refuses at its first start. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { FromChild, RouterEvent, ToCheckers } from "../../../../../src/app/ha/up/messages.ts";
import { type HaEvent, Supervisor } from "../../../../../src/app/ha/up/supervisor.ts";
import type { VrrpState } from "../../../../../src/proto/vrrp/facts.ts";
import { FakeChildren } from "../../../../support/fake-children.ts";
import { FakeClock } from "../../../../support/fake-clock.ts";
import { haPlan } from "../../../../support/ha-plan.ts";
import { CALM } from "../../../../support/vrrp.ts";

const PLAN = haPlan();

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

async function supervised() {
  const children = new FakeChildren();
  const clock = new FakeClock();
  const events: HaEvent[] = [];
  const limits = { silentMs: 60_000, startMs: 60_000, endMs: 5000 };
  const openNetlink = () => ({ transact: () => [], close: () => {} });
  const said: string[] = []; // to the service manager
  const serviceManager = { watchdogMs: 2000, tell: (text: string) => void said.push(text) };
  const ports = { clock, startChild: children.startChild, openNetlink, serviceManager };
  const supervisor = new Supervisor(
    { plan: PLAN, limits, emit: (event) => void events.push(event) },
    ports,
  );
  supervisor.start();
  await clock.pass(0);
  return { supervisor, children, clock, events, said };
}

test("a transition while no process of the checks runs is told to the next one, as news", async () => {
  const { children, clock } = await supervised();
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

const REFUSED = { kind: "refused", text: "claim VRID 51: another process runs it" };

test("what is refused at the first start ends all, with the reason", async () => {
  const { supervisor, children, clock, events } = await supervised();
  const vrrp = children.of("vrrp");
  vrrp.says({ kind: "beat", lateMs: 0 });
  vrrp.says(REFUSED);
  vrrp.ends("2");
  await clock.pass(0);
  children.of("checkers").ends();
  assert.equal(await supervisor.ended, REFUSED.text);
  assert.deepEqual(events, []);
  assert.equal(children.all.length, 2);
});

test("what is refused once the routers have run is told, and tried again", async () => {
  const { supervisor, children, clock, events } = await supervised();
  const vrrp = children.of("vrrp");
  vrrp.says({ kind: "running" });
  vrrp.says(REFUSED);
  vrrp.ends("2");
  await clock.pass(0);
  assert.deepEqual(
    events.map((event) => (event.kind === "trouble" ? event.text : "")),
    [REFUSED.text, "ended (2): started again"],
  );
  supervisor.stop();
  children.of("vrrp").ends();
  await clock.pass(0);
  children.of("checkers").ends();
  assert.equal(await supervisor.ended, undefined);
});

test("the service manager hears when the routers run, who is master, that they live, and of the end", async () => {
  const { supervisor, children, clock, said } = await supervised();
  const vrrp = children.of("vrrp");
  const transition = { type: "transition", from: "backup", to: "master" };
  const beat = async (times: number) => {
    for (let n = 0; n < times; n++) {
      await clock.pass(100);
      vrrp.says({ kind: "beat", lateMs: 0 });
    }
  };
  await beat(10);
  children.of("checkers").says({ kind: "beat", lateMs: 0 });
  for (let n = 0; n < 2; n++) {
    vrrp.says({ kind: "running" });
    vrrp.says({ kind: "router", instance: "VI_1", event: transition });
  }
  supervisor.stop();
  assert.deepEqual(said, [
    "WATCHDOG=1",
    "WATCHDOG=1",
    "READY=1",
    "STATUS=MASTER of VI_1",
    "STOPPING=1",
  ]);
});
