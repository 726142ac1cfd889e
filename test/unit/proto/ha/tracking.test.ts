import assert from "node:assert/strict";
import { test } from "node:test";
import {
  contributionOf,
  effectivePriority,
  lawfulTrackers,
  standingOf,
  type TrackedState,
  type Tracker,
} from "../../../../src/proto/ha/tracking.ts";

const script = (weight: number, isReverse = false): Tracker => ({
  kind: "script",
  name: "chk",
  weight,
  isReverse,
});
const file = (weight: number, isReverse = false): Tracker => ({
  ...script(weight, isReverse),
  kind: "file",
});

test("a positive weight counts while up, a negative one while down, reverse turns the sign", () => {
  const states: readonly TrackedState[] = ["up", "down", "unknown"];
  const row = (tracker: Tracker) => states.map((state) => contributionOf(tracker, state));
  assert.deepEqual(row(script(10)), [10, 0, 0]);
  assert.deepEqual(row(script(-10)), [0, -10, 0]);
  assert.deepEqual(row(script(10, true)), [-10, 0, 0]);
  assert.deepEqual(row(script(-10, true)), [0, 10, 0]);
});

test("without a weight down is a fault, with reverse up is", () => {
  const states: readonly TrackedState[] = ["up", "down", "unknown"];
  const row = (tracker: Tracker) => states.map((state) => contributionOf(tracker, state));
  assert.deepEqual(row(script(0)), [0, "fault", 0]);
  assert.deepEqual(row(script(0, true)), ["fault", 0, 0]);
});

test("a file counts its number times the weight; below -253 it is a fault, above 253 it is that", () => {
  assert.equal(contributionOf(file(2), 7), 14);
  assert.equal(contributionOf(file(2, true), 7), -14);
  assert.equal(contributionOf(file(-1), 253), -253);
  assert.equal(contributionOf(file(-1), 254), "fault");
  assert.equal(contributionOf(file(1), 254), 253);
  assert.equal(contributionOf(file(0), 0), 0);
  assert.equal(contributionOf(file(0), -1), "fault");
  assert.equal(contributionOf(file(0, true), 0), "fault");
  assert.equal(contributionOf(file(3), "unknown"), 0);
});

test("the effective priority stays within 1..254, and an owner keeps 255", () => {
  const points = (...list: number[]) => list.map((value) => ({ name: "chk", points: value }));
  assert.equal(effectivePriority(150, points(-30, 10)), 130);
  assert.equal(effectivePriority(150, points(-253)), 1);
  assert.equal(effectivePriority(150, points(253)), 254);
  assert.equal(effectivePriority(254, points(100, -100)), 254, "the sum is clamped, not each step");
  assert.equal(effectivePriority(255, points(-100)), 255);
});

test("a standing names what the priority is made of, and the faults", () => {
  const trackers = [script(-30), { ...script(5), name: "ok" }, { ...script(0), name: "vital" }];
  const stateOf = ({ name }: Tracker) => (name === "ok" ? "up" : "down");
  assert.deepEqual(standingOf(100, trackers, stateOf), {
    priority: 75,
    faults: ["vital"],
    terms: [
      { name: "chk", points: -30 },
      { name: "ok", points: 5 },
    ],
  });
});

test("weights of an owner are dropped", () => {
  const kept = lawfulTrackers([script(-30), script(0)], { isOwner: true, mayWeigh: true });
  assert.deepEqual(kept, [script(0)]);
});

test("in a group weighted scripts are dropped, weighted links and files become faults", () => {
  const link: Tracker = { ...script(-10), kind: "interface" };
  const trackers = [script(-30), script(0), link, file(1)];
  const free = lawfulTrackers(trackers, { isOwner: false, mayWeigh: true });
  assert.deepEqual(free, trackers);
  const bound = lawfulTrackers(trackers, { isOwner: false, mayWeigh: false });
  assert.deepEqual(bound, [script(0), { ...link, weight: 0 }, file(0)]);
});
