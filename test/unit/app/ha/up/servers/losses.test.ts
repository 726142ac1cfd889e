/** What another process has deleted, as it is told. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Losses } from "../../../../../../src/app/ha/up/servers/losses.ts";

test("each with how often, and of many a few with the number of the others", () => {
  const told: string[] = [];
  const losses = new Losses((text) => void told.push(text));
  losses.note([]);
  losses.note(["a"]);
  losses.note(["a"]);
  losses.note(Array.from({ length: 12 }, (_, index) => `s${index}`));
  assert.deepEqual(told.slice(0, 2), [
    "IPVS: a was deleted by another process, and is set again",
    "IPVS: a was deleted by another process (2x), and is set again",
  ]);
  assert.equal(told.length, 13);
  assert.match(told.at(-1) ?? "", /^IPVS: 2 others were deleted/);
});
