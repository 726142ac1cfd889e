/** Edits of findings put into lines: together or not at all, the first where two overlap, nothing else changed. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { UNKNOWN_KEYWORD } from "../../../src/config/codes/words.ts";
import { type Finding, finding } from "../../../src/config/finding.ts";
import { planFixes, rewriteOf } from "../../../src/config/fixes.ts";
import type { SourceFile, Span } from "../../../src/config/place.ts";
import { rewritten, textLines } from "../../../src/config/text-lines.ts";

const TEXT = "a  b # é\r\n\tcd\r\nlast";
const FILE: SourceFile = { path: "a", lines: ["a  b # é", "\tcd", "last"], includedFrom: null };

const span = (line: number, column: number, length: number): Span => ({
  place: { file: FILE, line, column, definedAt: null },
  length,
});
const wants = (...edits: [where: Span, text: string][]): Finding =>
  finding(UNKNOWN_KEYWORD, (edits[0] as [Span, string])[0], "m", {
    edits: edits.map(([where, text]) => ({ span: where, text })),
  });

function fixed(...findings: Finding[]) {
  const lines = textLines(new TextEncoder().encode(TEXT));
  const { edits, left } = planFixes(findings);
  const rewrite = rewriteOf(lines, edits.get("a") ?? []) ?? assert.fail();
  return { text: new TextDecoder().decode(rewritten(lines, rewrite)), left: left.length };
}

test("words are replaced, all else stays, line ends too", () => {
  const { text } = fixed(wants([span(1, 4, 1), "new"]), wants([span(2, 2, 2), "e"]));
  assert.equal(text, "a  new # é\r\n\te\r\nlast");
});

test("several edits of one line keep their places", () => {
  const { text } = fixed(
    wants([span(1, 1, 1), "long"], [span(1, 4, 1), ""]),
    wants([span(1, 8, 1), "e"]),
  );
  assert.equal(text, "long   # e\r\n\tcd\r\nlast");
});

test("what nothing is left of is no line any more; a length of 0 inserts", () => {
  const { text } = fixed(wants([span(2, 2, 2), ""], [span(3, 1, 0), "cd\n"]));
  assert.equal(text, "a  b # é\r\ncd\r\nlast");
});

test("of findings that overlap the first is fixed, and of the second nothing", () => {
  const { text, left } = fixed(
    wants([span(1, 1, 4), "x"]),
    wants([span(2, 2, 1), "y"], [span(1, 4, 1), "z"]),
  );
  assert.equal(text, "x # é\r\n\tcd\r\nlast");
  assert.equal(left, 1);
  assert.equal(fixed(wants([span(1, 2, 0), "x"]), wants([span(1, 2, 0), "y"])).left, 1);
  assert.equal(fixed(wants([span(1, 1, 1), "x"]), wants([span(1, 2, 1), "y"])).left, 0);
});

test("what came out of a definition is left to a person", () => {
  const { place } = span(1, 1, 1);
  const expanded = { place: { ...place, definedAt: place }, length: 1 };
  const { text, left } = fixed(wants([expanded, "x"]));
  assert.equal(text, TEXT);
  assert.equal(left, 0);
});

test("a line that is another one now is not touched", () => {
  const [edit] = wants([span(1, 1, 1), "x"]).edits;
  assert.equal(rewriteOf(["other\n"], [edit as NonNullable<typeof edit>]), undefined);
});

test("lines come in at one place in the order of their findings, with the ends that the file has", () => {
  const { text, left } = fixed(
    wants([span(2, 1, 0), "one\n"]),
    wants([span(2, 1, 0), "two\nthree\n"], [span(2, 1, 3), ""]),
  );
  assert.equal(text, "a  b # é\r\none\r\n\tcd\r\nlast");
  assert.equal(left, 1);
  const both = fixed(wants([span(2, 1, 0), "one\n"]), wants([span(2, 1, 0), "two\nthree\n"]));
  assert.equal(both.text, "a  b # é\r\none\r\ntwo\r\nthree\r\n\tcd\r\nlast");
});
