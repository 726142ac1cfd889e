/** A child is started with a greeting, told of when it goes, and started again. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { FromChild, ToVrrp } from "../../../../../../src/app/ha/up/messages.ts";
import { WatchedChild } from "../../../../../../src/app/ha/up/parent/watched-child.ts";
import { FakeChildren } from "../../../../../support/fake-children.ts";
import { FakeClock } from "../../../../../support/fake-clock.ts";

const GREETING: ToVrrp = { kind: "tracked", news: [] };

async function watched() {
  const children = new FakeChildren();
  const clock = new FakeClock();
  const told: string[] = [];
  const heard: FromChild[] = [];
  const ports = { clock, startChild: children.startChild };
  const limits = { silentMs: 1000, startMs: 10_000, endMs: 5000 };
  const child = new WatchedChild<ToVrrp>("vrrp", limits, ports, {
    greeting: () => [GREETING],
    onMessage: (message) => void heard.push(message),
    onTrouble: (text) => void told.push(text),
    onAway: (isAway) => void told.push(isAway ? "away" : "back"),
  });
  child.start();
  await clock.pass(0);
  return { child, children, clock, told, heard };
}

test("it is greeted, and its messages are heard", async () => {
  const { children, heard } = await watched();
  const vrrp = children.of("vrrp");
  assert.deepEqual(vrrp.words, ["--child", "vrrp"]);
  assert.deepEqual(vrrp.heard, [GREETING]);
  vrrp.says({ kind: "trouble", text: "x" });
  assert.deepEqual(heard, [{ kind: "trouble", text: "x" }]);
});

test("one that falls silent is killed, and the next one is greeted too", async () => {
  const { child, children, clock, told } = await watched();
  const first = children.of("vrrp");
  first.says({ kind: "beat", lateMs: 0 });
  await clock.pass(500);
  const second = children.of("vrrp");
  assert.notEqual(second, first);
  second.says({ kind: "beat", lateMs: 0 });
  assert.deepEqual(second.heard, [], "it may be needed, and is not yet");
  await clock.pass(500);
  assert.ok(first.isKilled);
  first.ends("SIGKILL");
  await clock.pass(0);
  assert.deepEqual(second.heard, [GREETING]);
  const silence = ["away", "silent for 1000 ms: killed"];
  assert.deepEqual(told, [...silence, "ended (SIGKILL): started again", "away"]);
  const { pid, restarts } = child.standing;
  assert.deepEqual([pid, restarts], [101, 1]);
  first.says({ kind: "trouble", text: "from the grave" });
});

test("whatever it says is a sign of life", async () => {
  const { children, clock } = await watched();
  const first = children.of("vrrp");
  first.says({ kind: "beat", lateMs: 0 });
  for (let round = 0; round < 3; round += 1) {
    await clock.pass(400);
    first.says({ kind: "trouble", text: "much to do" });
  }
  assert.equal(first.isKilled, false);
  assert.equal(children.all.length, 1);
});

test("one that speaks again in time stays, and its successor goes", async () => {
  const { children, clock, told, heard } = await watched();
  const first = children.of("vrrp");
  first.says({ kind: "beat", lateMs: 0 });
  await clock.pass(900);
  const spare = children.of("vrrp");
  first.says({ kind: "beat", lateMs: 800 });
  assert.deepEqual([first.isKilled, spare.isKilled], [false, true]);
  spare.says({ kind: "trouble", text: "x" });
  spare.ends("SIGKILL");
  assert.deepEqual(told, ["away", "back"]);
  assert.deepEqual(
    heard.map(({ kind }) => kind),
    ["beat", "beat"],
  );
});

test("a successor that has ended before it was needed is followed by another one", async () => {
  const { child, children, clock } = await watched();
  const first = children.of("vrrp");
  first.says({ kind: "beat", lateMs: 0 });
  await clock.pass(500);
  children.of("vrrp").ends("EAGAIN");
  await clock.pass(500);
  first.ends("SIGKILL");
  await clock.pass(100);
  assert.equal(children.all.length, 3);
  assert.equal(child.standing.pid, children.of("vrrp").pid);
  assert.deepEqual(children.of("vrrp").heard, [GREETING]);
});

test("it is asked to end, and nothing is started in its place", async () => {
  const { child, children, clock, told } = await watched();
  const vrrp = children.of("vrrp");
  vrrp.says({ kind: "beat", lateMs: 0 });
  child.stop();
  assert.deepEqual(vrrp.heard.at(-1), { kind: "end" });
  vrrp.ends();
  await child.ended;
  await clock.pass(10_000);
  assert.equal(children.all.length, 1);
  assert.deepEqual(told, []);
});

test("a question is answered, or not: in time, or because it has ended", async () => {
  const { child, children, clock } = await watched();
  const vrrp = children.of("vrrp");
  const asked = [1, 2, 3].map(() => child.ask({ kind: "scripts" }, 500));
  const ids = vrrp.heard.flatMap((one) => ("id" in one ? [one.id] : []));
  assert.equal(new Set(ids).size, 3);
  vrrp.says({ kind: "answer", id: ids[1], answer: { scripts: [] } });
  assert.deepEqual(await asked[1], { scripts: [] });
  vrrp.says({ kind: "answer", id: ids[1], answer: { late: true } }); // nobody waits any more
  await clock.pass(500);
  assert.equal(await asked[0], undefined);
  assert.equal(await asked[2], undefined);

  const last = child.ask({ kind: "scripts" }, 500);
  vrrp.ends("SIGSEGV");
  assert.equal(await last, undefined);
});

test("it knows how late the loop of the child is, and was at most", async () => {
  const { child, children, clock } = await watched();
  const vrrp = children.of("vrrp");
  vrrp.says({ kind: "beat", lateMs: 7 });
  await clock.pass(100);
  vrrp.says({ kind: "beat", lateMs: 2 });
  await clock.pass(50);
  const { beat, worstLateMs } = child.standing;
  assert.deepEqual([beat?.lateMs, worstLateMs], [2, 7]);
  assert.equal(clock.nowMs() - (beat?.atMs ?? 0), 50);
});

test("one that does not end is killed, and not said to have been silent", async () => {
  const { child, children, clock, told } = await watched();
  children.of("vrrp").says({ kind: "beat", lateMs: 0 });
  child.stop();
  await clock.pass(5000);
  assert.ok(children.of("vrrp").isKilled);
  assert.deepEqual(told, ["has not ended 5000 ms after it was asked to: killed"]);
});

test("one that is told twice to end gives up at once, and is killed where it does not, which is told", async () => {
  const { child, children, told, clock } = await watched();
  child.stop();
  child.stop();
  assert.deepEqual(children.of("vrrp").heard.at(-1), { kind: "abandon" });
  assert.ok(!children.of("vrrp").isKilled);
  await clock.pass(500);
  assert.ok(children.of("vrrp").isKilled);
  assert.deepEqual(told, ["killed before it had ended: asked twice to end"]);
});
