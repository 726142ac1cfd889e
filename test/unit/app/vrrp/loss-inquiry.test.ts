/** Addresses that are taken away from a MASTER: what is told, and who is suspected. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { FakePorts } from "../../../support/fake-ports.ts";
import { FakeRun } from "../../../support/fake-run.ts";
import { vip, vrrpConfig } from "../../../support/vrrp.ts";

const VIP = "10.0.0.100/24";

async function masterBeside(names: readonly string[], lossLimit = 2): Promise<FakeRun> {
  const run = new FakeRun({ config: vrrpConfig({ lossLimit }) });
  for (const [index, name] of names.entries()) run.ports.processes.push({ pid: 800 + index, name });
  await run.pass(4000);
  run.events.length = 0;
  return run;
}

async function take(run: FakeRun): Promise<void> {
  run.ports.kernel.removeAddress(VIP);
  await run.pass();
}

test("who may have done it is told with the setting that stops it, after it was put back", async () => {
  const run = await masterBeside(["sshd", "NetworkManager"]);
  await take(run);
  assert.deepEqual(run.told, [
    "notice: 10.0.0.100 was taken away: put back",
    "trouble: addresses were taken away, perhaps by NetworkManager (pid 801): set unmanaged-devices=interface-name:eth0 in [keyfile] of a file in /etc/NetworkManager/conf.d",
  ]);
});

test("the setting is told for the interface on which the address was", async () => {
  const ports = new FakePorts();
  ports.kernel.setLink({ ifIndex: 3, name: "eth1", mac: "02:00:00:00:01:01" });
  const elsewhere = vip("10.1.0.100/24", { ifName: "eth1" });
  const run = new FakeRun({ excludedVips: [elsewhere] }, { ports });
  run.ports.processes.push({ pid: 801, name: "NetworkManager" });
  await run.pass(4000);
  run.ports.kernel.removeAddress("10.1.0.100/24");
  await run.pass();
  assert.match(run.told.at(-1) ?? "", /unmanaged-devices=interface-name:eth1 in/);
});

test("one loss too many is FAULT, and the transition names the suspects", async () => {
  const run = await masterBeside(["dhclient"]);
  for (let n = 0; n < 3; n++) await take(run);
  const event = run.events.at(-1);
  assert.ok(event?.type === "transition");
  assert.deepEqual(event.cause, {
    kind: "addresses-taken",
    address: "10.0.0.100",
    times: 3,
    withinMs: 0,
  });
  assert.deepEqual(event.circumstances.suspects, ["dhclient"]);
  assert.deepEqual(run.addresses, ["10.0.0.1/24", "fe80::1/64"]);
});

test("where the first loss is FAULT, the history knows the suspects when they are found", async () => {
  const run = new FakeRun({ config: vrrpConfig({ onLoss: "fault" }) });
  run.ports.processes.push({ pid: 9, name: "dhcpcd" });
  await run.pass(4000);
  await take(run);
  const answer = await run.ports.control.ask("VI_1", JSON.stringify({ request: "history" }));
  assert.deepEqual(JSON.parse(answer).transitions.at(-1).suspects, ["dhcpcd"]);
});

test("a process is looked for once in ten seconds, however often addresses are taken", async () => {
  const run = await masterBeside([], 100);
  let asked = 0;
  Object.assign(run.ports, {
    findProcesses: async () => {
      asked += 1;
      return [];
    },
  });
  for (let n = 0; n < 30; n++) {
    await take(run);
    await run.pass(500);
  }
  assert.equal(asked, 2);
});
