import assert from "node:assert/strict";
import { test } from "node:test";
import { Histogram } from "../../../src/core/histogram.ts";

test("a value counts where it is not above the bound, and behind the last one above all", () => {
  const histogram = new Histogram([1, 10]);
  for (const value of [0, 1, 1.5, 10, 11]) histogram.add(value);
  assert.deepEqual(histogram.counts, [2, 2, 1]);
  assert.equal(histogram.sum, 23.5);
});
