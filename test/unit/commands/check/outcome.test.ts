import assert from "node:assert/strict";
import { test } from "node:test";
import { summaryText } from "../../../../src/commands/check/outcome.ts";

const COUNTS = { up: 2, down: 1, unknown: 0 };

test("a summary says what was not checked, where something was not", () => {
  assert.equal(summaryText(3, COUNTS, 1234, false), "3 targets: 2 up, 1 down, 0 unknown in 1.23s");
  assert.match(summaryText(5, COUNTS, 0, false), /0 unknown, 2 not checked in 0\.00s$/);
  const { unchecked, took_ms } = JSON.parse(summaryText(5, COUNTS, 7, true));
  assert.deepEqual([unchecked, took_ms], [2, 7]);
});
