import assert from "node:assert/strict";
import { test } from "node:test";
import { isBad, type Level, type Reason, worstLevel } from "../../../../src/proto/sniff/reason.ts";

const of = (...levels: readonly Level[]): Reason[] =>
  levels.map((level) => ({ code: "short", level, text: "" }));

test("one bad reason is enough for nobody to believe it", () => {
  assert.ok(isBad(of("note", "bad", "warn")));
  assert.ok(!isBad(of("note", "warn")));
});

test("the worst level counts; a note is none", () => {
  assert.deepEqual([of("warn", "bad"), of("note", "warn"), of("note"), of()].map(worstLevel), [
    "bad",
    "warn",
    undefined,
    undefined,
  ]);
});
