import assert from "node:assert/strict";
import { test } from "node:test";
import { pause } from "../../../src/app/pause.ts";
import { FakeClock } from "../../support/fake-clock.ts";

test("time passes, and no timer is left", async () => {
  const clock = new FakeClock();
  const waiting = pause(clock, 50, new AbortController().signal);
  assert.equal(clock.pending, 1);
  await clock.passUntil(waiting);
  assert.equal(clock.pending, 0);
});

test("who is stopped, or was before, waits no longer", async () => {
  const clock = new FakeClock();
  const stop = new AbortController();
  const waiting = pause(clock, 50, stop.signal);
  stop.abort();
  await Promise.all([waiting, pause(clock, 50, stop.signal)]);
  assert.equal(clock.pending, 0);
});
