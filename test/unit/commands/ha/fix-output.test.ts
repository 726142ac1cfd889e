/** What is told of rewritten files. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { isBelow, tellDiff } from "../../../../src/commands/ha/fix-output.ts";

const REWRITE = {
  path: "/a",
  before: new Uint8Array(),
  lines: ["a\t\u001b[1m\n"],
  rewrite: new Map([[1, ["b\t\u001b[1m\n"]]]),
};

test("a diff keeps every byte for patch(1); a terminal obeys none of them", () => {
  const told = (columns: number | undefined): string[] => {
    const lines: string[] = [];
    tellDiff(REWRITE, { stdout: (line) => void lines.push(line), columns });
    return lines;
  };
  assert.deepEqual(told(undefined).slice(-2), ["-a\t\u001b[1m", "+b\t\u001b[1m"]);
  assert.deepEqual(told(80).slice(-2), ["-a\t\\x1b[1m", "+b\t\\x1b[1m"]);
});

test("a file is below the directory of another one by its path", () => {
  for (const [path, main, expected] of [
    ["/d/b", "/d/a", true],
    ["/d/e/b", "/d/a", true],
    ["/d2/b", "/d/a", false],
    ["/d/../b", "/d/a", false],
    ["b", "a", true],
    ["e/b", "a", true],
    ["../b", "a", false],
    ["/b", "a", false],
  ] as const) {
    assert.equal(isBelow(path, main), expected, `${path} of ${main}`);
  }
});
