import assert from "node:assert/strict";
import { test } from "node:test";
import { triesOf } from "../../../../src/commands/check/tries.ts";
import { UsageError } from "../../../../src/core/errors.ts";

const ARGS = { timeout: 3000, retry: 2, "retry-delay": 200, concurrency: 256 };

test("there are no more workers than targets, and no try without time", () => {
  assert.equal(triesOf(ARGS, 3).concurrency, 3);
  assert.equal(triesOf(ARGS, 1000).concurrency, 256);
  assert.throws(() => triesOf({ ...ARGS, timeout: 0 }, 3), UsageError);
});
