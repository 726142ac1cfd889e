import assert from "node:assert/strict";
import { test } from "node:test";
import { matches } from "../../../src/io/pattern-match.ts";

test("a pattern matches or does not", () => {
  assert.equal(matches(/b$/, "ab", 60_000), true);
  assert.equal(matches(/^b/, "ab", 60_000), false);
});

test("one that would take ages on such a text is stopped", () => {
  assert.equal(matches(/^(a+)+$/, `${"a".repeat(60_000)}b`, 20), undefined);
  assert.equal(matches(/a.*b.*c/, "ab".repeat(32_000), 20), undefined);
});
