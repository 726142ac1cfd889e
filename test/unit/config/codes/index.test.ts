/** Codes of findings are for ever: each is one kind, and stands in the file of its range. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { KINDS } from "../../../../src/config/codes/index.ts";
import { sourceFiles } from "../../../support/sources.ts";

test("a code is of one kind", () => {
  const codes = KINDS.map(({ code }) => code);
  for (const [index, code] of codes.entries()) assert.ok((codes[index - 1] ?? "") < code, code);
});

test("each file has its range, says which, and all of it is in the list", () => {
  const left = new Set(KINDS.map(({ code }) => code));
  for (const { path, text } of sourceFiles("src/config/codes", ".ts")) {
    if (path.endsWith("/index.ts")) continue;
    const [, first = "", last = ""] = /^\/\*\* (vk\d{3}) to (vk\d{3}): /.exec(text) ?? [];
    const written = [...text.matchAll(/code: "(vk\d+)"/g)].map(([, code = ""]) => code);
    for (const code of written) {
      assert.ok(first <= code && code <= last, `${code} in ${path}`);
      assert.ok(left.delete(code), `${code} of ${path}`);
    }
  }
  assert.deepEqual([...left], []);
});

test("each kind is explained in sentences", () => {
  for (const { code, title, explains } of KINDS) {
    assert.match(title, /^[a-z{}~A-Z][^\n]*[^.]$/, code);
    assert.match(explains, /^[^\n]*\.$/, code);
  }
});
