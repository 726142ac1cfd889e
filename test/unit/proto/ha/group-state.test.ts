/** A sync group has come to a state when all its members have. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { GroupState } from "../../../../src/proto/ha/group-state.ts";

test("the last member brings the group to another state, once", () => {
  const group = new GroupState(["a", "b"], new Map());
  assert.equal(group.note("a", "backup"), undefined);
  assert.equal(group.note("b", "backup"), "backup");
  assert.equal(group.note("b", "fault"), undefined);
  assert.equal(group.note("b", "backup"), undefined, "it never left it");
  assert.equal(group.note("a", "master"), undefined);
  assert.equal(group.note("b", "master"), "master");
});

test("others have no say in it, and what is known already is no news", () => {
  const group = new GroupState(
    ["a", "b"],
    new Map([
      ["a", "master"],
      ["b", "master"],
    ]),
  );
  assert.equal(group.note("c", "fault"), undefined);
  assert.equal(group.note("a", "master"), undefined);
  assert.equal(group.note("a", "init"), undefined);
  assert.equal(group.note("b", "init"), "init");
});
