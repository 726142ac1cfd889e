import assert from "node:assert/strict";
import test from "node:test";
import { haStatus } from "../../../../src/commands/ha/status.ts";
import { runInProcess } from "../../../support/cli.ts";
import { FakeHa } from "../../../support/fake-ha.ts";
import { FakePorts } from "../../../support/fake-ports.ts";
import { unnamedKeys } from "../../../support/manual.ts";

test("one screen has routers with the terms of their priority, groups, trackers and processes", async () => {
  const ha = await FakeHa.up();
  ha.children.of("vrrp").says({ kind: "beat", lateMs: 3 });
  await ha.ports.clock.pass(50);
  const { exitCode, stdout } = await ha.run("status");
  assert.equal(exitCode, 0);
  assert.deepEqual(stdout.trimEnd().split("\n"), [
    "/etc/ha.conf  process 4711, up 0.05s",
    ...["VI_1", "VI_2", "VI_3"].flatMap((name) => [
      `${name}  MASTER for 5s  priority 90 = 100 -10 chk  vrid 51 on eth0`,
      "  master here priority 90  vips 1/1: 10.0.0.100/24",
    ]),
    "group VG  MASTER  VI_1, VI_2",
    "script chk  down",
    "process vrrp  100, beat 0.05s ago, 0 restarts, loop 0.003s late, at most 0.003s",
    "process checkers  101, no beat yet, 0 restarts, at most 0s",
  ]);
});

test("a router in FAULT and members of a group that differ are told, exit 1", async () => {
  const ha = await FakeHa.up();
  ha.states.set("VI_2", "fault");
  const { exitCode, stdout } = await ha.run("status");
  assert.equal(exitCode, 1);
  assert.match(stdout, /^VI_2 {2}FAULT/m);
  assert.match(stdout, /^group VG {2}not together/m);
});

test("what is known is told in time where the routers do not answer, exit 2", async () => {
  const ha = await FakeHa.up();
  ha.states.clear();
  const ran = ha.run("status");
  await ha.ports.clock.pass(1000);
  const { exitCode, stdout } = await ran;
  assert.equal(exitCode, 2);
  assert.match(stdout, /^VI_3 {2}does not answer$/m);
  assert.match(stdout, /^process vrrp {2}100/m);
});

test("the man page names every key of the record", async () => {
  const ha = await FakeHa.up();
  const { stdout } = await ha.run("status", "-j");
  const { instances, ...record } = JSON.parse(stdout);
  assert.deepEqual(unnamedKeys({ instances: [], ...record }, haStatus.description), []);
  const own = { terms: instances[0].terms, trackers: instances[0].trackers };
  assert.deepEqual(unnamedKeys(own, haStatus.description), []);
});

test("it looks again each second until it is interrupted", async () => {
  const ha = await FakeHa.up();
  const stop = new AbortController();
  const ran = runInProcess(["ha", "status", "-w", "-j"], { ports: ha.ports, stop });
  await ha.ports.clock.pass(2500);
  stop.abort();
  const states = (await ran).stdout.trimEnd().split("\n");
  assert.equal(states.length, 3);
});

test("nobody there: exit 2", async () => {
  assert.equal((await runInProcess(["ha", "status"], { ports: new FakePorts() })).exitCode, 2);
});
