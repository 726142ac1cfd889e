/** A storm of programs: never more at once than agreed, and each has its turn. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { fewAtOnce } from "../../../../../../src/app/ha/up/checkers/few-at-once.ts";
import type { ProgramResult } from "../../../../../../src/io/ports.ts";
import { RAN_WELL } from "../../../../../support/fake-programs.ts";

test("a thousand that are due at once run by tens, in order, whatever becomes of them", async () => {
  const started: string[] = [];
  let running = 0;
  let most = 0;
  const runProgram = fewAtOnce(async ({ argv }): Promise<ProgramResult> => {
    started.push(argv[0] ?? "");
    running += 1;
    most = Math.max(most, running);
    await new Promise(setImmediate);
    running -= 1;
    if (started.length % 7 === 0) throw new Error("it could not be started");
    return RAN_WELL;
  }, 10);
  const names = Array.from({ length: 1000 }, (_, n) => `${n}`);
  const options = { environment: {}, limitMs: 1000 };
  await Promise.allSettled(names.map((name) => runProgram({ ...options, argv: [name] })));
  assert.deepEqual(started, names);
  assert.equal(most, 10);
  await Promise.allSettled(
    names.slice(0, 10).map((name) => runProgram({ ...options, argv: [name] })),
  );
  assert.equal(started.length, 1010, "no place was lost");
});
