import assert from "node:assert/strict";
import test from "node:test";
import { printable } from "../../../src/core/printable.ts";

test("ordinary text of any language stays as it is", () => {
  for (const text of ["", "eth0: 10.0.0.1/24", "Schnittstelle fährt hoch", "日本語 🎉", 'a\\b"c'])
    assert.equal(printable(text), text);
});

test("what a terminal would obey is shown instead", () => {
  for (const [text, shown] of [
    ["\u001b[31mred\u0007", "\\x1b[31mred\\x07"],
    ["one\ntwo\r\tthree", "one\\ntwo\\r\\tthree"],
    ["\u0000\u007f", "\\x00\\x7f"],
    ["\u009b31m", "\\x9b31m"], // CSI as one character
    ["admin\u202egpj.exe", "admin\\u202egpj.exe"], // direction override
    ["a\u2028b", "a\\u2028b"],
    ["\ud800", "\\ud800"], // half of a pair
  ] as const) {
    assert.equal(printable(text), shown);
  }
});
