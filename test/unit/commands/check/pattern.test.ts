import assert from "node:assert/strict";
import { test } from "node:test";
import { pattern, unicodePattern } from "../../../../src/commands/check/pattern.ts";

test("a regular expression, or why it is none", () => {
  assert.ok(pattern("^2\\d\\d").test("220"));
  for (const read of [pattern, unicodePattern])
    assert.throws(() => read("("), {
      name: "UsageError",
      message: /^is no regular expression: .*Unterminated group/,
    });
});

test("a character beyond 16 bits is one where it is said so, and needless escapes are not", () => {
  assert.ok(unicodePattern("^.$").test("\u{1f600}"));
  assert.ok(pattern("a\\-b").test("a-b"));
  assert.throws(() => unicodePattern("a\\-b"), { name: "UsageError" });
});
