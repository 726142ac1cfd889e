/** What a router does when the kernel refuses its addresses, and with an MTU that is too small. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { FakeRun } from "../../../support/fake-run.ts";
import { vip } from "../../../support/vrrp.ts";

const OWN = ["10.0.0.1/24", "fe80::1/64"];
const VIP = "10.0.0.100/24";
const TAKEOVER_MS = 3610; // three adverts of 1 s, and the skew of priority 100
const ADD = 20; // RTM_NEWADDR

test("when the kernel refuses an address nobody hears of the takeover, and it is tried again", async () => {
  const run = new FakeRun();
  run.ports.kernel.refusals.set(ADD, "EINVAL");
  await run.pass(TAKEOVER_MS);
  assert.deepEqual(run.told, ["init>backup started", "backup>fault addresses-refused"]);
  assert.deepEqual([run.takeSent(), run.addresses], [[], OWN]);
  run.ports.kernel.refusals.clear();
  await run.pass(10_000 + TAKEOVER_MS);
  assert.deepEqual(run.addresses, [...OWN, VIP]);
  assert.equal(run.takeSent()[0], "advert 100 from 10.0.0.1");
});

test("a master that may not put an address back resigns", async () => {
  const run = new FakeRun();
  await run.pass(TAKEOVER_MS);
  run.takeSent();
  run.events.length = 0;
  run.ports.kernel.refusals.set(ADD, "EINVAL");
  run.ports.kernel.removeAddress(VIP);
  await run.pass();
  assert.deepEqual(run.takeSent(), ["advert 0 from 10.0.0.1"]);
  assert.deepEqual(run.told, ["master>fault addresses-refused"]);
});

test("an MTU below its advert is a fault as long as it lasts", async () => {
  const vips = Array.from({ length: 100 }, (_, n) => vip(`10.0.0.${100 + n}/32`));
  const run = new FakeRun({ vips });
  await run.pass(TAKEOVER_MS);
  run.events.length = 0;
  run.ports.kernel.setLink({ mtuBytes: 427 });
  await run.pass();
  assert.deepEqual(run.told, ["master>fault fault"]);
  run.ports.kernel.setLink({ mtuBytes: 428 });
  await run.pass();
  assert.equal(run.told.at(-1), "fault>backup fault-cleared");
});
