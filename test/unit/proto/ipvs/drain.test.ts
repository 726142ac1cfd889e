import assert from "node:assert/strict";
import { test } from "node:test";
import { Drain, type DrainPolicy, type DrainReading } from "../../../../src/proto/ipvs/drain.ts";
import { NEVER } from "../../../../src/proto/machine.ts";

const POLICY = { timeoutMs: 10_000, force: false, awaitsPersistent: true };

const has = (weight: number, active = 0, inactive = 0, persistent = 0): DrainReading => ({
  ...{ weight, active, inactive, persistent },
});

/** A drain that has begun at 0 ms with these weights. */
function begun(policy: Partial<DrainPolicy>, ...weights: readonly number[]) {
  const drain = new Drain({ ...POLICY, ...policy }, 0);
  const first = drain.handle({ kind: "read", readings: weights.map((one) => has(one)) }, 0);
  const see = (nowMs: number, ...readings: readonly (DrainReading | null)[]) =>
    drain.handle({ kind: "read", readings }, nowMs);
  return { drain, first, see };
}

test("each gets weight 0, and one that has it already is left alone", () => {
  const { first } = begun({}, 5, 0);
  assert.deepEqual(first, [{ kind: "set-weights", weights: [{ place: 0, weight: 0 }] }]);
  assert.deepEqual(begun({}, 0).first, []);
});

test("all are removed at once, when nothing is left anywhere", () => {
  const { see } = begun({}, 5, 3);
  assert.deepEqual(see(1, has(0, 1), has(0)), []);
  assert.deepEqual(see(2, has(0), has(0, 0, 1)), []);
  assert.deepEqual(see(3, has(0), has(0, 0, 0, 1)), []);
  assert.deepEqual(see(4, has(0), has(0)), [
    { kind: "remove", places: [0, 1] },
    { kind: "end", outcome: "drained" },
  ]);
});

test("templates that lead nobody there are not waited for", () => {
  const { see } = begun({ awaitsPersistent: false }, 5);
  assert.deepEqual(see(1, has(0, 0, 0, 9)).at(-1), { kind: "end", outcome: "drained" });
});

test("it looks at once, twice a second, and when the time is over", () => {
  const { drain, see } = begun({ timeoutMs: 700 }, 5);
  const looks: number[] = [];
  while (drain.deadlineMs !== NEVER) {
    looks.push(drain.deadlineMs);
    assert.deepEqual(drain.handle({ kind: "timer-expired" }, drain.deadlineMs), [{ kind: "read" }]);
    see(looks.at(-1) as number, has(0, 1));
  }
  assert.deepEqual(looks, [0, 500, 700]);
});

test("a timer that fires too early does nothing", () => {
  const { drain } = begun({}, 5);
  drain.handle({ kind: "timer-expired" }, 0);
  assert.deepEqual(drain.handle({ kind: "timer-expired" }, 499), []);
});

test("what has connections when the time is over stays at weight 0, or goes by force", () => {
  assert.deepEqual(begun({}, 5).see(10_000, has(0, 1)), [{ kind: "end", outcome: "timed-out" }]);
  assert.deepEqual(begun({ force: true }, 5).see(10_000, has(0, 1)), [
    { kind: "remove", places: [0] },
    { kind: "end", outcome: "forced" },
  ]);
});

test("an interruption looks, and gives back the weights that were changed", () => {
  const { drain, see } = begun({}, 5, 0, 2);
  assert.deepEqual(drain.handle({ kind: "interrupted" }, 20), [{ kind: "read" }]);
  const weights = [
    { place: 0, weight: 5 },
    { place: 2, weight: 2 },
  ];
  assert.deepEqual(see(20, has(0, 1), has(0), has(0)), [
    { kind: "set-weights", weights },
    { kind: "end", outcome: "interrupted" },
  ]);
});

test("an interruption before the first look changes nothing", () => {
  const drain = new Drain(POLICY, 0);
  assert.deepEqual(drain.handle({ kind: "interrupted" }, 1), [
    { kind: "end", outcome: "interrupted" },
  ]);
});

test("what another process removes or weighs is let go, and never written again", () => {
  const { drain, see } = begun({}, 5, 6, 7);
  assert.deepEqual(see(1, null, has(9, 4), has(0, 1)), [
    { kind: "let-go", place: 0, why: "gone" },
    { kind: "let-go", place: 1, why: "weighted" },
  ]);
  drain.handle({ kind: "interrupted" }, 2);
  assert.deepEqual(see(2, has(0), has(0), has(0, 1)), [
    { kind: "set-weights", weights: [{ place: 2, weight: 7 }] },
    { kind: "end", outcome: "interrupted" },
  ]);
});

test("without anything left that is not let go it ends", () => {
  const { drain, see } = begun({}, 5);
  assert.deepEqual(see(1, null).at(-1), { kind: "end", outcome: "lost" });
  assert.equal(drain.deadlineMs, NEVER);
});
