import assert from "node:assert/strict";
import test from "node:test";
import { onAbort } from "../../../../src/app/check/on-abort.ts";

test("all who wait are called once, but for those who have left", () => {
  const stop = new AbortController();
  const called: string[] = [];
  onAbort(stop.signal, () => called.push("a"));
  const leave = onAbort(stop.signal, () => called.push("b"));
  onAbort(stop.signal, () => called.push("c"));
  leave();
  stop.abort();
  assert.deepEqual(called, ["a", "c"]);
});

test("the same function may wait twice", () => {
  const stop = new AbortController();
  let calls = 0;
  const run = (): void => {
    calls += 1;
  };
  const leave = onAbort(stop.signal, run);
  onAbort(stop.signal, run);
  leave();
  stop.abort();
  assert.equal(calls, 1);
});

test("thousands wait by one listener", () => {
  const stop = new AbortController();
  let listeners = 0;
  const add = stop.signal.addEventListener.bind(stop.signal);
  stop.signal.addEventListener = (...given: Parameters<typeof add>) => {
    listeners += 1;
    add(...given);
  };
  for (let n = 0; n < 1000; n += 1) onAbort(stop.signal, () => {});
  assert.equal(listeners, 1);
});
