import assert from "node:assert/strict";
import { test } from "node:test";
import { Percentiles } from "../../../src/core/percentiles.ts";
import { randomFrom } from "../../../src/core/seeded-random.ts";

function jitterOf(differences: readonly number[]): Percentiles {
  const jitter = new Percentiles();
  for (const one of differences) jitter.add(one);
  return jitter;
}

test("without a difference there is no percentile", () => {
  assert.equal(new Percentiles().percentileMs(0.5), null);
});

test("early and late count alike", () => {
  const [early, late] = [jitterOf([-3, -3]), jitterOf([3, 3])];
  assert.equal(early.percentileMs(0.5), late.percentileMs(0.5));
});

test("a percentile is what that share does not exceed, at most 19 % too high", () => {
  const random = randomFrom(7);
  const differences = Array.from({ length: 1000 }, () => 10 ** (random() * 6 - 3));
  const jitter = jitterOf(differences);
  const inOrder = differences.toSorted((a, b) => a - b);
  for (const share of [0.01, 0.5, 0.9, 0.99, 1]) {
    const right = inOrder[share * 1000 - 1] ?? Number.NaN;
    const told = jitter.percentileMs(share) ?? Number.NaN;
    assert.ok(told >= right - 1e-9 && told <= right * 1.19, `${share}: ${told}, not ${right}`);
  }
});

test("one late advert of a hundred is not in the 99th percentile, two are", () => {
  const steady = Array<number>(99).fill(1);
  assert.equal(jitterOf([...steady, 500]).percentileMs(0.99), jitterOf([1]).percentileMs(1));
  assert.ok((jitterOf([...steady.slice(1), 500, 500]).percentileMs(0.99) ?? 0) > 400);
});

test("of a few differences the 99th percentile is the greatest", () => {
  assert.ok((jitterOf([1, 500]).percentileMs(0.99) ?? 0) >= 500);
  assert.ok((jitterOf([1, 500]).percentileMs(0.5) ?? 9) < 2);
});

test("what is beyond its classes counts as the longest or the shortest", () => {
  assert.equal(jitterOf([0]).percentileMs(1), 0.001);
  const longest = jitterOf([Number.MAX_VALUE]).percentileMs(1) ?? 0;
  assert.ok(longest > 40_950 && Number.isFinite(longest)); // an interval of version 3
});
