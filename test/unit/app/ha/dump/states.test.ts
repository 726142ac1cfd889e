/** The state that a router wants, as keepalived's dumps tell it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Moment } from "../../../../../src/app/ha/dump/moment.ts";
import type { DumpedInstance } from "../../../../../src/app/ha/dump/plan.ts";
import { wantedState } from "../../../../../src/app/ha/dump/states.ts";
import type { VrrpState } from "../../../../../src/proto/vrrp/facts.ts";

const wanted = (begins: "MASTER" | "BACKUP", state: VrrpState, becameMaster: number): string => {
  const moment = { state, statistics: { become_master: becameMaster } } as Moment;
  return wantedState({ begins } as DumpedInstance, moment).name;
};

test("one that is to begin as MASTER wants that until it once was", () => {
  assert.equal(wanted("MASTER", "backup", 0), "MASTER");
  assert.equal(wanted("MASTER", "backup", 1), "BACKUP");
  assert.equal(wanted("BACKUP", "backup", 0), "BACKUP");
  assert.equal(wanted("MASTER", "fault", 0), "FAULT");
});
