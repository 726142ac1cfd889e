import assert from "node:assert/strict";
import { test } from "node:test";
import { accepted } from "../../../../src/commands/check/accepted.ts";
import { UsageError } from "../../../../src/core/errors.ts";

test("a reason is thrown for the frame to put the option before it", () => {
  assert.equal(accepted<number>(5), 5);
  assert.throws(() => accepted<number>("is none"), UsageError);
});
