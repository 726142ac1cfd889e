/** One listener for all that wait. */
import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { test } from "node:test";
import { onStop } from "../../../../src/app/check/stop.ts";

test("all that still wait are told, by one listener", () => {
  const stop = new AbortController();
  const told: number[] = [];
  const taken = Array.from({ length: 20 }, (_, n) => onStop(stop.signal, () => told.push(n)));
  for (const take of taken.slice(2)) take();
  assert.equal(getEventListeners(stop.signal, "abort").length, 1);
  stop.abort();
  assert.deepEqual(told, [0, 1]);
});

test("the same function may wait twice, and one takes back its own alone", () => {
  const stop = new AbortController();
  let calls = 0;
  const run = (): void => {
    calls += 1;
  };
  onStop(stop.signal, run);
  onStop(stop.signal, run)();
  stop.abort();
  assert.equal(calls, 1);
});
