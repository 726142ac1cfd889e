/** Bytes on a command line. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { joinBytes, parseByteText, parseHex } from "../../../src/core/byte-text.ts";

const bytesOf = (text: string): number[] | string => {
  const parsed = parseByteText(text);
  return "bytes" in parsed ? [...parsed.bytes] : parsed.reason;
};

test("escapes are those of C, all else is UTF-8", () => {
  assert.deepEqual(bytesOf("A\\r\\n\\t\\0\\a\\e\\\\"), [65, 13, 10, 9, 0, 7, 27, 92]);
  assert.deepEqual(bytesOf("\\x00\\xFFz"), [0, 255, 122]);
  assert.deepEqual(bytesOf("\u00fc\n"), [0xc3, 0xbc, 10]);
  assert.deepEqual(bytesOf(""), []);
});

test("an escape that is none is refused, at the end too", () => {
  for (const text of ["\\q", "a\\", "\\x4", "\\xgg", "\\\n"])
    assert.match(`${bytesOf(text)}`, /which is none of/, text);
});

test("hex is pairs of digits, with spaces and colons as one likes", () => {
  assert.deepEqual(bytesOf("hex:0a:0B 0c"), [10, 11, 12]);
  assert.deepEqual(bytesOf("hex:"), []);
  for (const text of ["0", "0g", "0x"]) assert.ok("reason" in parseHex(text), text);
});

test("parts are joined in their order", () => {
  assert.deepEqual(
    [...joinBytes([Uint8Array.of(1), Uint8Array.of(), Uint8Array.of(2, 3)])],
    [1, 2, 3],
  );
});
