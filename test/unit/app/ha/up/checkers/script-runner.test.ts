/** A vrrp_script runs at each interval, never twice at once, and is up or down by its results. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ScriptRunner } from "../../../../../../src/app/ha/up/checkers/script-runner.ts";
import type { PlannedScript } from "../../../../../../src/app/ha/up/plan/plan.ts";
import type { ProgramOptions, ProgramResult } from "../../../../../../src/io/ports.ts";
import { FakeClock } from "../../../../../support/fake-clock.ts";
import { RAN_WELL } from "../../../../../support/fake-programs.ts";

const FAILED: ProgramResult = { ...RAN_WELL, exitCode: 1 };

function runnerOf(
  more: Partial<PlannedScript>,
  run: (options: ProgramOptions) => Promise<ProgramResult>,
  known?: "up" | "down",
) {
  const clock = new FakeClock();
  const runs: ProgramOptions[] = [];
  const told: string[] = [];
  const script: PlannedScript = {
    name: "chk",
    argv: ["/bin/chk"],
    user: null,
    intervalMs: 1000,
    timeoutMs: 500,
    rise: 2,
    fall: 2,
    initFail: false,
    ...more,
  };
  const runProgram = async (options: ProgramOptions) => {
    runs.push(options);
    return await run(options);
  };
  const runner = new ScriptRunner(script, { clock, runProgram }, known, (name, state) =>
    told.push(`${name} ${state}`),
  );
  runner.start();
  return { runner, clock, runs, told };
}

test("the first result decides, then so many in a row as rise and fall say", async () => {
  const results = [RAN_WELL, FAILED, FAILED, RAN_WELL, FAILED, RAN_WELL, RAN_WELL];
  const { clock, runs, told } = runnerOf({}, async () => results.shift() ?? RAN_WELL);
  await clock.pass(0);
  assert.deepEqual(told, ["chk up"]);
  await clock.pass(2000);
  assert.deepEqual(told, ["chk up", "chk down"]);
  await clock.pass(4000);
  assert.deepEqual(told, ["chk up", "chk down", "chk up"]);
  assert.equal(runs.length, 7);
  assert.deepEqual([runs[0]?.argv, runs[0]?.limitMs], [["/bin/chk"], 500]);
});

test("while it runs it is not started again", async () => {
  let end = (_result: ProgramResult): void => {};
  const { clock, runs } = runnerOf({}, () => new Promise((resolve) => (end = resolve)));
  await clock.pass(3500);
  assert.equal(runs.length, 1);
  end(RAN_WELL);
  await clock.pass(1000);
  assert.equal(runs.length, 2);
});

test("with init_fail it counts as down until it has succeeded; what was known before counts first", async () => {
  const results = [FAILED, RAN_WELL, RAN_WELL];
  const { runner, clock, told } = runnerOf(
    { initFail: true },
    async () => results.shift() ?? FAILED,
  );
  assert.equal(runner.state, "down");
  await clock.pass(2000);
  assert.deepEqual(told, ["chk up"]);
  const known = runnerOf({ initFail: true }, async () => FAILED, "up");
  assert.equal(known.runner.state, "up");
  await known.clock.pass(0);
  assert.deepEqual(known.told, []);
  await known.clock.pass(1000);
  assert.deepEqual(known.told, ["chk down"]);
});

test("when it is closed its run is killed, and tells nothing any more", async () => {
  let end = (_result: ProgramResult): void => {};
  const { runner, clock, runs, told } = runnerOf(
    {},
    () => new Promise((resolve) => (end = resolve)),
  );
  runner.close();
  assert.equal(runs[0]?.signal?.aborted, true);
  end(FAILED);
  await clock.pass(5000);
  assert.deepEqual([runs.length, told], [1, []]);
});
