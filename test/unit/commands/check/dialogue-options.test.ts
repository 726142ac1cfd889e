import assert from "node:assert/strict";
import { test } from "node:test";
import { word } from "../../../../src/commands/check/dialogue-options.ts";

test("a word has nothing that would end a line", () => {
  assert.equal(word("mon.example.org"), "mon.example.org");
  for (const bad of ["", "a b", "a\r\n", "ä", "x".repeat(256)])
    assert.throws(() => word(bad), { name: "UsageError" }, bad);
});
