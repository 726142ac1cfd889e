/** Shell patterns: what a name has to be like. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { matchesGlob } from "../../../src/core/glob.ts";

const matched = (pattern: string, ...names: string[]): string[] =>
  names.filter((name) => matchesGlob(name, pattern));

test("* is any text, ? one character, [...] one of several", () => {
  assert.deepEqual(matched("*.conf", "a.conf", ".conf", "a.conf~", ".a.conf"), ["a.conf"]);
  assert.deepEqual(matched("a*b*", "ab", "axbx", "ba", "a"), ["ab", "axbx"]);
  assert.deepEqual(matched("a?", "ab", "a", "abc"), ["ab"]);
  assert.deepEqual(matched("[a-cx]", "a", "c", "d", "x", "-"), ["a", "c", "x"]);
  assert.deepEqual(matched("[!a-c]", "a", "d"), ["d"]);
  assert.deepEqual(matched("[]a]", "]", "a", "b"), ["]", "a"]);
});

test("a backslash takes the meaning away, an unclosed [ has none", () => {
  assert.deepEqual(matched("\\*", "*", "a"), ["*"]);
  assert.deepEqual(matched("[a", "[a", "a"), ["[a"]);
});

test("a leading dot is matched by a dot alone", () => {
  assert.deepEqual(matched(".*", ".a", "a"), [".a"]);
  assert.deepEqual(matched("[.]a", ".a"), []);
});

test("many stars do not take for ever", () => {
  assert.equal(matchesGlob("a".repeat(255), `${"*a".repeat(400)}b`), false);
});
