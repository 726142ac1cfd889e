import assert from "node:assert/strict";
import test from "node:test";
import { vrrpFailover } from "../../../../src/commands/vrrp/failover.ts";
import { runInProcess } from "../../../support/cli.ts";
import { FakePorts } from "../../../support/fake-ports.ts";
import { FakeRun } from "../../../support/fake-run.ts";
import { unnamedKeys } from "../../../support/manual.ts";
import { advertOfPeer, vrrpConfig } from "../../../support/vrrp.ts";

const failover = (run: FakeRun, ...words: string[]) =>
  runInProcess(["vrrp", "failover", "VI_1", ...words], { ports: run.ports });

/** A router that was MASTER and has just resigned. */
async function resigning(...words: string[]) {
  const run = new FakeRun();
  await run.pass(4000);
  run.takeSent();
  const ran = failover(run, ...words);
  while (run.ports.sent.length === 0) await run.pass();
  return { run, ran };
}

test("who takes over is told, and is left in place although it is weaker", async () => {
  const { run, ran } = await resigning();
  assert.deepEqual(run.addresses.includes("10.0.0.100/24"), true);
  await run.pass(640);
  run.ports.receive("10.0.0.2", advertOfPeer("10.0.0.2", 90));
  const { exitCode, stdout } = await ran;
  assert.deepEqual([exitCode, stdout], [0, "handed over to 10.0.0.2 in 0.64s\n"]);
  assert.deepEqual(run.addresses.includes("10.0.0.100/24"), false);
  for (let i = 0; i < 5; i++) {
    await run.pass(1000);
    run.ports.receive("10.0.0.2", advertOfPeer("10.0.0.2", 90));
  }
  assert.equal(run.told.at(-1), "master>backup released");
});

test("the man page names every key of the record", async () => {
  const { run, ran } = await resigning("-j");
  await run.pass(2000);
  assert.deepEqual(unnamedKeys(JSON.parse((await ran).stdout), vrrpFailover.description), []);
});

test("where nobody takes over it stays MASTER, exit 1", async () => {
  const { run, ran } = await resigning();
  await run.pass(2000);
  const { exitCode, stdout } = await ran;
  assert.deepEqual([exitCode, stdout], [1, "nobody took over in 1.996s: MASTER\n"]);
  assert.equal(run.told.at(-1), "notice: nobody took over: stays MASTER");
  assert.deepEqual(run.addresses.includes("10.0.0.100/24"), true);
});

test("a fault meanwhile is no success", async () => {
  const { run, ran } = await resigning();
  run.ports.kernel.setLink({ running: false });
  await run.pass(100);
  const { exitCode, stdout } = await ran;
  assert.equal(exitCode, 1);
  assert.match(stdout, /^nobody took over in .*: FAULT\n$/);
});

test("in JSON every key is there", async () => {
  const { run, ran } = await resigning("-j");
  await run.pass(640);
  run.ports.receive("10.0.0.2", advertOfPeer("10.0.0.2", 90));
  assert.deepEqual(JSON.parse((await ran).stdout), {
    instance: "VI_1",
    before: "master",
    state: "backup",
    to: "10.0.0.2",
    took_ms: 640,
  });
});

test("a backup has nothing to hand over, exit 1", async () => {
  const run = new FakeRun();
  await run.pass(100);
  const { exitCode, stdout } = await failover(run);
  assert.deepEqual([exitCode, stdout], [1, "nothing to hand over: BACKUP\n"]);
});

test("the owner refuses in one line, exit 2", async () => {
  const run = new FakeRun({ config: vrrpConfig({ priority: 255 }) });
  await run.pass(100);
  const { exitCode, stderr } = await failover(run);
  assert.equal(exitCode, 2);
  assert.match(stderr, /failover VI_1: the owner of the addresses cannot hand them over/);
});

test("where nobody runs it cannot tell: exit 2", async () => {
  const ports = new FakePorts();
  assert.equal((await runInProcess(["vrrp", "failover", "VI_1"], { ports })).exitCode, 2);
});

test("with --timeout it waits so long for a successor, and no longer", async () => {
  const { run, ran } = await resigning("-t", "5s");
  await run.pass(4000);
  assert.equal(run.told.at(-1), "backup>master advert-timeout");
  await run.pass(1000);
  assert.match((await ran).stdout, /^nobody took over in 5s: MASTER/);
  const refused = await failover(run, "--timeout", "1h");
  assert.equal(refused.exitCode, 2);
  assert.match(refused.stderr, /--timeout 1h is not within 10ms to 10m/);
});
