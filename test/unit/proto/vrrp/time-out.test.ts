import assert from "node:assert/strict";
import { test } from "node:test";
import { NEVER } from "../../../../src/proto/machine.ts";
import { TimeOut } from "../../../../src/proto/vrrp/time-out.ts";

const MINUTE_MS = 60_000;
const timeOut = () => new TimeOut(MINUTE_MS, 60 * MINUTE_MS);

test("it lasts its shortest time, and twice as long each time that it has not helped", () => {
  const pause = timeOut();
  const lengths: number[] = [];
  let nowMs = 0;
  for (let n = 0; n < 8; n++) {
    pause.begin(nowMs);
    lengths.push((pause.deadlineMs - nowMs) / MINUTE_MS);
    assert.equal(pause.isOver(pause.deadlineMs - 1), false);
    nowMs = pause.deadlineMs;
    assert.equal(pause.isOver(nowMs), true);
    nowMs += 5000;
  }
  assert.deepEqual(lengths, [1, 2, 4, 8, 16, 32, 60, 60]);
  pause.begin(nowMs + 11 * MINUTE_MS);
  assert.equal(pause.deadlineMs, nowMs + 12 * MINUTE_MS, "after ten quiet minutes it is forgotten");
});

test("where something has changed the shortest time is enough", () => {
  const pause = timeOut();
  pause.begin(0);
  assert.equal(pause.isOver(MINUTE_MS), true);
  pause.begin(2 * MINUTE_MS);
  assert.equal(pause.deadlineMs, 4 * MINUTE_MS);
  pause.shorten();
  assert.equal(pause.deadlineMs, 3 * MINUTE_MS);
});

test("without a beginning there is no deadline, and none is over", () => {
  const pause = timeOut();
  assert.equal(pause.deadlineMs, NEVER);
  assert.equal(pause.isOver(1e12), false);
  pause.shorten();
  assert.equal(pause.deadlineMs, NEVER);
});
