import assert from "node:assert/strict";
import { test } from "node:test";
import { byteRange, byteSize } from "../../../../src/commands/check/byte-size.ts";

test("sizes have units of 1024", () => {
  assert.deepEqual(["0", "512", "64K", "16m", "1G"].map(byteSize), [
    0,
    512,
    65_536,
    1 << 24,
    2 ** 30,
  ]);
  for (const text of ["", "K", "1T", "-1", "1.5K", "9999999G"]) assert.throws(() => byteSize(text));
});

test("a range may be open at one end", () => {
  assert.deepEqual(byteRange("1-2K"), { minBytes: 1, maxBytes: 2048 });
  assert.deepEqual(byteRange("5"), { minBytes: 5, maxBytes: 5 });
  assert.deepEqual(byteRange("5-"), { minBytes: 5, maxBytes: Number.POSITIVE_INFINITY });
  assert.deepEqual(byteRange("-5"), { minBytes: 0, maxBytes: 5 });
  for (const text of ["-", "2-1", "1-2-3"]) assert.throws(() => byteRange(text), text);
});
