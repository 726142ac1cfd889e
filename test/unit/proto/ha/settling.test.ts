/** A change counts when it has lasted for its delay, and one that goes back before leaves no trace. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Settling } from "../../../../src/proto/ha/settling.ts";
import { NEVER } from "../../../../src/proto/machine.ts";

const seen = (isUp: boolean) => ({ kind: "seen", isUp }) as const;
const EXPIRED = { kind: "timer-expired" } as const;
const settled = (isUp: boolean) => [{ kind: "settled", isUp }];

test("what is seen first counts at once", () => {
  const link = new Settling({ upMs: 1000, downMs: 2000 });
  assert.deepEqual(link.handle(seen(true), 0), settled(true));
  assert.equal(link.deadlineMs, NEVER);
});

test("each way has a delay of its own, from the first sight of the change", () => {
  const link = new Settling({ upMs: 1000, downMs: 2000 }, true);
  assert.deepEqual(link.handle(seen(false), 100), []);
  assert.deepEqual(link.handle(seen(false), 900), []);
  assert.equal(link.deadlineMs, 2100);
  assert.deepEqual(link.handle(EXPIRED, 2099), []);
  assert.deepEqual(link.handle(EXPIRED, 2100), settled(false));
  assert.deepEqual(link.handle(seen(true), 3000), []);
  assert.deepEqual(link.handle(EXPIRED, 4000), settled(true));
  assert.equal(link.deadlineMs, NEVER);
});

test("what goes back in time has not been", () => {
  const link = new Settling({ upMs: 0, downMs: 2000 }, true);
  link.handle(seen(false), 0);
  assert.deepEqual(link.handle(seen(true), 1999), []);
  assert.deepEqual(link.handle(EXPIRED, 2000), []);
  assert.deepEqual(link.handle(seen(false), 3000), []);
  assert.equal(link.deadlineMs, 5000);
});

test("without a delay a change counts in the same turn", () => {
  const link = new Settling({ upMs: 0, downMs: 0 }, true);
  assert.deepEqual(link.handle(seen(false), 5), settled(false));
  assert.deepEqual(link.handle(seen(true), 5), settled(true));
});
