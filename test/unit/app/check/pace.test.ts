/** How many begin in one turn. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Pace } from "../../../../src/app/check/pace.ts";
import { FakeClock } from "../../../support/fake-clock.ts";

test("so many begin at once, the others in the next turns", async () => {
  const clock = new FakeClock();
  const pace = new Pace(clock, new AbortController().signal);
  let begun = 0;
  const all = Array.from({ length: 150 }, async () => {
    await pace.next();
    begun += 1;
  });
  await Promise.resolve();
  assert.equal(begun, 64);
  await clock.pass(0);
  await Promise.all(all);
  assert.equal(begun, 150);
  assert.equal(clock.pending, 0);
});

test("who waits is let go when nobody wants it any more", async () => {
  const stop = new AbortController();
  const pace = new Pace(new FakeClock(), stop.signal);
  const all = Array.from({ length: 65 }, () => pace.next());
  stop.abort(new Error("enough"));
  await assert.rejects(Promise.all(all), { message: "enough" });
});
