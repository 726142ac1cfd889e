import assert from "node:assert/strict";
import { test } from "node:test";
import { Recent } from "../../../../../src/app/ha/web/recent.ts";
import { FakeClock } from "../../../../support/fake-clock.ts";

test("within a moment all get one answer, also a refusal; then it is asked anew", async () => {
  const clock = new FakeClock();
  let asked = 0;
  const recent = new Recent(clock, 500, async () => {
    asked += 1;
    if (asked === 1) throw new Error("no");
    return asked;
  });
  await assert.rejects(recent.get(), /no/);
  await assert.rejects(recent.get(), /no/);
  await clock.pass(500);
  assert.deepEqual(await Promise.all([recent.get(), recent.get()]), [2, 2]);
  await clock.pass(499);
  assert.equal(await recent.get(), 2);
  await clock.pass(1);
  assert.equal(await recent.get(), 3);
});
