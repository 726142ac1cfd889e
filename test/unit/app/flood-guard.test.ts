/** Lines that repeat are told at once, then counted instead of repeated. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { FloodGuard } from "../../../src/app/flood-guard.ts";

function guardAt() {
  const time = { nowMs: 0 };
  const clock = { nowMs: () => time.nowMs, wallMs: () => 0, at: () => () => {} };
  return { time, guard: new FloodGuard(clock) };
}

test("a storm of one kind gives one line, and later one that stands for all the others", () => {
  const { time, guard } = guardAt();
  const told: number[] = [];
  for (let n = 0; n <= 200; n++) {
    told.push(guard.admit("bad-checksum 10.0.0.3"));
    time.nowMs += 50;
  }
  assert.deepEqual(
    told.filter((count) => count > 0),
    [1, 200],
  );
});

test("another kind is told at once", () => {
  const { guard } = guardAt();
  assert.equal(guard.admit("bad-checksum 10.0.0.3"), 1);
  assert.equal(guard.admit("ttl 10.0.0.3"), 1);
  assert.equal(guard.admit("ttl 10.0.0.3"), 0);
});

test("a spoofer with many addresses does not fill the memory", () => {
  const { guard } = guardAt();
  for (let n = 0; n < 300; n++) guard.admit(`ttl 10.0.${n >> 8}.${n & 255}`);
  assert.equal(guard.admit("ttl 10.0.0.0"), 1); // forgotten by then
});
