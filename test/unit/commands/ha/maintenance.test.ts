import assert from "node:assert/strict";
import test from "node:test";
import { haMaintenance } from "../../../../src/commands/ha/maintenance.ts";
import { FakeHa } from "../../../support/fake-ha.ts";
import { FakePorts } from "../../../support/fake-ports.ts";
import { unnamedKeys } from "../../../support/manual.ts";

const ON = ["maintenance", "on", "--for", "2h", "--reason", "new kernel"];

test("the routers rank last and hand over; it is shown, and ends by itself", async () => {
  const ha = await FakeHa.up();
  const { exitCode, stdout } = await ha.run(...ON);
  assert.equal(exitCode, 0);
  assert.match(stdout, /^maintenance since 2026-\S+, ends in 2h: new kernel$/m);
  assert.match(stdout, /^VI_3: handed over to 10\.0\.0\.2/m);
  assert.deepEqual(ha.maintenance, [false, true]);
  const status = await ha.run("status");
  assert.equal(status.exitCode, 1);
  assert.match(status.stdout, /^maintenance since .*new kernel$/m);
  await ha.ports.clock.pass(2 * 3_600_000);
  assert.deepEqual(ha.maintenance, [false, true, false]);
  assert.equal(ha.ports.files.contents.has("/state/ha-maintenance.json"), false);
  assert.equal((await ha.run("status")).exitCode, 0);
});

test("it outlives the process, also without an end, until it is ended", async () => {
  const ha = await FakeHa.up();
  await ha.run("maintenance", "on");
  await ha.run("down");
  await ha.ended;
  const next = await FakeHa.up(ha.ports);
  assert.deepEqual(next.maintenance, [true]);
  const { exitCode, stdout } = await next.run("maintenance", "off");
  assert.deepEqual([exitCode, stdout], [0, "maintenance is over\n"]);
  assert.deepEqual(next.maintenance, [true, false]);
  await next.run("down");
  assert.deepEqual((await FakeHa.up(ha.ports)).maintenance, [false]);
});

test("one whose time passed while nothing ran is over", async () => {
  const ha = await FakeHa.up();
  await ha.run(...ON);
  await ha.run("down");
  await ha.ended;
  await ha.ports.clock.pass(3 * 3_600_000);
  assert.deepEqual((await FakeHa.up(ha.ports)).maintenance, [false]);
  assert.equal(ha.ports.files.contents.has("/state/ha-maintenance.json"), false);
});

test("where the disk takes nothing it begins all the same, and says so: exit 1", async () => {
  const ha = await FakeHa.up();
  ha.ports.files.refuse = "ENOSPC";
  const { exitCode, stderr } = await ha.run(...ON);
  assert.equal(exitCode, 1);
  assert.match(stderr, /will not outlive this ha up: .*ENOSPC/);
  assert.deepEqual(ha.maintenance, [false, true]);
});

test("a file that says nothing is told of, and there is no maintenance", async () => {
  const ports = new FakePorts();
  ports.files.contents.set("/state/ha-maintenance.json", new TextEncoder().encode("{"));
  const ha = await FakeHa.up(ports);
  assert.deepEqual(ha.maintenance, [false]);
  assert.match(JSON.stringify(ha.events), /says no maintenance/);
});

test("--for and --reason go with on, and have bounds", async () => {
  const ha = await FakeHa.up();
  for (const words of [
    ["off", "--for", "1h"],
    ["on", "--for", "1ms"],
    ["on", "--reason", "x".repeat(201)],
  ]) {
    assert.equal((await ha.run("maintenance", ...words)).exitCode, 2);
  }
  assert.deepEqual(ha.maintenance, [false]);
});

test("the man page names every key of the record", async () => {
  const ha = await FakeHa.up();
  const { stdout } = await ha.run(...ON, "-j");
  const { maintenance, ...record } = JSON.parse(stdout);
  const texts = haMaintenance.description;
  assert.deepEqual(unnamedKeys({ maintenance, ...record, routers: [] }, texts), []);
  assert.deepEqual(unnamedKeys(maintenance, texts), []);
});
