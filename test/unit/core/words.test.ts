import assert from "node:assert/strict";
import test from "node:test";
import { splitWords } from "../../../src/core/words.ts";

test("a command line is split as a shell would split it, and nothing is expanded", () => {
  for (const [line, words] of [
    ["", []],
    ["  \t\n ", []],
    ["/bin/notify MASTER", ["/bin/notify", "MASTER"]],
    ["  a   b ", ["a", "b"]],
    ["'a b' \"c d\"", ["a b", "c d"]],
    ["a'b'\"c\"d", ["abcd"]],
    ["'' \"\"", ["", ""]],
    ["a\\ b \\'", ["a b", "'"]],
    ["'a\\b'", ["a\\b"]],
    ['"a\\"b" "a\\\\b" "a\\nb"', ['a"b', "a\\b", "a\\nb"]],
    ["$HOME `id` *.txt ; | &", ["$HOME", "`id`", "*.txt", ";", "|", "&"]],
    ['"it\'s" \'say "x"\'', ["it's", 'say "x"']],
  ] as const) {
    assert.deepEqual(splitWords(line), { ok: true, words }, line);
  }
});

test("a quote that is not closed and a lone backslash are faults with their reason", () => {
  for (const [line, reason] of [
    ["a 'b", "has no closing '"],
    ['a "b', 'has no closing "'],
    ['"a\\"', 'has no closing "'],
    ["a \\", "ends with a lone backslash"],
  ] as const) {
    assert.deepEqual(splitWords(line), { ok: false, reason }, line);
  }
});
