/** Findings on a terminal: the caret stands under what is meant, whatever the line holds. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { findingCounts, findingText } from "../../../../src/commands/ha/finding-text.ts";
import { UNKNOWN_KEYWORD, UNUSED_WORDS } from "../../../../src/config/codes/words.ts";
import { type Finding, finding } from "../../../../src/config/finding.ts";
import type { Place, SourceFile } from "../../../../src/config/place.ts";

const plain = (text: string): string => text;
const PAINT = { red: plain, green: plain, yellow: plain };

const fileOf = (...lines: string[]): SourceFile => ({ path: "a.conf", lines, includedFrom: null });
const at = (file: SourceFile, line: number, column: number): Place => ({
  file,
  line,
  column,
  definedAt: null,
});
const text = (found: Finding, columns?: number) => findingText(found, PAINT, columns);

test("place, severity, code and message; the line; a caret as long as the word; help", () => {
  const place = at(fileOf("vrrp_instance A {", "\tpriorty 100"), 2, 2);
  const found = finding(UNKNOWN_KEYWORD, { place, length: 7 }, "unknown keyword 'priorty'", {
    help: "write priority",
  });
  assert.deepEqual(text(found), [
    "a.conf:2:2: error[vk103]: unknown keyword 'priorty'",
    "     priorty 100",
    "     ^~~~~~~",
    "  help: write priority",
  ]);
});

test("what is missing has a caret behind the line", () => {
  const place = at(fileOf("priority"), 1, 9);
  assert.equal(text(finding(UNKNOWN_KEYWORD, { place, length: 0 }, "m"))[2], "            ^");
});

test("a terminal obeys nothing of the file, and the caret keeps its place", () => {
  const place = at(fileOf("\u001b[31m x"), 1, 7);
  const [, line, caret] = text(finding(UNKNOWN_KEYWORD, { place, length: 1 }, "m"));
  assert.equal(line, "    \\x1b[31m x");
  assert.equal(caret?.indexOf("^"), line?.indexOf("x", 8));
});

test("a long line is cut around the caret", () => {
  const place = at(fileOf(`${"a".repeat(500)} wrong ${"b".repeat(500)}`), 1, 502);
  const [, line = "", caret = ""] = text(finding(UNKNOWN_KEYWORD, { place, length: 5 }, "m"), 80);
  assert.ok(line.length <= 80);
  assert.equal(line.slice(caret.indexOf("^"), caret.length), "wrong");
});

test("where an expansion is defined and what includes the file is said", () => {
  const main = fileOf("include b.conf");
  const part: SourceFile = { path: "b.conf", lines: ["$X"], includedFrom: at(main, 1, 9) };
  const place = { ...at(part, 1, 1), definedAt: at(main, 7, 1) };
  assert.deepEqual(text(finding(UNKNOWN_KEYWORD, { place, length: 2 }, "m")).slice(-2), [
    "  defined at a.conf:7:1",
    "  included at a.conf:1:9",
  ]);
});

test("the other place of a finding is shown with its line", () => {
  const file = fileOf("priority 1", "priority 2");
  const related = [{ span: { place: at(file, 1, 1), length: 8 }, message: "first here" }];
  const found = finding(UNKNOWN_KEYWORD, { place: at(file, 2, 1), length: 8 }, "m", { related });
  assert.deepEqual(text(found).slice(3), [
    "  a.conf:1:1: first here",
    "    priority 1",
    "    ^~~~~~~~",
  ]);
});

test("counts name each severity that is there", () => {
  const span = { place: at(fileOf("x"), 1, 1), length: 1 };
  const [error, warning] = [UNKNOWN_KEYWORD, UNUSED_WORDS].map((kind) => finding(kind, span, "m"));
  assert.equal(findingCounts([error, error, warning] as Finding[]), "2 errors, 1 warning");
  assert.equal(findingCounts([]), "no findings");
});

test("no password and no key is shown, and the caret stays where it is meant to", () => {
  for (const [line, shown] of [
    ["auth_pass s3cretword", "auth_pass **********"],
    ["auth_pas s3cret", "auth_pas ******"],
    ['  auth_pass "a b" # c', "  auth_pass ***** # c"],
    [
      "authentication { auth_type PASS auth_pass x }",
      "authentication { auth_type PASS auth_pass * }",
    ],
    ["key 1 hex:00ff", "key 1 ********"],
    ["password x", "password *"],
    ["auth_type PASS", "auth_type PASS"],
  ] as const) {
    const place = at(fileOf(line), 1, 1);
    const [, excerpt = ""] = text(finding(UNKNOWN_KEYWORD, { place, length: 1 }, "m"));
    assert.equal(excerpt, `    ${shown}`);
  }
});
