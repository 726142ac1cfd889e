/** `ha reload` against a running `ha up` whose file the test says: what it prints and what it exits with. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { ReadPlan } from "../../../../src/app/ha/up/parent/reading.ts";
import { FakeHa } from "../../../support/fake-ha.ts";
import { haPlan, plannedRouter } from "../../../support/ha-plan.ts";

async function reloaded(read: ReadPlan, ...words: string[]) {
  const ha = await FakeHa.up();
  ha.read = async () => read;
  const { stdout, stderr, exitCode } = await ha.run("reload", ...words);
  return { ha, stdout: stdout.trimEnd().split("\n"), stderr, exitCode };
}

const plan = haPlan({ routers: [plannedRouter(59, { name: "VI_9" })], notes: ["x: not yet"] });
const OTHER: ReadPlan = { kind: "plan", plan, files: [], errors: [] };
const mistake = (isMistake: boolean): ReadPlan => {
  return { kind: "refused", isMistake, lines: ["ha.conf:3:1: error"] };
};

test("what has changed is printed, and what does not happen", async () => {
  const { stdout, stderr, exitCode, ha } = await reloaded(OTHER);
  assert.deepEqual(stdout, [
    "vrrp_instance VI_1 removed",
    "vrrp_instance VI_2 removed",
    "vrrp_instance VI_3 removed",
    "vrrp_instance VI_9 added",
    "vrrp_sync_group VG removed",
    "reloaded",
  ]);
  assert.equal(stderr, "note: x: not yet\n");
  assert.equal(exitCode, 0);
  assert.equal(ha.events.at(-1)?.kind, "reload");
});

test("errors of the file come to who asked", async () => {
  const { stdout, stderr, exitCode } = await reloaded(mistake(true));
  assert.deepEqual(stdout, [""]);
  assert.equal(stderr, "ha.conf:3:1: error\nnot reloaded: all goes on as it was\n");
  assert.equal(exitCode, 1);
  assert.equal((await reloaded(mistake(false))).exitCode, 2);
});

test("as JSON", async () => {
  const { stdout, exitCode } = await reloaded(OTHER, "-j");
  const { reloaded: isDone, mistake: isMistake, steps, notes } = JSON.parse(stdout[0] ?? "");
  assert.deepEqual([isDone, isMistake, notes], [true, false, ["x: not yet"]]);
  assert.deepEqual(steps.at(-1), {
    block: "vrrp_sync_group",
    name: "VG",
    next_name: null,
    step: "removed",
    what: [],
  });
  assert.equal(exitCode, 0);
  const refused = await reloaded(mistake(true), "-j");
  assert.deepEqual(JSON.parse(refused.stdout[0] ?? "").lines, ["ha.conf:3:1: error"]);
  assert.equal(refused.exitCode, 1);
});
