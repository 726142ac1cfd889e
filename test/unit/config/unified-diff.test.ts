/** A diff is what patch(1) needs to make the new text of the old one. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { type Rewrite, rewritten, textLines } from "../../../src/config/text-lines.ts";
import { unifiedDiff } from "../../../src/config/unified-diff.ts";

const lines = (text: string): readonly string[] => textLines(new TextEncoder().encode(text));
const TWENTY = Array.from({ length: 20 }, (_, n) => `${n + 1}\n`);

test("a change has three lines around it, and says where it stands", () => {
  assert.deepEqual(unifiedDiff("f", TWENTY, new Map([[10, ["x\n", "y\n"]]])), [
    ...["--- f", "+++ f", "@@ -7,7 +7,8 @@"],
    ...[" 7", " 8", " 9", "-10", "+x", "+y", " 11", " 12", " 13"],
  ]);
});

test("neighbours are told together, what is far apart by itself", () => {
  const rewrite: Rewrite = new Map([
    [1, []],
    [2, ["x\n"]],
    [20, ["y"]],
  ]);
  assert.deepEqual(unifiedDiff("f", TWENTY, rewrite), [
    ...["--- f", "+++ f", "@@ -1,5 +1,4 @@", "-1", "-2", "+x", " 3", " 4", " 5"],
    ...["@@ -17,4 +16,4 @@", " 17", " 18", " 19", "-20", "+y", "\\ No newline at end of file"],
  ]);
});

test("a line that others come in front of stays as it is", () => {
  const diff = unifiedDiff("f", lines("a\nb\nc\n"), new Map([[2, ["x\n", "b\n"]]]));
  assert.deepEqual(diff.slice(2), ["@@ -1,3 +1,4 @@", " a", "+x", " b", " c"]);
});

test("nothing changes: no diff", () => {
  assert.deepEqual(unifiedDiff("f", TWENTY, new Map()), []);
});

const folder = mkdtempSync(join(tmpdir(), "vipkit-diff-"));
after(() => rmSync(folder, { recursive: true }));

const isThere = (() => {
  try {
    execFileSync("patch", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
})();

test("patch(1) makes the same of it", { skip: isThere ? false : "no patch(1) here" }, () => {
  const old = lines("a\nb\r\nc\nd\ne\nf\ng\nh\ni\nj");
  const rewrite: Rewrite = new Map([
    [1, ["A\n", "AA\n"]],
    [3, []],
    [9, ["I\n"]],
    [10, ["J\n"]],
  ]);
  const path = join(folder, "f");
  writeFileSync(path, old.join(""));
  const input = `${unifiedDiff(path, old, rewrite).join("\n")}\n`;
  execFileSync("patch", ["--binary", "-s", path], { input });
  assert.deepEqual(new Uint8Array(readFileSync(path)), rewritten(old, rewrite));
});

test("a stretch of any length is one hunk", () => {
  const many = Array.from({ length: 200_000 }, () => "a\n");
  const diff = unifiedDiff("f", many, new Map(many.map((_, index) => [index + 1, ["b\n"]])));
  assert.equal(diff.length, 400_003);
  assert.equal(diff[2], "@@ -1,200000 +1,200000 @@");
});
