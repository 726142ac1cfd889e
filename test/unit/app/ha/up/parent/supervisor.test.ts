/** The parent carries what one child says to the other, reloads, and ends with what a child refuses at its first start. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type {
  FromChild,
  RouterEvent,
  ToCheckers,
} from "../../../../../../src/app/ha/up/messages.ts";
import type { ReadPlan } from "../../../../../../src/app/ha/up/parent/reading.ts";
import { type HaEvent, Supervisor } from "../../../../../../src/app/ha/up/parent/supervisor.ts";
import type { VrrpState } from "../../../../../../src/proto/vrrp/facts.ts";
import { FakeChildren } from "../../../../../support/fake-children.ts";
import { FakeClock } from "../../../../../support/fake-clock.ts";
import { haPlan, plannedRouter, plannedScript } from "../../../../../support/ha-plan.ts";
import { CALM } from "../../../../../support/vrrp.ts";

const FIRST = {
  kind: "plan",
  plan: haPlan({ scripts: [plannedScript()] }),
  files: [{ path: "a", digest: Uint8Array.of(1) }],
  errors: [],
} as const;
const OTHER = {
  kind: "plan",
  plan: haPlan({ routers: [plannedRouter(51)] }),
  files: [{ path: "b", digest: Uint8Array.of(2) }],
  errors: [],
} as const;

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
  let answer = (_read: ReadPlan): void => {};
  const supervisor = new Supervisor(
    {
      first: FIRST,
      read: () => new Promise((resolve) => (answer = resolve)),
      watchesFiles: true,
      limits,
      emit: (event) => void events.push(event),
    },
    ports,
  );
  supervisor.start();
  await clock.pass(0);
  const read = (result: ReadPlan): void => answer(result);
  return { supervisor, children, clock, events, said, read };
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

/** With a script that is up, and nothing heard yet. */
async function running() {
  const all = await supervised();
  const [vrrp, checkers] = [all.children.of("vrrp"), all.children.of("checkers")];
  checkers.says({ kind: "tracked", news: [{ kind: "script", name: "chk", state: "up" }] });
  for (const child of [vrrp, checkers]) child.heard.length = 0;
  return { ...all, vrrp, checkers };
}

test("another plan goes to both, and it is done when the routers say so", async () => {
  const { supervisor, clock, vrrp, checkers, read } = await running();
  let isDone = false;
  const result = supervisor.reload().finally(() => (isDone = true));
  read(OTHER);
  await clock.pass(0);
  assert.deepEqual(vrrp.heard, [{ kind: "plan", plan: OTHER.plan, former: new Map() }]);
  const [work] = checkers.heard as ToCheckers[];
  assert.deepEqual(work?.kind === "plan" && [work.plan, work.watched], [OTHER.plan, OTHER.files]);
  assert.deepEqual([supervisor.plan, supervisor.tracked], [OTHER.plan, []]);
  assert.equal(isDone, false);
  vrrp.says({ kind: "applied" });
  assert.equal((await result).kind, "ok");
});

test("a plan that is refused reaches nobody; a file that changes has it read anew", async () => {
  const { clock, vrrp, checkers, read, events } = await running();
  checkers.says({ kind: "files-changed" });
  const refusal = { kind: "refused", isMistake: true, lines: ["a:1:1: error"] } as const;
  read(refusal);
  await clock.pass(0);
  assert.deepEqual([vrrp.heard, checkers.heard], [[], []]);
  assert.deepEqual(events.at(-1), { kind: "reload", result: refusal });
});

test("a child that is started again goes by the plan of now", async () => {
  const { supervisor, clock, children, vrrp, read } = await running();
  void supervisor.reload();
  vrrp.ends("SIGKILL");
  read(OTHER);
  await clock.pass(1000);
  const again = children.of("vrrp");
  assert.notEqual(again, vrrp);
  const plans = again.heard.filter((one) => "plan" in one);
  assert.deepEqual(plans.at(-1), { kind: "plan", plan: OTHER.plan, former: new Map() });
});

test("the end during a reload is the end", async () => {
  const { supervisor, clock, vrrp, checkers, read } = await running();
  const result = supervisor.reload();
  supervisor.stop();
  read(OTHER);
  assert.equal((await result).kind, "refused");
  assert.deepEqual(vrrp.heard, [{ kind: "end" }]);
  vrrp.says({ kind: "done" });
  vrrp.ends();
  await clock.pass(0);
  assert.deepEqual(checkers.heard, [{ kind: "end" }]);
  checkers.ends();
  await supervisor.ended;
});
