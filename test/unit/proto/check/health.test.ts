import assert from "node:assert/strict";
import { test } from "node:test";
import { Health, type HealthPolicy } from "../../../../src/proto/check/health.ts";

const POLICY: HealthPolicy = {
  rise: 2,
  fall: 3,
  intervalMs: 1000,
  fastIntervalMs: 100,
  downIntervalMs: 5000,
  jitterShare: 0.1,
};

test("the first result decides at once, in either direction", () => {
  for (const verdict of ["up", "down"] as const) {
    const health = new Health(POLICY, 0);
    assert.deepEqual(health.note(verdict, 5), { from: "unknown", to: verdict, lastedMs: 5 });
    assert.equal(health.state, verdict);
  }
});

test("only so many contrary results in a row turn it, and a good one between begins anew", () => {
  const health = new Health(POLICY, 0);
  health.note("up", 0);
  for (const verdict of ["down", "down", "up", "down", "down"] as const)
    assert.equal(health.note(verdict, 10), undefined);
  assert.deepEqual(health.note("down", 20), { from: "up", to: "down", lastedMs: 20 });
  assert.equal(health.note("up", 30), undefined);
  assert.deepEqual(health.note("up", 45), { from: "down", to: "up", lastedMs: 25 });
});

test("what could not be found out neither turns it nor breaks a row", () => {
  const health = new Health({ ...POLICY, fall: 2 }, 0);
  health.note("up", 0);
  health.note("down", 1);
  assert.equal(health.note("unknown", 2), undefined);
  assert.equal(health.note("down", 3)?.to, "down");
});

test("it is asked faster while results contradict the state, at its own pace while down", () => {
  const health = new Health(POLICY, 0);
  health.note("up", 0);
  assert.equal(health.nextMs(0.5), 1000);
  health.note("down", 0);
  assert.equal(health.nextMs(0.5), 100);
  health.note("down", 0);
  health.note("down", 0);
  assert.equal(health.nextMs(0.5), 5000);
});

test("jitter makes an interval shorter and longer by its share at most", () => {
  const health = new Health(POLICY, 0);
  assert.deepEqual([health.nextMs(0), health.nextMs(1)], [900, 1100]);
});
