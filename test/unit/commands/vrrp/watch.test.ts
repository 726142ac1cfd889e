import assert from "node:assert/strict";
import test from "node:test";
import { runInProcess } from "../../../support/cli.ts";
import { FakePorts } from "../../../support/fake-ports.ts";
import { FakeRun } from "../../../support/fake-run.ts";

const records = (stdout: string) =>
  stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));

/** Until that many watch: the command is loaded and its request is here. */
async function attended(run: FakeRun, watchers: number): Promise<void> {
  while (run.ports.control.following < watchers) await run.pass();
}

test("the status comes first, then every event, and the end of the router is exit 1", async () => {
  const run = new FakeRun();
  await run.pass(100);
  const watched = runInProcess(["vrrp", "watch", "VI_1"], { ports: run.ports });
  await attended(run, 1);
  await run.pass(4000);
  run.stop.abort();
  await run.pass(3000);
  const { exitCode, stdout } = await watched;
  assert.equal(exitCode, 1);
  assert.deepEqual(
    records(stdout).map(({ type, state, seq, to }) => [type, state ?? to, seq]),
    [
      ["status", "backup", undefined],
      ["transition", "master", 2],
      ["transition", "init", 3],
    ],
  );
});

test("an interruption ends it with 0, and the router forgets it", async () => {
  const run = new FakeRun();
  await run.pass(100);
  for (let i = 0; i < 20; i++) {
    const stop = new AbortController();
    const watched = runInProcess(["vrrp", "watch"], { ports: run.ports, stop });
    await attended(run, 1);
    stop.abort();
    const { exitCode, stdout } = await watched;
    assert.equal(exitCode, 0, `watcher ${i}`);
    assert.equal(records(stdout).length, 1);
  }
});

test("more than eight watchers are refused in one line, exit 2", async () => {
  const run = new FakeRun();
  await run.pass(100);
  const stop = new AbortController();
  const watch = () => runInProcess(["vrrp", "watch"], { ports: run.ports, stop });
  const eight = Array.from({ length: 8 }, watch);
  await attended(run, 8);
  const { exitCode, stdout, stderr } = await watch();
  assert.deepEqual([exitCode, stdout], [2, ""]);
  assert.match(stderr, /watch VI_1: too many watch already/);
  stop.abort();
  for (const { exitCode: ended } of await Promise.all(eight)) assert.equal(ended, 0);
});

test("where nobody runs it cannot tell: exit 2", async () => {
  assert.equal((await runInProcess(["vrrp", "watch"], { ports: new FakePorts() })).exitCode, 2);
});
