import assert from "node:assert/strict";
import test from "node:test";
import { haHistory } from "../../../../src/commands/ha/history.ts";
import { FakeHa } from "../../../support/fake-ha.ts";
import { unnamedKeys } from "../../../support/manual.ts";

test("transitions of all routers, oldest first, beyond the end of their process", async () => {
  const ha = await FakeHa.up();
  await ha.run("failover", "VI_3");
  ha.children.of("vrrp").ends("SIGKILL");
  await ha.ports.clock.pass(0);
  const { exitCode, stdout } = await ha.run("history", "-n", "2");
  assert.equal(exitCode, 0);
  assert.match(stdout, /^\S+Z {2}VI_3: BACKUP -> MASTER .*\n\S+Z {2}VI_3: MASTER -> BACKUP/);
  assert.equal(stdout.trimEnd().split("\n").length, 2);
});

test("the man page names every key of the record", async () => {
  const ha = await FakeHa.up();
  const { stdout } = await ha.run("history", "-j");
  assert.deepEqual(unnamedKeys(JSON.parse(stdout), haHistory.description), []);
});
