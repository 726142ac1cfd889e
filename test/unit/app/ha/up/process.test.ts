/** A child of `ha up` beats, hears, and ends with its parent. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { serveParent, type Work } from "../../../../../src/app/ha/up/process.ts";
import { SystemError } from "../../../../../src/core/errors.ts";
import { FakeParent } from "../../../../support/fake-children.ts";
import { FakeClock } from "../../../../support/fake-clock.ts";

function served(act: (message: object) => void = () => {}, silentMs = 500) {
  const parent = new FakeParent();
  const clock = new FakeClock();
  const urgent = new AbortController();
  const calls: string[] = [];
  let end = (): void => {};
  let fail = (_error: Error): void => {};
  const ended = new Promise<void>((resolve, reject) => {
    [end, fail] = [resolve, reject];
  });
  const work: Work<object> = {
    ended,
    hear: act,
    answer: async (question) => ({ asked: question.kind }),
    stop: () => {
      calls.push("stop");
      end();
    },
    abandon: () => void calls.push("abandon"),
    close: () => void calls.push("close"),
  };
  let live = (): void => {};
  const begin = (_tell: object, beatNow: () => void): Work<object> => {
    live = beatNow;
    return work;
  };
  const reasonOf = ({ message }: Error): string => `${message} (as root)`;
  const around = { urgent: urgent.signal, reasonOf, silentMs };
  const result = serveParent(parent, begin, { clock }, around);
  return {
    live: () => live(),
    parent,
    clock,
    urgent,
    calls,
    result,
    fail: (error: Error) => fail(error),
  };
}

const beats = ({ heard }: FakeParent) =>
  heard.filter((one) => "kind" in one && one.kind === "beat");

test("it beats as long as its loop turns, and tells how late it was", async () => {
  const { parent, clock, result } = served();
  await clock.pass(1000);
  assert.equal(beats(parent).length, 11);
  clock.freeze(750);
  await clock.pass(0);
  assert.deepEqual(beats(parent).at(-1), { kind: "beat", lateMs: 650 });
  parent.says({ kind: "end" });
  assert.equal(await result, true);
  assert.equal(clock.pending, 0);
});

test("it beats five times in the silence that its parent bears, and at least each 200 ms", async () => {
  for (const [silentMs, expected] of [
    [100, 51],
    [1000, 6],
    [60_000, 6],
  ] as const) {
    const { parent, clock, result } = served(undefined, silentMs);
    await clock.pass(1000);
    assert.equal(beats(parent).length, expected, `${silentMs} ms`);
    parent.says({ kind: "end" });
    await result;
  }
});

test("work that keeps the loop from turning shows that it goes on, no more often than the loop would", async () => {
  const { parent, clock, live, result } = served();
  await clock.pass(0);
  for (let ms = 0; ms < 350; ms += 10) {
    clock.freeze(10);
    live();
  }
  assert.equal(beats(parent).length, 4);
  parent.says({ kind: "end" });
  await result;
});

test("what its parent says goes to its work, but for the wish that it ends", async () => {
  const heard: object[] = [];
  const { parent, calls, result } = served((message) => void heard.push(message));
  parent.says({ kind: "plan" });
  assert.deepEqual(heard, [{ kind: "plan" }]);
  parent.says({ kind: "end" });
  assert.equal(await result, true);
  assert.deepEqual(calls, ["stop", "close"]);
  assert.deepEqual(parent.heard.at(-1), { kind: "done" });
  assert.equal(parent.isListenedTo, false);
});

test("a parent that dies is the wish to end; in a hurry all is given up", async () => {
  const orphan = served();
  orphan.parent.dies();
  await orphan.result;
  assert.deepEqual(orphan.calls, ["stop", "close"]);
  const hurried = served();
  hurried.urgent.abort();
  assert.deepEqual(hurried.calls, ["abandon"]);
});

test("what keeps it from its work is told, a bug of ours is not", async () => {
  const { parent, result, fail } = served();
  fail(new SystemError("open", "eth0", "EPERM", "not permitted"));
  assert.equal(await result, false);
  assert.match(JSON.stringify(parent.heard.at(-1)), /"refused".*not permitted.*as root/);
  const broken = served();
  broken.fail(new TypeError("bug"));
  await assert.rejects(broken.result, TypeError);
});

test("what it is asked is answered under the same number", async () => {
  const { parent, clock } = served();
  parent.says({ kind: "ask", id: 7, question: { kind: "scripts" } });
  await clock.pass(0);
  assert.deepEqual(parent.heard.at(-1), { kind: "answer", id: 7, answer: { asked: "scripts" } });
});
