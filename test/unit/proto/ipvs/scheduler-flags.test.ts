import assert from "node:assert/strict";
import { test } from "node:test";
import { schedulerFlag, schedulerFlagNames } from "../../../../src/proto/ipvs/scheduler-flags.ts";

test("flags have the names that their scheduler gives them", () => {
  assert.deepEqual(schedulerFlagNames("sh", 3), ["sh-fallback", "sh-port"]);
  assert.deepEqual(schedulerFlagNames("mh", 6), ["mh-port", "flag-3"]);
  assert.deepEqual(schedulerFlagNames("constructor", 5), ["flag-1", "flag-3"]);
});

test("a name is read for its scheduler alone, a number for all", () => {
  assert.equal(schedulerFlag("mh", "mh-port"), 2);
  assert.equal(schedulerFlag("mh", "flag-2"), 2);
  assert.equal(schedulerFlag("rr", "flag-3"), 4);
  assert.equal(schedulerFlag("rr", "sh-port"), "is a flag of the scheduler sh, not of rr");
  assert.match(String(schedulerFlag("sh", "port")), /none of sh-fallback, sh-port, flag-3, flag-1/);
});
