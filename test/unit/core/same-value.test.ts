import assert from "node:assert/strict";
import { test } from "node:test";
import { differingKeys, isSameValue } from "../../../src/core/same-value.ts";

test("bytes, lists and objects are the same by what they hold, from whichever process they come", () => {
  assert.ok(
    isSameValue(
      { ip: Buffer.from([1, 2]), list: [{}] },
      { ip: new Uint8Array([1, 2]), list: [{}] },
    ),
  );
  assert.ok(isSameValue({ a: undefined }, {}));
  assert.ok(isSameValue(Number.NaN, Number.NaN));
  assert.ok(!isSameValue([1, 2], [1]));
  assert.ok(!isSameValue({ a: null }, {}));
  assert.ok(!isSameValue("1", 1));
  assert.ok(isSameValue(/a/i, /a/i));
  assert.ok(!isSameValue(/a/i, /b/i));
});

test("where two objects differ", () => {
  assert.deepEqual(differingKeys<object>({ a: [1], b: 2, c: 3 }, { a: [1], b: 3, d: 4 }), [
    "b",
    "c",
    "d",
  ]);
});
