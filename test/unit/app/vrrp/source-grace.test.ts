import assert from "node:assert/strict";
import { test } from "node:test";
import { FakeRun } from "../../../support/fake-run.ts";

const OWN = "10.0.0.1/24";
const VIP = "10.0.0.100/24";

async function master(): Promise<FakeRun> {
  const run = new FakeRun();
  await run.pass(3610); // three adverts of 1 s, and the skew of priority 100
  run.takeSent();
  run.events.length = 0;
  return run;
}

test("a flush that is followed by the same address changes no state, and the virtual address is put back behind it", async () => {
  const run = await master();
  for (const address of [OWN, VIP]) run.ports.kernel.removeAddress(address);
  await run.pass(400);
  assert.deepEqual(run.addresses, ["fe80::1/64"], "else it would be the primary one");
  run.ports.kernel.addAddress(OWN);
  await run.pass();
  assert.deepEqual(run.addresses, ["fe80::1/64", OWN, VIP]);
  assert.deepEqual(run.told, ["notice: 10.0.0.100 was taken away: put back"]);
  await run.pass(2000);
  const adverts = run.takeSent().filter((text) => text === "advert 100 from 10.0.0.1");
  assert.equal(adverts.length, 2);
});

test("an address that has changed is sent from at once, and all else goes on", async () => {
  const run = await master();
  run.ports.kernel.removeAddress(OWN);
  await run.pass(400);
  run.ports.kernel.addAddress("10.0.0.9/24");
  await run.pass(1000);
  assert.ok(run.takeSent().includes("advert 100 from 10.0.0.9"));
  assert.deepEqual(run.told, []);
});

test("its last own address is a fault when it stays away for half an interval: the virtual one is no source", async () => {
  const run = await master();
  run.ports.kernel.removeAddress(OWN);
  await run.pass(499);
  assert.deepEqual(run.told, []);
  await run.pass(1);
  assert.deepEqual(run.told, ["master>fault fault"]);
  assert.deepEqual(run.addresses, ["fe80::1/64"]);
  run.ports.kernel.addAddress(OWN);
  await run.pass();
  assert.deepEqual(run.told.slice(1), ["fault>backup fault-cleared"]);
});

test("what else is wrong meanwhile is not borne, and who has nothing to lose waits for nothing", async () => {
  const run = await master();
  run.ports.kernel.removeAddress(OWN);
  await run.pass(100);
  run.ports.kernel.setLink({ running: false });
  await run.pass();
  assert.deepEqual(run.told, ["master>fault fault"]);
  const backup = new FakeRun();
  await backup.pass(10);
  backup.ports.kernel.removeAddress(OWN);
  await backup.pass();
  assert.deepEqual(backup.told.slice(1), ["backup>fault fault"]);
});

test("nothing is waited for after the end", async () => {
  const run = await master();
  run.ports.kernel.removeAddress(OWN);
  await run.pass(100);
  run.urgent.abort();
  run.stop.abort();
  await run.pass(10_000);
  await run.ended;
  assert.deepEqual([run.ports.open, run.ports.clock.pending], [0, 0]);
});
