/** Reloads do not overlap, and what is asked for during one is not forgotten. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { ReadPlan } from "../../../../../../src/app/ha/up/parent/reading.ts";
import { Reloads } from "../../../../../../src/app/ha/up/parent/reloads.ts";
import { planChanges } from "../../../../../../src/app/ha/up/plan/plan-changes.ts";
import { haPlan } from "../../../../../support/ha-plan.ts";

const NOTHING = { changes: planChanges(haPlan(), haPlan()), notes: [] };

test("those that are asked for during a reload are one more behind it", async () => {
  const answers: ((read: ReadPlan) => void)[] = [];
  const read = () => new Promise<ReadPlan>((resolve) => answers.push(resolve));
  const reloads = new Reloads(read, async () => NOTHING);
  const [first, second, third] = [reloads.reload(), reloads.reload(), reloads.reload()];
  assert.equal(answers.length, 1);
  answers[0]?.({ kind: "refused", isMistake: true, lines: ["a mistake"] });
  assert.equal((await first).kind, "refused");
  await Promise.resolve();
  assert.equal(answers.length, 2);
  const last = reloads.reload();
  answers[1]?.({ kind: "plan", plan: haPlan(), files: [], errors: [] });
  assert.deepEqual(await Promise.all([second, third]), [
    { kind: "ok", ...NOTHING },
    { kind: "ok", ...NOTHING },
  ]);
  await Promise.resolve();
  assert.equal(answers.length, 3, "for the file may have changed meanwhile");
  answers[2]?.({ kind: "plan", plan: haPlan(), files: [], errors: [] });
  assert.equal((await last).kind, "ok");
});

test("what is about to end goes by no other plan", async () => {
  const reloads = new Reloads(
    async () => ({ kind: "plan", plan: haPlan(), files: [], errors: [] }),
    async () => undefined,
  );
  assert.equal((await reloads.reload()).kind, "refused");
});

test("who asks again as soon as one is over gets the one that was asked for meanwhile", async () => {
  let running = 0;
  let most = 0;
  let begun = 0;
  const read = async (): Promise<ReadPlan> => {
    begun += 1;
    running += 1;
    most = Math.max(most, running);
    await Promise.resolve();
    running -= 1;
    return { kind: "refused", isMistake: true, lines: [] };
  };
  const reloads = new Reloads(read, async () => NOTHING);
  const again = reloads.reload().then(() => reloads.reload());
  await Promise.all([again, reloads.reload()]);
  assert.deepEqual([begun, most], [2, 1]);
});
