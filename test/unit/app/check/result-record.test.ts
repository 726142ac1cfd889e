import assert from "node:assert/strict";
import { test } from "node:test";
import { resultRecord } from "../../../../src/app/check/result-record.ts";
import { good, resultOf } from "../../../support/checks.ts";

test("a result has the keys of a change, null where nothing changed", () => {
  const result = resultOf(good, { totalMs: 1.23456 });
  const change = { from: "down", to: "up", lastedMs: 5.00049, outageMs: 7.5 } as const;
  const [plain, changed] = [undefined, change].map((it) =>
    resultRecord("tcp", "a:1", result, it, 0),
  );
  assert.ok(plain && changed);
  assert.deepEqual(Object.keys(plain), Object.keys(changed));
  assert.deepEqual(
    [plain.type, plain.from, plain.outage_ms, plain.total_ms],
    ["result", null, null, 1.235],
  );
  assert.deepEqual(
    [changed.type, changed.from, changed.to, changed.lasted_ms, changed.outage_ms],
    ["change", "down", "up", 5, 7.5],
  );
  assert.equal(plain.time, "1970-01-01T00:00:00.000000Z");
});
