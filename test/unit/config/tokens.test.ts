/** Comments, words and quotes, as Debian's keepalived 2.2.7 was seen to take them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { readSmall } from "../../support/conf.ts";

const reads = (text: string, ...written: string[]): void => {
  const read = readSmall(text);
  assert.deepEqual(read.written, written);
  const others = read.found.filter((line) => !line.includes("vk127")); // comment.test.ts
  assert.deepEqual(others, []);
};

test("# and ! begin a comment outside quotes, also in the middle of a word", () => {
  reads("a b#c\n! d\n#\ne!f", "a b", "e");
  reads('a "b # c" ! d', 'a "b # c"');
});

test("a backslash protects # and !, outside quotes it goes", () => {
  reads("a\\#b c\\!d", "a#b c!d");
  reads('a "b\\#c"', 'a "b\\#c"');
  reads("a \\\\#c", "a \\\\");
});

test("a quote begins a word in the middle of another, and the next quote ends it", () => {
  reads('x "a b"c d', 'x "a b" c d');
  reads('x y"z w"', 'x y "z w"');
  reads('x "" q', 'x "" q');
  reads("x 'q r'", "x 'q r'");
});

test("blanks are those of C", () => {
  reads("a\tb\rc\fd\ve\u3164f", "a b c d e\u3164f");
});

test("a quote that nothing closes is told where it stands, once", () => {
  assert.deepEqual(readSmall('a "b # c\nd').found, ['a.conf:1:3 vk110 nothing closes this "']);
  assert.deepEqual(readSmall('a "b" c"').found, ['a.conf:1:8 vk110 nothing closes this "']);
  // Escaped for the one of keepalived's two rules, not for the other.
  assert.deepEqual(readSmall('a b\\"c').found, ['a.conf:1:5 vk110 nothing closes this "']);
});

test("each word knows its place, quotes included", () => {
  const { statements } = readSmall('  a "b c"# d');
  const spans = statements[0]?.words.map(({ span }) => [span.place.column, span.length]);
  assert.deepEqual(spans, [
    [3, 1],
    [5, 5],
  ]);
  assert.equal(statements[0]?.text.text, 'a "b c"');
});
