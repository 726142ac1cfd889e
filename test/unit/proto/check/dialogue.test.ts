import assert from "node:assert/strict";
import { test } from "node:test";
import { excerpt } from "../../../../src/proto/check/dialogue.ts";

test("what is quoted fits into a line", () => {
  assert.equal(excerpt("220 mail"), "220 mail");
  assert.equal(excerpt("x".repeat(5000)), `${"x".repeat(100)}...`);
});
