import assert from "node:assert/strict";
import test from "node:test";
import { ADDRESS_FLAGS } from "../../../../src/core/netlink/rtnl-address.ts";
import { runInProcess } from "../../../support/cli.ts";
import { FakeKernel } from "../../../support/fake-kernel.ts";

const kernel = new FakeKernel().addLink("eth0").addLink("eth1");
kernel.addAddress("eth0", "192.0.2.10/24").addAddress("eth1", "192.0.2.10/32");
const show = (line: string) =>
  runInProcess(["vip", "show", ...line.split(" ")], { ports: kernel.ports });

test("an address that is here is shown on each of its interfaces, exit 0", async () => {
  const { exitCode, stdout } = await show("192.0.2.10");
  assert.equal(exitCode, 0);
  assert.deepEqual(stdout, "eth0  192.0.2.10/24  global\neth1  192.0.2.10/32  global\n");
});

test("an address that is not here is a negative answer, exit 1", async () => {
  const absent = { exitCode: 1, stdout: "192.0.2.11: not on this host\n", stderr: "" };
  assert.deepEqual(await show("192.0.2.11"), absent);
  assert.equal((await show("192.0.2.10/25")).exitCode, 1);
  assert.equal((await show("192.0.2.10/24 -I eth1")).stdout, "192.0.2.10/24: not on eth1\n");
});

test("with -q the exit status is all", async () => {
  assert.deepEqual(await show("-q 192.0.2.10"), { exitCode: 0, stdout: "", stderr: "" });
  assert.deepEqual(await show("-qj 192.0.2.11"), { exitCode: 1, stdout: "", stderr: "" });
});

test("JSON is one document for either answer", async () => {
  const present = JSON.parse((await show("192.0.2.10 -j -I eth1")).stdout);
  assert.deepEqual([present.present, present.addresses.length], [true, 1]);
  assert.deepEqual(JSON.parse((await show("::1 -j")).stdout), { present: false, addresses: [] });
});

test("an interface that is not there is no negative answer, exit 2", async () => {
  assert.equal((await show("192.0.2.10 -I eth7")).exitCode, 2);
});

test("an address that another host has is shown and is not here", async () => {
  const ports = new FakeKernel()
    .addLink("eth0")
    .addAddress("eth0", "2001:db8::10/64", { flags: ADDRESS_FLAGS.dadFailed }).ports;
  const { exitCode, stdout } = await runInProcess(["vip", "show", "2001:db8::10"], { ports });
  assert.equal(exitCode, 1);
  assert.match(stdout, /^eth0 {2}2001:db8::10\/64 {2}global {2}dadfailed: another host has it\n$/);
  const json = await runInProcess(["vip", "show", "2001:db8::10", "-j"], { ports });
  const { present, addresses } = JSON.parse(json.stdout);
  assert.deepEqual([present, addresses[0].flags], [false, ["dadfailed"]]);
});
