import assert from "node:assert/strict";
import { test } from "node:test";
import { SlowStart } from "../../../../src/proto/lvs/slow-start.ts";
import { NEVER } from "../../../../src/proto/machine.ts";

test("the weight rises in twenty steps, from 1 to all of it", () => {
  const slow = new SlowStart(20_000);
  slow.begin("a", 500);
  const seen: [number, number][] = [];
  for (let nowMs = 500; nowMs !== NEVER; nowMs = slow.nextMs(nowMs))
    seen.push([nowMs, slow.weightOf("a", 40, nowMs)]);
  assert.deepEqual(seen.slice(0, 3), [
    [500, 1],
    [1500, 2],
    [2500, 4],
  ]);
  assert.deepEqual(seen.at(-1), [20_500, 40]);
  assert.equal(seen.length, 21);
});

test("a weight goes by what it is to be now, and 0 stays 0", () => {
  const slow = new SlowStart(20_000);
  slow.begin("a", 0);
  assert.equal(slow.weightOf("a", 40, 10_000), 20);
  assert.equal(slow.weightOf("a", 10, 10_000), 5);
  assert.equal(slow.weightOf("a", 1, 10_000), 1);
  assert.equal(slow.weightOf("a", 0, 10_000), 0);
});

test("a server that has not come back has all of its weight, and so one that went again", () => {
  const slow = new SlowStart(20_000);
  slow.begin("a", 0);
  assert.equal(slow.weightOf("b", 40, 1), 40);
  slow.end("a");
  assert.equal(slow.weightOf("a", 40, 1), 40);
  assert.equal(slow.nextMs(1), NEVER);
});

test("without a ramp there is none", () => {
  const slow = new SlowStart(0);
  slow.begin("a", 0);
  assert.equal(slow.weightOf("a", 40, 0), 40);
  assert.equal(slow.nextMs(0), NEVER);
});
