import assert from "node:assert/strict";
import { test } from "node:test";
import { LossLimit } from "../../../../src/proto/vrrp/loss-limit.ts";

const MINUTE_MS = 60_000;

test("an address is put back so many times in a minute, and the next loss is one too many", () => {
  const limit = new LossLimit({ onLoss: "restore", lossLimit: 3 });
  for (const atMs of [0, 10, 20]) assert.equal(limit.count(atMs), undefined);
  assert.deepEqual(limit.count(30), { times: 4, withinMs: 30 });
  assert.equal(limit.count(40), undefined, "and counting begins anew");
});

test("losses that are rare enough are put back for ever", () => {
  const limit = new LossLimit({ onLoss: "restore", lossLimit: 3 });
  for (let n = 0; n < 100; n++) assert.equal(limit.count((n * MINUTE_MS) / 3), undefined);
});

test("to release or to fail is not to put back even once", () => {
  for (const onLoss of ["release", "fault"] as const) {
    const limit = new LossLimit({ onLoss, lossLimit: 3 });
    assert.deepEqual(limit.count(5), { times: 1, withinMs: 0 });
  }
});
