import assert from "node:assert/strict";
import test from "node:test";
import { haFailover } from "../../../../src/commands/ha/failover.ts";
import { FakeHa } from "../../../support/fake-ha.ts";
import { unnamedKeys } from "../../../support/manual.ts";

test("an instance goes with the whole of its sync group", async () => {
  const ha = await FakeHa.up();
  const { exitCode, stdout } = await ha.run("failover", "VI_2");
  assert.equal(exitCode, 0);
  assert.equal(
    stdout,
    "VI_1: handed over to 10.0.0.2 in 0.012s\nVI_2: handed over to 10.0.0.2 in 0.012s\n",
  );
  assert.equal(ha.states.get("VI_3"), "master");
});

test("a group goes by its name, and all where nothing is said", async () => {
  const ha = await FakeHa.up();
  await ha.run("failover", "VG");
  assert.deepEqual([...ha.states.values()], ["backup", "backup", "master"]);
  const { exitCode, stdout } = await ha.run("failover");
  assert.deepEqual([...ha.states.values()], ["backup", "backup", "backup"]);
  assert.match(stdout, /^VI_1: nothing to hand over: BACKUP$/m);
  assert.equal(exitCode, 0);
  assert.equal((await ha.run("failover")).exitCode, 1);
});

test("an unknown name cannot be told of, and no silent process is waited for", async () => {
  const ha = await FakeHa.up();
  const refused = await ha.run("failover", "VI_9");
  assert.equal(refused.exitCode, 2);
  assert.match(refused.stderr, /no instance and no sync group has this name/);
  ha.states.clear();
  const ran = ha.run("failover", "VI_3", "-t", "5s");
  await ha.ports.clock.pass(6000);
  const { exitCode, stdout } = await ran;
  assert.equal(exitCode, 2);
  assert.match(stdout, /VI_3: the process of the routers does not answer/);
});

test("the man page names every key of the record", async () => {
  const ha = await FakeHa.up();
  const { stdout } = await ha.run("failover", "-j");
  assert.deepEqual(unnamedKeys(JSON.parse(stdout), haFailover.description), []);
});
