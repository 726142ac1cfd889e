import assert from "node:assert/strict";
import { test } from "node:test";
import { differingKeys, isSameValue, valueKey } from "../../../src/core/same-value.ts";

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
  assert.ok(!isSameValue({}, { a: null }));
  assert.ok(!isSameValue(new Uint8Array([1, 2]), new Uint8Array([1, 3])));
  assert.ok(!isSameValue(new Uint8Array([1]), new Uint8Array([1, 0])));
  assert.ok(!isSameValue(new Map([["a", [1]]]), new Map([["a", [2]]])));
  assert.ok(!isSameValue("1", 1));
  assert.ok(isSameValue(/a/i, /a/i));
  assert.ok(!isSameValue(/a/i, /b/i));
});

test("a text stands for all that a value says", () => {
  const value = (ip: Uint8Array, want: RegExp) => valueKey({ ip, want, no: undefined });
  const key = value(new Uint8Array([1, 2]), /a/i);
  assert.equal(value(Buffer.from([1, 2]), /a/i), key);
  assert.notEqual(value(new Uint8Array([1, 3]), /a/i), key);
  assert.notEqual(value(new Uint8Array([1, 2]), /a/), key);
  assert.notEqual(valueKey("1"), valueKey(1));
});

test("where two objects differ", () => {
  assert.deepEqual(differingKeys<object>({ a: [1], b: 2, c: 3 }, { a: [1], b: 3, d: 4 }), [
    "b",
    "c",
    "d",
  ]);
});
