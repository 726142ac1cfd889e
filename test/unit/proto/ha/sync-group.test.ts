import assert from "node:assert/strict";
import { test } from "node:test";
import { type GroupMember, SyncGroup } from "../../../../src/proto/ha/sync-group.ts";

type Member = { -readonly [Key in keyof GroupMember]: GroupMember[Key] };

const member = (changes: Partial<Member> = {}): Member => ({
  state: "backup",
  isReady: false,
  isFaulty: false,
  ...changes,
});

/** What the members are told, by their number. */
function told(group: SyncGroup<Member>, members: readonly Member[]): string[] {
  return group.review().map(({ member: one, fact }) => `${members.indexOf(one)} ${fact.kind}`);
}

test("a member that is ready waits until every member is", () => {
  const members = [member({ isReady: true }), member()];
  const group = new SyncGroup(members);
  assert.deepEqual(told(group, members), []);
  Object.assign(members[1] as Member, { isReady: true });
  assert.deepEqual(told(group, members), ["0 told-to-lead", "1 told-to-lead"]);
});

test("when one MASTER becomes BACKUP all others follow, and lead only together again", () => {
  const members = [member({ state: "master" }), member({ state: "master" })];
  const group = new SyncGroup(members);
  assert.deepEqual(told(group, members), []);
  Object.assign(members[0] as Member, { state: "backup" });
  assert.deepEqual(told(group, members), ["1 told-to-follow"]);
  Object.assign(members[1] as Member, { state: "backup" });
  assert.deepEqual(told(group, members), []);
  Object.assign(members[0] as Member, { isReady: true });
  assert.deepEqual(told(group, members), []);
});

test("the fault of one is that of all, until nobody has one of its own", () => {
  const members = [member(), member(), member()];
  const group = new SyncGroup(members);
  Object.assign(members[0] as Member, { isFaulty: true });
  assert.deepEqual(told(group, members), ["1 fault-raised", "2 fault-raised"]);
  assert.deepEqual(told(group, members), []);
  Object.assign(members[1] as Member, { isFaulty: true });
  assert.deepEqual(told(group, members), ["0 fault-raised"], "two of them share each other's");
  Object.assign(members[0] as Member, { isFaulty: false });
  assert.deepEqual(told(group, members), ["1 fault-cleared"]);
  Object.assign(members[1] as Member, { isFaulty: false });
  assert.deepEqual(told(group, members), ["0 fault-cleared", "2 fault-cleared"]);
});
