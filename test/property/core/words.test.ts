import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { splitWords } from "../../../src/core/words.ts";

const anyText = fc.string({ unit: "binary" });

test("words that are quoted in any way come back as they were", () => {
  const single = (word: string) => `'${word.replaceAll("'", "'\\''")}'`;
  const double = (word: string) => `"${word.replace(/["\\]/g, "\\$&")}"`;
  const bare = (word: string) => (word === "" ? "''" : word.replace(/./gsu, "\\$&"));
  const quoting = fc.constantFrom(single, double, bare);
  fc.assert(
    fc.property(fc.array(fc.tuple(anyText, quoting)), (given) => {
      const line = given.map(([word, quote]) => quote(word)).join(" \t");
      assert.deepEqual(splitWords(line), { ok: true, words: given.map(([word]) => word) });
    }),
  );
});

test("any text is either split or refused with a reason", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom("'", '"', "\\", " ", "a", "\n") }), (line) => {
      const split = splitWords(line);
      assert.ok(split.ok || split.reason.length > 0);
    }),
  );
});
