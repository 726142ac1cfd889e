import assert from "node:assert/strict";
import { test } from "node:test";
import type { CheckVerdict } from "../../../../src/proto/check/result.ts";
import { Standing } from "../../../../src/proto/check/standing.ts";

const POLICY = {
  rise: 1,
  fall: 2,
  intervalMs: 1,
  fastIntervalMs: 1,
  downIntervalMs: 1,
  jitterShare: 0,
};

/** One result a second. */
function toldOf(...verdicts: readonly CheckVerdict[]): string[] {
  const standing = new Standing(POLICY, 0);
  return verdicts.flatMap((verdict, index) => {
    const change = standing.note(verdict, index * 1000);
    if (change === undefined) return [];
    const { from, to, lastedMs, outageMs } = change;
    return [`${index}: ${from}>${to} ${lastedMs} ${outageMs}`];
  });
}

test("each change of health is told once, a recovery with the length of the outage", () => {
  assert.deepEqual(toldOf("up", "up", "down", "down", "down", "up"), [
    "0: unknown>up 0 null",
    "3: up>down 3000 null",
    "5: down>up 2000 2000",
  ]);
});

test("that it cannot be asked is told once, and again what it is when it can", () => {
  assert.deepEqual(toldOf("up", "unknown", "unknown", "up"), [
    "0: unknown>up 0 null",
    "1: up>unknown 1000 null",
    "3: unknown>up 2000 null",
  ]);
  assert.deepEqual(toldOf("unknown", "unknown"), ["0: unknown>unknown 0 null"]);
});

test("an outage over which nobody could ask is told in whole", () => {
  assert.deepEqual(toldOf("down", "unknown", "up"), [
    "0: unknown>down 0 null",
    "1: down>unknown 1000 null",
    "2: unknown>up 1000 2000",
  ]);
});

test("a first bad answer after silence of ours is not told until it counts", () => {
  assert.deepEqual(toldOf("up", "unknown", "down", "down"), [
    "0: unknown>up 0 null",
    "1: up>unknown 1000 null",
    "3: unknown>down 2000 null",
  ]);
});

test("results in a row are those since the last other one, and none of another verdict", () => {
  const standing = new Standing(POLICY, 0);
  for (const verdict of ["down", "up", "up"] as const) standing.note(verdict, 0);
  assert.deepEqual([standing.inARow("up"), standing.inARow("down")], [2, 0]);
});
