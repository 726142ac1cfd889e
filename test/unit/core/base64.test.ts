import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { formatBase64, parseBase64 } from "../../../src/core/base64.ts";

test("bytes come back from their text, which is that of the RFC", () => {
  assert.equal(formatBase64(new TextEncoder().encode("fooba")), "Zm9vYmE="); // RFC 4648 section 10
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 50 }), (bytes) => {
      assert.deepEqual(parseBase64(formatBase64(bytes)), bytes);
    }),
  );
});

test("what is no base64 is nothing", () => {
  for (const text of ["=", "a", "ab", "abc", "a===", "ab=c", "ab c", "äbcd", "ab-_"])
    assert.equal(parseBase64(text), undefined, text);
});
