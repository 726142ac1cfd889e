/** Each question has its own answer, or none in time. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { OpenQuestions } from "../../../../../../src/app/ha/up/parent/open-questions.ts";
import { FakeClock } from "../../../../../support/fake-clock.ts";

function asked(count: number) {
  const clock = new FakeClock();
  const questions = new OpenQuestions(clock);
  const ids: number[] = [];
  const answers = Array.from({ length: count }, () =>
    questions.ask((id) => void ids.push(id), 1000),
  );
  return { clock, questions, ids, answers };
}

test("answers come to their own questions, in any order", async () => {
  const { clock, questions, ids, answers } = asked(2);
  const [first = 0, second = 0] = ids;
  questions.settle(second, { of: "second" });
  questions.settle(first, { of: "first" });
  assert.deepEqual(await Promise.all(answers), [{ of: "first" }, { of: "second" }]);
  assert.equal(clock.pending, 0);
});

test("who is silent has not answered, and comes too late afterwards", async () => {
  const { clock, questions, ids, answers } = asked(1);
  await clock.pass(999);
  assert.equal(clock.pending, 1);
  await clock.pass(1);
  assert.deepEqual(await Promise.all(answers), [undefined]);
  questions.settle(ids[0] ?? 0, {});
});

test("where nobody is there to answer nobody waits", async () => {
  const { clock, questions, answers } = asked(2);
  questions.abandon();
  assert.deepEqual(await Promise.all(answers), [undefined, undefined]);
  assert.equal(clock.pending, 0);
});
