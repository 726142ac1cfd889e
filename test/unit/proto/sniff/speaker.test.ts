import assert from "node:assert/strict";
import { test } from "node:test";
import { isGap } from "../../../../src/proto/sniff/speaker.ts";
import { A, B, START_MS, speaker } from "../../../support/sniffed.ts";

/** A master that advertises at these times. */
function master(timesMs: readonly number[], intervalMs = 1000) {
  const one = speaker({ intervalMs });
  one.begin(START_MS);
  for (const atMs of timesMs) one.hear(START_MS + atMs);
  return one;
}

test("the higher priority outranks, of equal ones the higher address", () => {
  const [a, b] = [speaker({ source: A }), speaker({ source: B })];
  assert.deepEqual([a.outranks(b), b.outranks(a)], [false, true]);
  const strong = speaker({ source: A, priority: 101 });
  assert.deepEqual([strong.outranks(b), b.outranks(strong)], [true, false]);
  const [low, high] = [speaker({ source: "10.0.0.9" }), speaker({ source: "10.0.0.10" })];
  assert.deepEqual([high.outranks(low), low.outranks(high)], [true, false]); // by value, not by text
});

test("the jitter is of the times between the adverts of one who stays master", () => {
  const { jitter, adverts } = master([0, 1000, 2004, 2996]);
  assert.equal(adverts, 4);
  assert.ok((jitter.percentileMs(1) ?? 0) >= 8);
  assert.ok((jitter.percentileMs(0.3) ?? 9) < 0.01); // the second came on time
});

test("a gap is longer than one interval and a half, and is no jitter", () => {
  assert.deepEqual([isGap(1500, 1000), isGap(1501, 1000)], [false, true]);
  const late = master([0, 1000, 5000]);
  assert.ok((late.jitter.percentileMs(1) ?? 9) < 0.01);
});

test("the time until it becomes master again is no jitter either", () => {
  const one = master([0, 1000]);
  one.claim = "none";
  one.begin(START_MS + 60_000);
  one.hear(START_MS + 60_000);
  one.hear(START_MS + 61_000);
  assert.ok((one.jitter.percentileMs(1) ?? 9) < 0.01);
});

test("one that is not master has no jitter", () => {
  const one = speaker();
  for (const atMs of [0, 1000, 2100]) one.hear(START_MS + atMs);
  assert.equal(one.jitter.percentileMs(1), null);
});

test("patience lasts until the weakest backup took over; overdue is what the strongest makes of it", () => {
  assert.equal(speaker({ intervalMs: 1000 }).patienceMs, 3000 + 255000 / 256);
  assert.equal(speaker({ intervalMs: 200 }).patienceMs, 600 + (200 * 255) / 256);
  assert.equal(speaker({ version: 2, intervalMs: 2000 }).patienceMs, 6000 + 255000 / 256);
  const one = speaker({ intervalMs: 1000 });
  assert.deepEqual([one.isOverdue(START_MS + 2899), one.isOverdue(START_MS + 2900)], [false, true]);
});
