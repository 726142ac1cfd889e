import assert from "node:assert/strict";
import { test } from "node:test";
import { parseKeyFile } from "../../../src/core/key-file.ts";
import { toHex } from "../../support/packets.ts";

const SECRET = "a secret: of # thirty-two bytes.";

test("a key is its ID and text or hex, between comments and blank lines", () => {
  const hex = "0F".repeat(64);
  const parsed = parseKeyFile(`# keys\n\n  1:${SECRET}\r\n255:hex:${hex}\n#3:${SECRET}`);
  assert.ok(parsed.ok);
  assert.deepEqual(
    parsed.keys.map(({ id, secret }) => [id, toHex(secret)]),
    [
      [1, toHex(new TextEncoder().encode(SECRET))],
      [255, hex.toLowerCase()],
    ],
  );
});

test("what is no key is refused with its line, and never quoted", () => {
  for (const [text, line, reason] of [
    ["", 1, /no key/],
    ["# only this\n", 1, /no key/],
    [SECRET, 1, /form ID:SECRET/],
    [`\n# x\nx:${SECRET}`, 3, /form ID:SECRET/],
    [`0:${SECRET}`, 1, /1\.\.255/],
    [`256:${SECRET}`, 1, /1\.\.255/],
    [`1:${SECRET}\n1:${SECRET}`, 2, /key 1 is there already/],
    ["1:short", 1, /5 bytes: 32 to 64/],
    [`1:${"x".repeat(65)}`, 1, /65 bytes/],
    [`1:hex:${"0f".repeat(31)}`, 1, /31 bytes/],
    [`1:hex:${"0f".repeat(32)}0`, 1, /pairs of hex digits/],
    [`1:hex:${"0g".repeat(32)}`, 1, /pairs of hex digits/],
  ] as const) {
    const parsed = parseKeyFile(text);
    assert.ok(!parsed.ok, text);
    assert.equal(parsed.line, line, text);
    assert.match(parsed.reason, reason);
    assert.ok(!parsed.reason.includes("secret:"));
  }
});
