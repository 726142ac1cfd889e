/** Whether bytes are as they should be. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  findPattern,
  type Pattern,
  parseMasked,
  parsePattern,
} from "../../../src/core/byte-pattern.ts";

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const of = (text: string): Pattern => good(parsePattern(text));
const masked = (text: string): Pattern => good(parseMasked(text));

function good(parsed: Pattern | string): Pattern {
  assert.notEqual(typeof parsed, "string");
  return parsed as Pattern;
}

test("bytes are found wherever they stand, and where their match ends", () => {
  assert.equal(findPattern(of("ab"), utf8("aaab")), 4);
  assert.equal(findPattern(of("hex:0a"), utf8("x\ny")), 2);
  assert.equal(findPattern(of("ab"), utf8("a")), undefined);
  assert.equal(findPattern(of("ab"), utf8("")), undefined);
});

test("a regular expression goes by lines and by UTF-8", () => {
  assert.equal(findPattern(of("re:^220 .*$"), utf8("500 no\n220 \u00fc\nx")), 13);
  assert.equal(findPattern(of("re:^x"), utf8("yx")), undefined);
  // A byte that is no UTF-8 is told as three: the end stays within what there is.
  assert.equal(findPattern(of("re:.$"), Uint8Array.of(0xff)), 1);
});

test("a mask counts from the begin, nibble by nibble", () => {
  const pattern = masked("0a xb CX");
  assert.equal(findPattern(pattern, Uint8Array.of(0x0a, 0x3b, 0xc9, 7)), 3);
  assert.equal(findPattern(pattern, Uint8Array.of(0x0a, 0x3c, 0xc9)), undefined);
  assert.equal(findPattern(pattern, Uint8Array.of(0x0a, 0x3b)), undefined);
  assert.equal(findPattern(masked("xx"), new Uint8Array(0)), undefined);
});

test("what is no pattern says why", () => {
  assert.match(`${parsePattern("re:(")}`, /no regular expression/);
  assert.match(`${parsePattern("")}`, /empty/);
  assert.match(`${parsePattern("hex:0")}`, /pairs/);
  for (const text of ["", "0", "0y"]) assert.match(`${parseMasked(text)}`, /pairs/);
});
