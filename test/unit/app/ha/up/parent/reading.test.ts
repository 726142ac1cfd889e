/** The process that reads the configuration tells what it read, or is given up; what is worse is not run. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type ReadWell,
  readPlan,
  unlessWorse,
} from "../../../../../../src/app/ha/up/parent/reading.ts";
import { FakeChildren } from "../../../../../support/fake-children.ts";
import { FakeClock } from "../../../../../support/fake-clock.ts";
import { haPlan } from "../../../../../support/ha-plan.ts";

async function reading() {
  const children = new FakeChildren();
  const clock = new FakeClock();
  const result = readPlan({ clock, startChild: children.startChild }, 5000);
  await clock.pass(0);
  return { result, clock, child: children.of("reader") };
}

test("its answer is the answer", async () => {
  const { result, clock, child } = await reading();
  const refused = { kind: "refused", isMistake: true, lines: ["a.conf:1:1: error"] };
  child.says(refused);
  child.ends();
  assert.deepEqual(await result, refused);
  assert.equal(clock.pending, 0);
});

test("one that ends without an answer, or has none in time, could not be read", async () => {
  const dead = await reading();
  dead.child.ends("SIGSEGV");
  const said = await dead.result;
  assert.ok(said.kind === "refused" && !said.isMistake);
  assert.match(said.lines.join(), /has ended \(SIGSEGV\)/);
  const slow = await reading();
  await slow.clock.pass(5000);
  const late = await slow.result;
  assert.ok(late.kind === "refused" && !late.isMistake);
  assert.ok(slow.child.isKilled);
});

test("a reload is refused for an error that was not there before, and lives with those that were", () => {
  const read = (...errors: string[]): ReadWell => ({
    kind: "plan",
    plan: haPlan(),
    files: [],
    errors: errors.map((what) => ({ what, lines: [`1: ${what}`] })),
  });
  const next = read("old", "new");
  assert.equal(unlessWorse(read("old", "new", "mended"), next), next);
  assert.deepEqual(unlessWorse(read("old"), next), {
    kind: "refused",
    isMistake: true,
    lines: ["1: new"],
  });
});
