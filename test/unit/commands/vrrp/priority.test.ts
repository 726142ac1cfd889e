import assert from "node:assert/strict";
import test from "node:test";
import { runInProcess } from "../../../support/cli.ts";
import { FakePorts } from "../../../support/fake-ports.ts";
import { FakeRun } from "../../../support/fake-run.ts";

const priority = (run: FakeRun, ...words: string[]) =>
  runInProcess(["vrrp", "priority", "VI_1", ...words], { ports: run.ports });

async function backup(): Promise<FakeRun> {
  const run = new FakeRun();
  await run.pass(100);
  return run;
}

test("a number is the priority, one with a sign is added to it, and how long it lasts is told", async () => {
  const run = await backup();
  const { exitCode, stdout } = await priority(run, "150");
  const origin = "(BACKUP, configured 100; until the process ends)";
  assert.deepEqual([exitCode, stdout], [0, `VI_1  priority 100 -> 150  ${origin}\n`]);
  assert.match((await priority(run, "-20")).stdout, / priority 150 -> 130 /);
  assert.match((await priority(run, "+5")).stdout, / priority 130 -> 135 /);
});

test("in JSON every key is there", async () => {
  assert.deepEqual(JSON.parse((await priority(await backup(), "-j", "-1")).stdout), {
    instance: "VI_1",
    state: "backup",
    former_priority: 100,
    priority: 99,
    configured_priority: 100,
  });
});

test("what the router refuses, and what is no number, is exit 2 with the reason", async () => {
  const run = await backup();
  for (const [word, reason] of [
    ["255", /priority VI_1: priority 255 is that of the owner/],
    ["+200", /priority 300 is not within 1\.\.254/],
    ["high", /is none of N, \+N and -N/],
    ["1.5", /is none of N/],
  ] as const) {
    const { exitCode, stderr } = await priority(run, word);
    assert.equal(exitCode, 2);
    assert.match(stderr, reason);
  }
  const ports = new FakePorts();
  assert.equal((await runInProcess(["vrrp", "priority", "VI_1", "1"], { ports })).exitCode, 2);
});
