import assert from "node:assert/strict";
import test from "node:test";
import { vrrpStatus } from "../../../../src/commands/vrrp/status.ts";
import { runInProcess } from "../../../support/cli.ts";
import { FakePorts } from "../../../support/fake-ports.ts";
import { FakeRun } from "../../../support/fake-run.ts";
import { claimFrame } from "../../../support/foreign.ts";
import { hmacSettings } from "../../../support/hmac.ts";
import { unnamedKeys } from "../../../support/manual.ts";
import { advertOfPeer, peersOf, vrrpConfig } from "../../../support/vrrp.ts";

const status = (ports: FakePorts, ...words: string[]) =>
  runInProcess(["vrrp", "status", ...words], { ports });

async function runFor(ms: number): Promise<FakePorts> {
  const run = new FakeRun();
  await run.pass(ms);
  return run.ports;
}

test("a master is exit 0, with all that is known in a few lines", async () => {
  const { exitCode, stdout, stderr } = await status(await runFor(4000), "VI_1");
  assert.deepEqual([exitCode, stderr], [0, ""]);
  assert.deepEqual(stdout.split("\n"), [
    "VI_1  MASTER for 0.391s  vrid 51 on eth0, ipv4 version 3  priority 100",
    "  master    10.0.0.1 (this router) priority 100, last advert 0.391s ago",
    "  vips      1/1 present: 10.0.0.100/24",
    "  counters  adverts_sent=1 adverts_received=0 announcements_sent=5 became_master=1",
    "  health    link up for 4s, timers 0s late, at most 0s",
    "  process   4711, up 4s",
    "",
  ]);
});

test("a backup is exit 1 and names its master and its peers", async () => {
  const ports = await runFor(100);
  ports.receive("10.0.0.2", advertOfPeer("10.0.0.2", 200));
  ports.receive("10.0.0.2", advertOfPeer("10.0.0.2", 200), 64);
  await ports.clock.pass(250);
  const { exitCode, stdout } = await status(ports);
  assert.equal(exitCode, 1);
  assert.match(stdout, /\n {2}master {4}10\.0\.0\.2 priority 200, last advert 0\.25s ago\n/);
  assert.match(stdout, /\n {2}peer {6}10\.0\.0\.2 priority 200, 1 adverts, the last 0\.25s ago\n/);
  assert.match(stdout, /\n {2}vips {6}0\/1 present/);
  assert.match(stdout, / rejected:ttl-not-255=1\n/);
});

test("faults, a changed priority, stalls and peers that are silent have their place", async () => {
  const config = vrrpConfig({ onLoss: "fault" });
  const run = new FakeRun({ config, reach: peersOf("10.0.0.2"), hmac: hmacSettings() });
  run.ports.processes.push({ pid: 9, name: "dhcpcd" });
  await run.pass(4000);
  run.ports.clock.freeze(1500);
  await run.pass(1000);
  await runInProcess(["vrrp", "priority", "VI_1", "150"], { ports: run.ports });
  run.ports.kernel.removeAddress("10.0.0.100/24");
  await run.pass(12_000);
  const { exitCode, stdout } = await status(run.ports, "VI_1");
  assert.equal(exitCode, 1);
  assert.match(stdout, /^VI_1 {2}FAULT for 12s .* priority 150 \(configured 100\)\n/);
  assert.match(stdout, /\n {2}faults {4}addresses-taken, perhaps by dhcpcd; tries again in 48s\n/);
  assert.match(stdout, /\n {2}peer {6}10\.0\.0\.2 never heard\n/);
  assert.match(stdout, /\n {2}keys {6}enforce, key 1 signs, believed are 1, 7\n/);
  assert.match(stdout, /\n {2}stalls {4}1, the longest \S+s, the last \S+s ago\n/);
});

test("a master with a rival tells of it, with both MAC addresses", async () => {
  const ports = await runFor(4000);
  const frame = claimFrame("10.0.0.100", "02:00:00:00:00:03");
  ports.receiveFrame(frame);
  await ports.clock.pass(600);
  ports.receiveFrame(frame);
  const { stdout } = await status(ports, "VI_1");
  assert.match(
    stdout,
    /\n {2}conflict {2}10\.0\.0\.100 is at 02:00:00:00:00:03 too, beside 02:00:00:00:00:01: for 0\.6s, heard 2 times, the last 0s ago\n/,
  );
});

test("JSON is the record of one router, or a list of all", async () => {
  const ports = await runFor(4000);
  const one = JSON.parse((await status(ports, "VI_1", "-j")).stdout);
  assert.deepEqual([one.instance, one.state, one.pid], ["VI_1", "master", 4711]);
  const all = JSON.parse((await status(ports, "-j")).stdout);
  assert.deepEqual(all, { instances: [one] });
});

test("the man page names every key of the record", async () => {
  const ports = await runFor(4000);
  ports.receiveFrame(claimFrame("10.0.0.100", "02:00:00:00:00:03"));
  await ports.clock.pass(600);
  ports.receiveFrame(claimFrame("10.0.0.100", "02:00:00:00:00:03"));
  ports.receive("10.0.0.2", advertOfPeer("10.0.0.2", 50));
  const record = JSON.parse((await status(ports, "VI_1", "-j")).stdout);
  assert.ok(record.conflicts.length > 0 && record.peers.length > 0);
  assert.deepEqual(unnamedKeys(record, vrrpStatus.description), []);
});

test("with -q the exit status is all", async () => {
  const quiet = { exitCode: 0, stdout: "", stderr: "" };
  assert.deepEqual(await status(await runFor(4000), "-q"), quiet);
  assert.deepEqual(await status(await runFor(4000), "-qj"), quiet);
});

test("where nobody runs, or answers, it cannot tell: exit 2", async () => {
  const none = await status(new FakePorts());
  assert.deepEqual([none.exitCode, none.stdout], [2, ""]);
  assert.match(none.stderr, /no instance runs on this host/);
  assert.equal((await status(new FakePorts(), "VI_2")).exitCode, 2);
});

test("one that does not answer makes the whole answer unknown, and the others are shown", async () => {
  const ports = await runFor(4000);
  for (const [name, answer] of [
    ["old", "[]"],
    ["odd", "what?"],
  ] as const) {
    await ports.control.serve(name, (_line, client) => {
      client.send(answer);
      client.end();
    });
  }
  const { exitCode, stdout, stderr } = await status(ports);
  assert.equal(exitCode, 2);
  assert.match(stdout, /^VI_1 {2}MASTER/);
  assert.equal(stderr.match(/bad-answer/g)?.length, 2);
});

test("a name that cannot be one is refused", async () => {
  for (const name of ["../x", "", ".x", "a b", "x".repeat(65)]) {
    assert.equal((await status(new FakePorts(), name)).exitCode, 2, name);
  }
});
