import assert from "node:assert/strict";
import { test } from "node:test";
import { verdictOfAll } from "../../../../src/proto/check/verdict-of-all.ts";

test("enough that are up decide it, whatever the others are", () => {
  assert.equal(verdictOfAll({ up: 2, down: 5, unknown: 5 }, 2), "up");
  assert.equal(verdictOfAll({ up: 0, down: 5, unknown: 0 }, 0), "up");
});

test("those that could not be asked make it unknown only where they would decide it", () => {
  assert.equal(verdictOfAll({ up: 1, down: 1, unknown: 1 }, 2), "unknown");
  assert.equal(verdictOfAll({ up: 1, down: 1, unknown: 1 }, 3), "down");
});
