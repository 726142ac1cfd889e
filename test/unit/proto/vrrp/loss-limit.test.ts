import assert from "node:assert/strict";
import { test } from "node:test";
import { LossLimit } from "../../../../src/proto/vrrp/loss-limit.ts";

const MINUTE_MS = 60_000;
const VIP = ["10.0.0.100"];

test("an address is put back so many times in a minute, and the next loss is one too many", () => {
  const limit = new LossLimit({ onLoss: "restore", lossLimit: 3 });
  for (const atMs of [0, 10, 20]) assert.equal(limit.count(VIP, atMs), undefined);
  assert.deepEqual(limit.count(VIP, 30), { address: "10.0.0.100", times: 4, withinMs: 30 });
  assert.equal(limit.count(VIP, 40), undefined, "and counting begins anew");
});

test("losses that are rare enough are put back for ever", () => {
  const limit = new LossLimit({ onLoss: "restore", lossLimit: 3 });
  for (let n = 0; n < 100; n++) assert.equal(limit.count(VIP, (n * MINUTE_MS) / 3), undefined);
});

test("many addresses that are taken one after the other are one loss of each", () => {
  const limit = new LossLimit({ onLoss: "restore", lossLimit: 2 });
  for (let n = 0; n < 50; n++) assert.equal(limit.count([`10.0.1.${n}`], n), undefined);
  assert.equal(limit.count(["10.0.1.7", "10.0.1.8"], 100), undefined);
  const excess = limit.count(["10.0.1.9", "10.0.1.8"], 200);
  assert.deepEqual(excess, { address: "10.0.1.8", times: 3, withinMs: 192 });
});

test("to release or to fail is not to put back even once", () => {
  for (const onLoss of ["release", "fault"] as const) {
    const limit = new LossLimit({ onLoss, lossLimit: 3 });
    assert.deepEqual(limit.count(VIP, 5), { address: "10.0.0.100", times: 1, withinMs: 0 });
  }
});
