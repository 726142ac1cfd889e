/** Quotes, dashes and blanks of web pages: told where keepalived takes them for letters, and not where they are text. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { readSmall } from "../../support/conf.ts";

/** `column U+2014` and what is meant. */
const told = (text: string): string[] =>
  readSmall(text).findings.map(
    ({ span, message, help }) =>
      `${span.place.column} ${/U\+\w+/.exec(message)?.[0]} ${help?.replace("write ", "")}`,
  );

test("each character that looks like another one is told with what is meant", () => {
  assert.deepEqual(told("a \u201cb\u201d"), ['3 U+201C the quote "']);
  assert.deepEqual(told("a \u2018b\u2019"), ["3 U+2018 the quote \" or '"]);
  assert.deepEqual(told("weight \u20132"), ["8 U+2013 the hyphen -"]);
  assert.deepEqual(told("a\u00a0b"), ["2 U+00A0 a plain blank"]);
  assert.deepEqual(told("a b\u200b"), ["4 U+200B nothing"]);
  assert.deepEqual(told("a \uff5b"), ["3 U+FF5B { or }"]);
});

test("it is told once for a line, of live text alone", () => {
  assert.equal(told("a \u201cb\u201d \u201cc\u201d").length, 1);
  assert.deepEqual(told("a b # it\u2019s \u201cgood\u201d"), []);
  assert.deepEqual(told('a "it\u2019s good" b'), []);
});

test("names may have any letter, and a dash within", () => {
  assert.deepEqual(told("a Z\u00fcrich\u2013West \u4e2d\u6587"), []);
});
