import assert from "node:assert/strict";
import { test } from "node:test";
import { Timeline } from "../../../../../src/app/ha/simulate/timeline.ts";

test("the first hundred thousand entries are kept, the others counted", () => {
  const timeline = new Timeline();
  for (let n = 0; n < 100_005; n += 1) timeline.add(n, { kind: "event", words: `${n}` });
  assert.deepEqual([timeline.entries.length, timeline.leftOut], [100_000, 5]);
  assert.deepEqual(timeline.entries.at(-1), { atMs: 99_999, kind: "event", words: "99999" });
});
