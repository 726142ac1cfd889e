import assert from "node:assert/strict";
import { test } from "node:test";
import {
  expectationOf,
  httpExpectOptions,
} from "../../../../src/commands/check/http-expect-options.ts";
import { parseArgs } from "../../../../src/commands/parse.ts";

const expectation = (...words: string[]) =>
  expectationOf(parseArgs(words, {}, httpExpectOptions) as Parameters<typeof expectationOf>[0]);

test("without options a status of 2xx is enough", () => {
  const { statuses, ...rest } = expectation();
  assert.deepEqual(statuses, [{ first: 200, last: 299 }]);
  const wanted = Object.values(rest).filter((value) => value !== null);
  assert.deepEqual(wanted, [[]]);
});

test("digests are compared without regard to case", () => {
  assert.equal(expectation("--md5", "AB".repeat(16)).md5, "ab".repeat(16));
});

test("what can never be is refused", () => {
  for (const words of [
    ["--match", "("],
    ["--md5", "abc"],
    ["--sha256", "g".repeat(64)],
    ["--status", "20"],
    ["--json-path", "a"],
    ["--max-body", "65M"],
    ["--size", "9-1"],
  ])
    assert.throws(() => expectation(...words), new RegExp(words[0] ?? ""), words.join(" "));
});
