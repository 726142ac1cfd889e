import assert from "node:assert/strict";
import { test } from "node:test";
import { formatExactJson } from "../../../src/core/exact-json.ts";

test("whole numbers of any size keep all of their digits", () => {
  assert.equal(
    formatExactJson({ bytes: 2n ** 64n - 1n, none: 0n, list: [2n ** 53n + 1n] }),
    '{"bytes":18446744073709551615,"none":0,"list":[9007199254740993]}',
  );
});

test("all else is as JSON has it, and what a terminal would obey is escaped", () => {
  const value = { a: [1.5, "x\u202e", null, true, {}], "k\n": [], left: undefined };
  assert.equal(formatExactJson(value), '{"a":[1.5,"x\\u202e",null,true,{}],"k\\n":[]}');
});
