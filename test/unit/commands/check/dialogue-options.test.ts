import assert from "node:assert/strict";
import { test } from "node:test";
import { pattern, word } from "../../../../src/commands/check/dialogue-options.ts";

test("a regular expression, or why it is none", () => {
  assert.ok(pattern("^2\\d\\d").test("220"));
  assert.throws(() => pattern("("), { name: "UsageError", message: /^is no regular expression/ });
});

test("a word has nothing that would end a line", () => {
  assert.equal(word("mon.example.org"), "mon.example.org");
  for (const bad of ["", "a b", "a\r\n", "ä", "x".repeat(256)])
    assert.throws(() => word(bad), { name: "UsageError" }, bad);
});
