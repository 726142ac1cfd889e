/** Files rewritten: as they are on disk at that time, whole, and only where they say the same. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  fixesOf,
  formatFile,
  withRewrites,
  writeRewrite,
} from "../../../../src/app/ha/rewrite-file.ts";
import { UNKNOWN_KEYWORD } from "../../../../src/config/codes/words.ts";
import { finding } from "../../../../src/config/finding.ts";
import { MAX_LINES } from "../../../../src/config/lines.ts";
import { FakeConfigurationFiles } from "../../../support/fake-configuration-files.ts";

/** A finding that wants another word at the head of the first line of a file. */
function wants(path: string, lines: readonly string[], word: string) {
  const file = { path, lines, includedFrom: null };
  const span = { place: { file, line: 1, column: 1, definedAt: null }, length: 1 };
  return finding(UNKNOWN_KEYWORD, span, "m", { edits: [{ span, text: word }] });
}

test("each file is rewritten by its own edits, and read so before it is written", () => {
  const files = new FakeConfigurationFiles({ "/a": "a\nb\n", "/c": "c\n" });
  const { rewrites, fixed } = fixesOf(
    [wants("/a", ["a", "b"], "x"), wants("/c", ["c"], "y")],
    files,
  );
  assert.equal(fixed.length, 2);
  const read = (path: string) =>
    new TextDecoder().decode(withRewrites(files, rewrites).read(path).bytes);
  assert.deepEqual([read("/a"), read("/c"), files.text("/a")], ["x\nb\n", "y\n", "a\nb\n"]);
  for (const rewrite of rewrites) writeRewrite(rewrite, files);
  assert.deepEqual([files.text("/a"), files.text("/c")], ["x\nb\n", "y\n"]);
});

test("a file that is another one since it was checked, or read, is not written", () => {
  const files = new FakeConfigurationFiles({ "/a": "b\n" });
  assert.throws(() => fixesOf([wants("/a", ["a"], "x")], files), { code: "changed" });
  const { rewrites } = fixesOf([wants("/a", ["b"], "x")], files);
  files.replace("/a", new TextEncoder().encode("c\n"), new TextEncoder().encode("b\n"));
  assert.throws(() => rewrites.map((rewrite) => writeRewrite(rewrite, files)), {
    code: "changed",
  });
});

test("what is laid out already is not written", () => {
  const files = new FakeConfigurationFiles({ "/a": "a {\n    b\n}\n" });
  const asked: string[] = [];
  writeRewrite(formatFile("/a", files), { replace: (path) => void asked.push(path) });
  assert.deepEqual(asked, []);
});

test("no layout of a file with too many lines, or a brace that matches none", () => {
  const files = new FakeConfigurationFiles({ "/a": "\n".repeat(MAX_LINES + 1), "/b": "a {\n" });
  assert.throws(() => formatFile("/a", files), { code: "too-large" });
  assert.throws(() => formatFile("/b", files), { code: "unmatched-brace" });
});
