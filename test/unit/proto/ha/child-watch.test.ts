/** A child process is started, heard, killed when it is silent, started again, and at last let go. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ChildWatch } from "../../../../src/proto/ha/child-watch.ts";

const LIMITS = { silentMs: 1000, startMs: 10_000, endMs: 5000 };

/** Alive since 0. */
function living(): ChildWatch {
  const watch = new ChildWatch(LIMITS);
  assert.deepEqual(watch.handle({ kind: "wanted" }, 0), [{ kind: "start" }]);
  assert.deepEqual(watch.handle({ kind: "beat" }, 0), []);
  return watch;
}

/** Silent since its first beat, so that it may have to be replaced. */
function suspected(): ChildWatch {
  const watch = living();
  assert.deepEqual(watch.handle({ kind: "timer-expired" }, 500), [{ kind: "suspect" }]);
  return watch;
}

test("who is silent for half of its time may have to be replaced, until it speaks again", () => {
  const watch = living();
  assert.equal(watch.isSuspicious, false);
  assert.deepEqual(watch.handle({ kind: "timer-expired" }, 499), []);
  assert.deepEqual(watch.handle({ kind: "timer-expired" }, 500), [{ kind: "suspect" }]);
  assert.deepEqual([watch.isSuspicious, watch.deadlineMs], [true, 1000]);
  assert.deepEqual(watch.handle({ kind: "beat" }, 900), [{ kind: "trust" }]);
  assert.deepEqual([watch.isSuspicious, watch.deadlineMs], [false, 1400]);
  assert.deepEqual(watch.handle({ kind: "beat" }, 950), []);
});

test("who is silent for too long is killed, and started again when it has ended", () => {
  const watch = living();
  watch.handle({ kind: "beat" }, 800);
  assert.deepEqual(watch.handle({ kind: "timer-expired" }, 1300), [{ kind: "suspect" }]);
  assert.equal(watch.deadlineMs, 1800);
  assert.deepEqual(watch.handle({ kind: "timer-expired" }, 1799), []);
  assert.deepEqual(watch.handle({ kind: "timer-expired" }, 1800), [
    { kind: "kill", cause: "silent", afterMs: 1000 },
  ]);
  assert.deepEqual(watch.handle({ kind: "beat" }, 1801), [], "it is too late for that");
  assert.deepEqual(watch.handle({ kind: "ended" }, 1802), [{ kind: "start" }]);
  assert.equal(watch.starts, 2);
});

test("until its first sign it has the longer time of a start", () => {
  const watch = new ChildWatch(LIMITS);
  watch.handle({ kind: "wanted" }, 0);
  assert.deepEqual(watch.handle({ kind: "timer-expired" }, 9999), []);
  assert.deepEqual(watch.handle({ kind: "timer-expired" }, 10_000), [
    { kind: "kill", cause: "silent", afterMs: 10_000 },
  ]);
});

test("where we ourselves stood still its signs are waited for, once", () => {
  const watch = living();
  assert.deepEqual(watch.handle({ kind: "timer-expired" }, 60_000), []);
  watch.handle({ kind: "beat" }, 60_001);
  assert.deepEqual(watch.handle({ kind: "timer-expired" }, 60_100), []);
  assert.deepEqual(watch.handle({ kind: "timer-expired" }, 70_000), [], "still again");
  const late = watch.deadlineMs + 5000;
  assert.equal(watch.handle({ kind: "timer-expired" }, late)[0]?.kind, "suspect");
  assert.equal(watch.handle({ kind: "timer-expired" }, late)[0]?.kind, "kill");
});

test("who ends again and again is started later and later; who lived for long, at once", () => {
  const watch = living();
  const pauses: number[] = [];
  let nowMs = 1;
  for (let n = 0; n < 9; n++) {
    const orders = watch.handle({ kind: "ended" }, nowMs);
    if (orders.length > 0) {
      pauses.push(0);
    } else {
      pauses.push(watch.deadlineMs - nowMs);
      nowMs = watch.deadlineMs;
      assert.deepEqual(watch.handle({ kind: "timer-expired" }, nowMs), [{ kind: "start" }]);
    }
    watch.handle({ kind: "beat" }, nowMs);
    nowMs += 1;
  }
  assert.deepEqual(pauses, [0, 100, 200, 400, 800, 1600, 3200, 5000, 5000]);
  assert.deepEqual(watch.handle({ kind: "ended" }, nowMs + 10_000), [{ kind: "start" }]);
});

test("it is asked to end, and killed where it does not or where it is said twice", () => {
  const asked = living();
  assert.deepEqual(asked.handle({ kind: "unwanted" }, 100), [{ kind: "ask-to-end" }]);
  assert.deepEqual(asked.handle({ kind: "beat" }, 200), []);
  assert.equal(asked.deadlineMs, 5100, "a beat is no end");
  assert.deepEqual(asked.handle({ kind: "ended" }, 300), [{ kind: "report-end" }]);
  const stubborn = living();
  stubborn.handle({ kind: "unwanted" }, 100);
  assert.deepEqual(stubborn.handle({ kind: "timer-expired" }, 5100), [
    { kind: "kill", cause: "not-ended", afterMs: 5000 },
  ]);
  assert.deepEqual(stubborn.handle({ kind: "ended" }, 5101), [{ kind: "report-end" }]);
  const urgent = living();
  urgent.handle({ kind: "unwanted" }, 100);
  assert.deepEqual(urgent.handle({ kind: "unwanted" }, 101), [{ kind: "hurry" }]);
  assert.deepEqual(urgent.handle({ kind: "timer-expired" }, 601), [
    { kind: "kill", cause: "hurried", afterMs: 501 },
  ]);
  const hasty = living();
  for (const nowMs of [100, 101]) hasty.handle({ kind: "unwanted" }, nowMs);
  assert.deepEqual(hasty.handle({ kind: "unwanted" }, 102), [
    { kind: "kill", cause: "hurried", afterMs: 2 },
  ]);
});

test("who is let go while it waits to be started, or was killed, is not started any more", () => {
  const waiting = living();
  waiting.handle({ kind: "ended" }, 1);
  waiting.handle({ kind: "ended" }, 2);
  assert.deepEqual(waiting.handle({ kind: "unwanted" }, 3), [{ kind: "report-end" }]);
  assert.equal(waiting.deadlineMs, Number.POSITIVE_INFINITY);
  const killed = suspected();
  killed.handle({ kind: "timer-expired" }, 1000);
  assert.deepEqual(killed.handle({ kind: "unwanted" }, 1001), []);
  assert.deepEqual(killed.handle({ kind: "ended" }, 1002), [{ kind: "report-end" }]);
});
