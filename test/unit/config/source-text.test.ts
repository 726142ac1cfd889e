/** A text knows where its characters are written, through slices, joins and expansions. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { formatPlace } from "../../../src/config/place.ts";
import { SourceText } from "../../../src/config/source-text.ts";

const file = { path: "a", lines: ["abcdef", "0123456789"], includedFrom: null };
const first = SourceText.ofLine(file, 1);
const second = SourceText.ofLine(file, 2);
const at = (text: SourceText, from: number, to: number): string => {
  const { place, length } = text.spanOf(from, to);
  const written = place.definedAt === null ? "" : ` from ${formatPlace(place.definedAt)}`;
  return `${formatPlace(place)}+${length}${written}`;
};

test("a slice of a slice stands where it is written", () => {
  const text = first.slice(1, 5).slice(1, 3);
  assert.equal(text.text, "cd");
  assert.equal(at(text, 0, 2), "a:1:3+2");
  assert.equal(at(text, 2, 2), "a:1:5+0");
});

test("joined slices keep their places, whatever stands between them", () => {
  const text = SourceText.concat([first.slice(4), first.slice(0, 0), second.slice(2, 4)]);
  assert.equal(text.text, "ef23");
  assert.equal(at(text, 1, 2), "a:1:6+1");
  assert.equal(at(text.slice(2), 0, 2), "a:2:3+2");
  assert.equal(at(text, 0, 4), "a:1:5+1"); // over two lines: where it begins
});

test("what was expanded stands for all of its text, which knows where it is defined", () => {
  const use = second.spanOf(3, 6);
  const text = SourceText.concat([second.slice(0, 3), SourceText.standingFor(first, use)]);
  assert.equal(text.text, "012abcdef");
  assert.equal(at(text, 4, 6), "a:2:4+3 from a:1:2");
  assert.equal(at(text, 1, 9), "a:2:2+5");
  assert.equal(at(text.slice(5), 4, 4), "a:2:7+0 from a:1:7");
});

test("of an expansion inside another findings point to the outer use", () => {
  const inner = SourceText.standingFor("x", first.spanOf(0, 2));
  const outer = SourceText.standingFor(inner, second.spanOf(5, 7));
  assert.equal(at(outer, 0, 1), "a:2:6+2 from a:1:1");
});
