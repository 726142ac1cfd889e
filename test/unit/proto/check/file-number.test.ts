import assert from "node:assert/strict";
import { test } from "node:test";
import { fileFinding, fileNumber } from "../../../../src/proto/check/file-number.ts";

test("the begin of a text is read as strtol does with base 0", () => {
  const cases: readonly (readonly [string, number])[] = [
    ["17\n", 17],
    [" \t\n-20 what follows", -20],
    ["+5", 5],
    ["0x1F", 31],
    ["017", 15],
    ["08", 0],
    ["0x", 0],
    ["2147483647", 2_147_483_647],
    ["-2147483648", -2_147_483_648],
  ];
  for (const [text, value] of cases) assert.equal(fileNumber(text), value, JSON.stringify(text));
});

test("garbage, and what does not fit, is 0", () => {
  const huge = "9".repeat(60_000);
  for (const text of [
    "",
    "x1",
    "- 1",
    "--1",
    "\0" + "1",
    ".5",
    "-0",
    "2147483648",
    huge,
    `-${huge}`,
  ])
    assert.ok(Object.is(fileNumber(text), 0), JSON.stringify(text.slice(0, 20)));
});

const judged = (value: number, weight: number, isReverse = false) => {
  const { verdict, facts } = fileFinding(value, { weight, isReverse });
  return [verdict, facts.weight];
};

test("a weight multiplies; -254 is a fault, 253 is the most", () => {
  assert.deepEqual(judged(0, 1), ["up", 0]);
  assert.deepEqual(judged(10, -3), ["up", -30]);
  assert.deepEqual(judged(-253, 1), ["up", -253]);
  assert.deepEqual(judged(-254, 1), ["down", -254]);
  assert.deepEqual(judged(127, -2), ["down", -254]);
  assert.deepEqual(judged(2_147_483_647, 254), ["up", 253]);
  assert.deepEqual(judged(-254, 1, true), ["up", 253]);
  assert.deepEqual(judged(254, 1, true), ["down", -254]);
});

test("without a weight any value is a fault, reversed none is", () => {
  assert.deepEqual(judged(0, 0), ["up", undefined]);
  assert.deepEqual(judged(-1, 0), ["down", undefined]);
  assert.deepEqual(judged(0, 0, true), ["down", undefined]);
  assert.deepEqual(judged(1, 0, true), ["up", undefined]);
});
