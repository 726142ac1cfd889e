/** Codes of findings are for ever: each is one kind, and stands in the file of its hundred. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { KINDS, KINDS_BY_HUNDRED } from "../../../../src/config/codes/index.ts";
import { sourceFiles } from "../../../support/sources.ts";

test("a code is of one kind", () => {
  const codes = KINDS.map(({ code }) => code);
  for (const [index, code] of codes.entries()) assert.ok((codes[index - 1] ?? "") < code, code);
});

test("each file has its hundred, says which, and all of it is in the list", () => {
  const files = sourceFiles("src/config/codes", ".ts").filter(
    ({ path }) => !path.endsWith("/index.ts"),
  );
  const listed = new Map(Object.entries(KINDS_BY_HUNDRED));
  for (const { path, text } of files) {
    const [, hundred = ""] = /^\/\*\* vk(\d)00 to vk\d99: /.exec(text) ?? [];
    const written = [...text.matchAll(/code: "(vk\d+)"/g)].map(([, code]) => code);
    const codes = listed.get(hundred)?.map(({ code }) => code);
    assert.deepEqual(new Set(codes), new Set(written), path);
    for (const code of written) assert.ok(code?.startsWith(`vk${hundred}`), `${code} in ${path}`);
  }
  assert.equal(listed.size, files.length);
});

test("each kind is explained in sentences", () => {
  for (const { code, title, explains } of KINDS) {
    assert.match(title, /^[a-z{}~A-Z][^\n]*[^.]$/, code);
    assert.match(explains, /^[^\n]*\.$/, code);
  }
});
