import assert from "node:assert/strict";
import { test } from "node:test";
import { TimeScale } from "../../../../src/commands/vrrp/time-scale.ts";
import { coveredMs, groupsOf, runsOf } from "../../../../src/commands/vrrp/timeline-runs.ts";
import { bad, FROM_MS, gap } from "../../../support/timelines.ts";

/** A pixel is a second. */
const scale = new TimeScale(gap(0, 1000), 0, 1000);

test("stretches that would touch are one bar, which knows how many it stands for", () => {
  const runs = runsOf([gap(10, 20), gap(20.5, 30), gap(40, 50)], scale, 1.5);
  assert.deepEqual(
    runs.map(({ x, width, count, totalMs }) => ({ x, width, count, totalMs })),
    [
      { x: 10, width: 20, count: 2, totalMs: 19_500 },
      { x: 40, width: 10, count: 1, totalMs: 10_000 },
    ],
  );
});

test("a bar is never too thin to be seen, nor does it leave the picture", () => {
  const runs = runsOf([gap(10, 10.001), gap(1000, 1000)], scale, 1.5);
  assert.deepEqual(
    runs.map(({ x, width }) => [x, width]),
    [
      [10, 2],
      [998, 2],
    ],
  );
});

test("the order of the stretches does not matter, and time that is shared counts once", () => {
  const [only, ...others] = runsOf([gap(15, 30), gap(10, 20), gap(12, 13)], scale, 1.5);
  assert.deepEqual([only?.x, only?.width, only?.count, only?.totalMs], [10, 20, 3, 20_000]);
  assert.equal(others.length, 0);
  assert.equal(coveredMs([gap(15, 30), gap(10, 20), gap(12, 13), gap(40, 41)]), 21_000);
});

test("marks that would cover each other are one, with all its reasons", () => {
  const [first, second] = groupsOf([bad(5, "a"), bad(1, "a"), bad(2, "b"), bad(20, "c")], scale, 8);
  assert.deepEqual(
    [first?.x, [...(first?.reasons ?? [])]],
    [
      1,
      [
        ["a", 2],
        ["b", 1],
      ],
    ],
  );
  assert.deepEqual([first?.fromMs, first?.untilMs], [FROM_MS + 1000, FROM_MS + 5000]);
  assert.deepEqual([second?.x, [...(second?.reasons ?? [])]], [20, [["c", 1]]]);
});
