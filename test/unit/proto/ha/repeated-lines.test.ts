/** Which lines of a log stand in it, and when. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { RepeatedLines } from "../../../../src/proto/ha/repeated-lines.ts";

function log() {
  const lines = new RepeatedLines();
  const texts = (told: readonly { readonly text: string }[]) => told.map(({ text }) => text);
  return {
    lines,
    say: (text: string, nowMs: number, severity: 4 | 5 = 5) =>
      texts(lines.handle({ kind: "line", severity, text, record: null }, nowMs)),
    wait: (nowMs: number) => texts(lines.handle({ kind: "timer-expired" }, nowMs)),
  };
}

test("a line that is said again is counted, until another one is said", () => {
  const { lines, say } = log();
  assert.deepEqual(say("a", 0), ["a"]);
  assert.deepEqual(say("a", 10), []);
  assert.deepEqual(say("a", 20), []);
  assert.deepEqual(say("b", 30), ["last message repeated 2 times", "b"]);
  assert.equal(lines.deadlineMs, Number.POSITIVE_INFINITY);
  assert.deepEqual(say("a", 40), ["a"], "only those that follow each other");
  assert.deepEqual(say("a", 50, 4), ["a"], "it is worse now");
});

test("that it goes on is told every half a minute", () => {
  const { lines, say, wait } = log();
  say("a", 0);
  say("a", 29_000);
  assert.equal(lines.deadlineMs, 30_000);
  assert.deepEqual(wait(29_999), []);
  assert.deepEqual(wait(30_000), ["last message repeated 1 time"]);
  say("a", 59_000);
  assert.deepEqual(wait(60_000), ["last message repeated 1 time"]);
  assert.deepEqual(say("a", 90_000), ["a"], "it had gone away");
});
