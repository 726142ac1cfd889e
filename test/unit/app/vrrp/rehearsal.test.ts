import assert from "node:assert/strict";
import { test } from "node:test";
import { hookCaveats } from "../../../../src/app/vrrp/hooks.ts";
import { rehearseVrrp, type VrrpPlan } from "../../../../src/app/vrrp/rehearsal.ts";
import { FakePorts } from "../../../support/fake-ports.ts";
import { FakeRun } from "../../../support/fake-run.ts";
import { ip } from "../../../support/packets.ts";
import { advertOfPeer, vrrpInstance } from "../../../support/vrrp.ts";

function rehearsal(ports: FakePorts, force = false) {
  const stop = new AbortController();
  const instance = vrrpInstance();
  return {
    stop,
    plan: rehearseVrrp({ instance, force, signal: stop.signal, recordDirectory: null }, ports),
  };
}
async function rehearse(ports: FakePorts, force = false): Promise<VrrpPlan> {
  const { plan } = rehearsal(ports, force);
  await ports.clock.pass(1000);
  return await plan;
}
const reasons = ({ refusals }: VrrpPlan) => refusals.map(({ message }) => message);

test("it changes nothing, sends nothing and leaves nothing open; its promise is that of RFC 9568", async () => {
  const ports = new FakePorts();
  ports.kernel.addAddress("10.0.0.100/24", { protocol: 112 });
  const plan = await rehearse(ports);
  assert.deepEqual(plan.refusals, []);
  assert.deepEqual(plan.source, ip("10.0.0.1"));
  assert.equal(plan.leftovers.length, 1);
  assert.equal(plan.takeoverLimitMs, 3000 + (156 * 1000) / 256);
  assert.equal(plan.peerLimitMs, 3000 + (255 * 1000) / 256);
  assert.deepEqual([ports.kernel.addresses.length, ports.open, ports.sent], [3, 0, []]);
});

test("without permission for sockets and addresses it names both at once", async () => {
  const ports = new FakePorts();
  ports.refuseOpen = "EPERM";
  ports.kernel.refusals.set(21, "EPERM");
  const told = reasons(await rehearse(ports));
  assert.match(told[0] ?? "", /^address change eth0: .*EPERM/);
  assert.match(told[1] ?? "", /^socket eth0: .*EPERM/);
  assert.deepEqual([told.length, ports.open], [2, 0]);
});

test("it tells that another process runs this router, and does not disturb it", async () => {
  const first = new FakeRun();
  await first.pass();
  first.ports.kernel.addAddress("10.0.0.100/24", { protocol: 112 });
  const plan = await rehearse(first.ports);
  assert.match(reasons(plan)[0] ?? "", /another process runs this virtual router here/);
  assert.deepEqual(plan.leftovers, []);
  await first.pass(4000);
  assert.equal(first.told.at(-1), "backup>master advert-timeout");
});

test("it hears who uses the VRID for other addresses, unless that is of no interest", async () => {
  for (const force of [false, true]) {
    const ports = new FakePorts();
    const { plan } = rehearsal(ports, force);
    await ports.clock.pass(500);
    ports.receive("10.0.0.2", advertOfPeer("10.0.0.2", 50, ["10.0.0.77"]));
    await ports.clock.pass(1000);
    const told = reasons(await plan);
    assert.equal(told.length, force ? 0 : 1);
    if (!force) assert.match(told[0] ?? "", /^VRID 51 on eth0 is in use: 10\.0\.0\.2 advertises/);
  }
});

test("interrupted while it listens it has no answer", async () => {
  const ports = new FakePorts();
  const { plan, stop } = rehearsal(ports);
  await ports.clock.pass(500);
  stop.abort();
  await assert.rejects(plan, { name: "AbortError" });
  assert.equal(ports.open, 0);
});

test("it is refused what a run would be refused: a directory that cannot be made, a host to ask that is the router itself", async () => {
  const ports = new FakePorts();
  ports.files.refuse = "EEXIST";
  const signal = new AbortController().signal;
  const more = { force: true, signal, recordDirectory: "/etc/passwd" };
  const plan = await rehearseVrrp({ instance: vrrpInstance(), ...more }, ports);
  assert.match(reasons(plan)[0] ?? "", /^mkdir \/etc\/passwd: .*EEXIST/);
  for (const [host, reason] of [
    ["10.0.0.100", /--verify 10\.0\.0\.100 is a virtual address/],
    ["10.0.0.1", /--verify 10\.0\.0\.1 is this host/],
  ] as const) {
    const instance = vrrpInstance({ verify: [ip(host)] });
    await assert.rejects(rehearseVrrp({ instance, ...more }, ports), reason);
  }
});

test("a hook whose program is not there is told with its option", () => {
  const ports = new FakePorts();
  ports.missingPrograms.add("/nonexistent");
  assert.deepEqual(hookCaveats({ master: ["/nonexistent", "x"], backup: ["sh"] }, ports), [
    "--on-master /nonexistent: there is no such program now, or it may not be executed",
  ]);
});
