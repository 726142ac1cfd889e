import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { EventQueue } from "../../../../../src/app/ha/simulate/event-queue.ts";

test("what is wished happens in the order of its time, of one time in that of the wishes", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20), { maxLength: 200 }), (times) => {
      const queue = new EventQueue();
      const happened: number[] = [];
      for (const [index, atMs] of times.entries()) queue.at(atMs, () => happened.push(index));
      queue.runUntil(20);
      const due = [...times.keys()].sort((a, b) => (times[a] ?? 0) - (times[b] ?? 0) || a - b);
      assert.deepEqual(happened, due);
    }),
  );
});

test("time stops at its end, and what is due later waits", () => {
  const queue = new EventQueue();
  const happened: number[] = [];
  const note = (): void => {
    happened.push(queue.nowMs);
    if (happened.length < 5) queue.at(queue.nowMs + 10, note);
  };
  queue.at(10, note);
  queue.runUntil(35);
  assert.deepEqual([happened, queue.nowMs], [[10, 20, 30], 35]);
  queue.at(5, note);
  queue.runUntil(36);
  assert.deepEqual(happened, [10, 20, 30, 35], "what is late happens now, not in the past");
});
