import assert from "node:assert/strict";
import { test } from "node:test";
import { up } from "../../../../src/proto/check/result.ts";
import { Tally } from "../../../../src/proto/check/tally.ts";
import { bad, good, lost, resultOf } from "../../../support/checks.ts";

test("times are those of good results alone", () => {
  const tally = new Tally();
  for (const totalMs of [2, 4, 6]) tally.note(resultOf(good, { totalMs }));
  tally.note(resultOf(bad, { totalMs: 3000 }));
  assert.deepEqual(
    { ...tally.times, p95Ms: undefined },
    { minMs: 2, avgMs: 4, maxMs: 6, p95Ms: undefined },
  );
  assert.ok((tally.times?.p95Ms ?? 0) <= 6, "no percentile is beyond the greatest");
  assert.equal(new Tally().times, null);
});

test("a prober that knows the time of the service itself is believed", () => {
  const tally = new Tally();
  tally.note(resultOf(up("L4OK", "reply", { rtt_ms: 0.25 }), { totalMs: 9 }));
  assert.equal(tally.times?.avgMs, 0.25);
});

test("lost are those that we could ask and that were not up", () => {
  const tally = new Tally();
  for (const finding of [good, bad, bad, bad, lost]) tally.note(resultOf(finding));
  assert.equal(tally.lossPct, 75);
  const unasked = new Tally();
  unasked.note(resultOf(lost));
  assert.equal(unasked.lossPct, null, "of none that we could ask, none is lost");
  assert.equal(tally.sent, 5);
});

test("one good result makes it up; without an answer either way nothing is known", () => {
  const tally = new Tally();
  assert.equal(tally.verdict, "unknown");
  for (const [finding, verdict] of [
    [lost, "unknown"],
    [bad, "down"],
    [good, "up"],
    [bad, "up"],
  ] as const) {
    tally.note(resultOf(finding));
    assert.equal(tally.verdict, verdict);
  }
});
