import assert from "node:assert/strict";
import { test } from "node:test";
import { Defence } from "../../../../src/proto/vrrp/defence.ts";

/** When it announces, with a claim at each time of `claims` and its own timer in between. */
function announcedAt(claims: Iterable<number>, untilMs: number): number[] {
  const defence = new Defence();
  const times: number[] = [];
  const pass = (toMs: number): void => {
    while (defence.deadlineMs <= toMs) {
      const nowMs = defence.deadlineMs;
      if (defence.runTimer(nowMs).length > 0) times.push(nowMs);
    }
  };
  for (const atMs of claims) {
    pass(atMs);
    if (defence.raise(atMs).length > 0) times.push(atMs);
  }
  pass(untilMs);
  return times;
}

function* every(periodMs: number, untilMs: number): Iterable<number> {
  for (let atMs = 0; atMs < untilMs; atMs += periodMs) yield atMs;
}

test("the first claim is answered at once, a burst of them also when it is over", () => {
  assert.deepEqual(announcedAt([5000], 60_000), [5000]);
  assert.deepEqual(announcedAt([5000, 5001, 5002, 5900], 60_000), [5000, 6000]);
});

test("a thousand claims a second are answered ever more seldom, down to once in 10 s", () => {
  const times = announcedAt(every(1, 60_000), 60_000);
  assert.deepEqual(times.slice(0, 7), [0, 1000, 3000, 7000, 15_000, 25_000, 35_000]);
  assert.ok(times.length <= 10);
});

test("two that defend the same address against each other make no storm", () => {
  const [one, other] = [new Defence(), new Defence()];
  const sent = { one: 0, other: 0 };
  let waiting = one.raise(0).length;
  sent.one += waiting;
  for (let nowMs = 0; nowMs <= 60_000; nowMs += 10) {
    const byOther = waiting > 0 ? other.raise(nowMs) : other.runTimer(nowMs);
    waiting = (byOther.length > 0 ? one.raise(nowMs) : one.runTimer(nowMs)).length;
    sent.one += waiting;
    sent.other += byOther.length;
  }
  assert.ok(sent.one <= 10 && sent.other <= 10, JSON.stringify(sent));
});

test("after ten quiet seconds it is as quick as ever", () => {
  assert.deepEqual(announcedAt([0, 1, 20_000, 20_001], 60_000), [0, 1000, 20_000, 21_000]);
});

test("what is not defended any more is not announced", () => {
  const defence = new Defence();
  defence.raise(0);
  defence.raise(1);
  defence.rest();
  assert.deepEqual(defence.runTimer(60_000), []);
});
