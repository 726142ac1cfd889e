import assert from "node:assert/strict";
import { test } from "node:test";
import { neededOf } from "../../../../src/app/check/quota.ts";

test("all are needed where nothing is said; a share is rounded up", () => {
  assert.equal(neededOf(undefined, 7), 7);
  assert.equal(neededOf({ number: 3, isPercent: false }, 7), 3);
  assert.equal(neededOf({ number: 50, isPercent: true }, 7), 4);
  assert.equal(neededOf({ number: 100, isPercent: true }, 7), 7);
});
