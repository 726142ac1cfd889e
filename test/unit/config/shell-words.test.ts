/** Commands as Debian's keepalived 2.2.7 was seen to execute them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Finding } from "../../../src/config/finding.ts";
import { argvOf, shellWords } from "../../../src/config/shell-words.ts";
import { SourceText } from "../../../src/config/source-text.ts";
import { foundLines } from "../../support/conf.ts";

function command(line: string) {
  const findings: Finding[] = [];
  const report = (one: Finding) => void findings.push(one);
  const text = SourceText.ofLine({ path: "a", lines: [line], includedFrom: null }, 1);
  const [word, ...more] = shellWords(text, report);
  const argv = word === undefined ? [] : argvOf(word, report).map(({ text }) => text);
  return { argv, more: more.map((one) => one.text), found: foundLines(findings) };
}

const runs = (line: string, ...argv: string[]): void =>
  assert.deepEqual(command(line), { argv, more: [], found: [] });

test("the command is one word, taken apart once more", () => {
  runs(`"/x 'a b' c"`, "/x", "a b", "c");
  runs(`'/x a\\\\ b "c"'`, "/x", "a b", "c");
  runs(`/x\\ a\\\\\\ b`, "/x", "a b");
  runs(`"/x '' a''b 'c'd"`, "/x", "", "ab", "cd");
  runs('"/x a\tb  c "', "/x", "a", "b", "c");
  assert.deepEqual(command(`"/x a" user group`).more, ["user", "group"]);
});

test("what touches is one word", () => {
  runs(`"/x a"'" b"c'`, "/x", "a bc");
});

test("escapes count both times", () => {
  runs(`"/x a\\\\x41 b\\\\\\\\c \\"d e\\""`, "/x", "aA", "b\\c", "d e");
  runs(`"/x \\cA \\x4142 \\x4g \\0101 \\8 z"`, "/x", "\x01", "B", "\x04g", "\b1", "8", "z");
  runs(`"\\\\a\\\\b\\\\E\\\\f\\\\n\\\\r\\\\t\\\\v"`, "\x07\b\x1b\f\n\r\t\v");
  runs("x\\", "x\\");
});

test("a single quote that nothing closes is told, a double one was before", () => {
  assert.deepEqual(command("'/x a").found, ["a:1:1 vk110 nothing closes this '"]);
  assert.deepEqual(command('"/x a').found, []);
  assert.deepEqual(command(`"/x 'a"`).found, [
    "a:1:1 vk110 nothing closes a ' inside this command",
  ]);
});
