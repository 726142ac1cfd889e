import assert from "node:assert/strict";
import { test } from "node:test";
import { sleep } from "../../../../src/app/check/sleep.ts";
import { FakeClock } from "../../../support/fake-clock.ts";

test("it ends at its time", async () => {
  const clock = new FakeClock();
  const slept = sleep(clock.nowMs() + 50, clock, new AbortController().signal).then(() =>
    clock.nowMs(),
  );
  const wokenMs = clock.nowMs() + 50;
  await clock.pass(100);
  assert.equal(await slept, wokenMs);
});

test("it ends at once when nobody wants it any more, and leaves no timer", async () => {
  const clock = new FakeClock();
  const stop = new AbortController();
  const slept = sleep(clock.nowMs() + 50, clock, stop.signal);
  stop.abort();
  await assert.rejects(slept, (error) => error === stop.signal.reason);
  await assert.rejects(sleep(0, clock, stop.signal), (error) => error === stop.signal.reason);
  assert.equal(clock.pending, 0);
});
