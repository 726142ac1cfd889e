/** Lines of any bytes, and the same bytes again. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { hasEscapes, rewritten, splitEnd, textLines } from "../../../src/config/text-lines.ts";

const bytes = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));

test("lines have their ends", () => {
  assert.deepEqual(textLines(bytes("a\r\n\nb")), ["a\r\n", "\n", "b"]);
  assert.deepEqual(textLines(bytes("")), []);
  assert.deepEqual(splitEnd("a\r\r\n"), { text: "a", end: "\r\r\n" });
  assert.deepEqual(splitEnd("a"), { text: "a", end: "" });
});

test("bytes that are no UTF-8 stay what they are, beside lines of UTF-8", () => {
  const given = bytes("\xc3\xa9 a\n\xe9 b\n\xff\xc3\xa9\n");
  const lines = textLines(given);
  assert.deepEqual(lines.map(hasEscapes), [false, true, true]);
  assert.equal(lines[0], "é a\n");
  assert.deepEqual(rewritten(lines, new Map()), given);
  const changed = rewritten(lines, new Map([[2, [(lines[1] as string).replace("b", "é")]]]));
  assert.deepEqual(changed, bytes("\xc3\xa9 a\n\xe9 \xc3\xa9\n\xff\xc3\xa9\n"));
});

test("a byte order mark stays", () => {
  const given = bytes("\xef\xbb\xbfa\n");
  assert.deepEqual(rewritten(textLines(given), new Map()), given);
});
