import assert from "node:assert/strict";
import { test } from "node:test";
import { type Drift, IpvsKeeper } from "../../../../src/app/ipvs/keep.ts";
import { IpvsKernel } from "../../../../src/app/ipvs/kernel.ts";
import { sync } from "../../../../src/app/ipvs/sync.ts";
import { IPVS_COMMANDS } from "../../../../src/core/netlink/ipvs.ts";
import { tableOf } from "../../../../src/proto/ipvs/table.ts";
import { FakePorts } from "../../../support/fake-ports.ts";
import { destinationTo, serviceAt } from "../../../support/ipvs.ts";

const WEB = serviceAt("tcp 192.0.2.1:80");

function keeping(ports: FakePorts) {
  const kernel = new IpvsKernel(ports);
  const seen = {
    weight: 1,
    isBroken: false as boolean,
    synced: 0,
    told: 0, // of drift, or of what is refused
    drifts: [] as Drift[],
    troubles: [] as string[],
  };
  const keeper = new IpvsKeeper(
    5000,
    ports,
    {
      read: async () => {
        if (seen.isBroken) throw new Error("half written");
        const destinations = [destinationTo("10.0.0.1:80", { weight: seen.weight })];
        const table = tableOf([{ service: WEB, destinations }]);
        return { target: { table, timeouts: null, daemons: null }, files: [], goodForMs: Infinity };
      },
      sync: (target) => sync(kernel, { target, owned: new Set(), prunes: false }, async () => {}),
    },
    {
      onSynced: () => {
        seen.synced += 1;
      },
      onDrift: (drifts) => {
        seen.told += 1;
        seen.drifts.push(...drifts);
      },
      onTrouble: (error) => seen.troubles.push(String(error)),
    },
  );
  void keeper.start();
  return { keeper, kernel, seen };
}

test("what another program deletes comes back, and is told with how often that was", async () => {
  const ports = new FakePorts();
  const { keeper, kernel, seen } = keeping(ports);
  await ports.clock.pass(1);
  for (let n = 0; n < 2; n += 1) {
    ports.ipvs.remove(WEB.id, destinationTo("10.0.0.1:80"));
    await ports.clock.pass(5000);
  }
  assert.deepEqual(
    seen.drifts.map(({ subject, deed, times }) => `${subject} ${deed} ${times}`),
    ["10.0.0.1:80 of tcp 192.0.2.1:80 deleted 1", "10.0.0.1:80 of tcp 192.0.2.1:80 deleted 2"],
  );
  assert.equal(seen.synced, 1);
  assert.equal(kernel.table().get("tcp 192.0.2.1:80")?.destinations.length, 1);
  keeper.close();
  assert.equal(ports.clock.pending, 0);
});

test("what the file says anew is made so and is nobody's deed", async () => {
  const ports = new FakePorts();
  const { keeper, seen } = keeping(ports);
  await ports.clock.pass(1);
  seen.weight = 7;
  keeper.readAgain();
  await ports.clock.pass(1);
  assert.deepEqual([seen.synced, seen.drifts.length], [2, 0]);
});

test("while the file is broken what it said before is kept, and it is read again", async () => {
  const ports = new FakePorts();
  const { keeper, kernel, seen } = keeping(ports);
  await ports.clock.pass(1);
  seen.isBroken = true;
  keeper.readAgain();
  ports.ipvs.remove(WEB.id);
  await ports.clock.pass(1);
  assert.deepEqual(seen.troubles, ["Error: half written"]);
  assert.equal(kernel.table().size, 1);
  seen.isBroken = false;
  seen.weight = 2;
  await ports.clock.pass(5000);
  assert.equal(seen.synced, 2);
});

test("what the kernel refuses again and again is told once", async () => {
  const ports = new FakePorts();
  const { seen } = keeping(ports);
  await ports.clock.pass(1);
  ports.ipvs.remove(WEB.id);
  ports.ipvs.refusals.set(IPVS_COMMANDS.newService, "ENOENT");
  await ports.clock.pass(20_000);
  assert.equal(seen.told, 1);
  ports.ipvs.refusals.clear();
  await ports.clock.pass(5000);
  assert.deepEqual([seen.told, seen.drifts.length], [2, 2]);
});

test("what is refused is told once, and is nobody's deed when it can be made", async () => {
  const ports = new FakePorts();
  ports.ipvs.refusals.set(IPVS_COMMANDS.newService, "ENOENT");
  const { keeper, seen } = keeping(ports);
  await ports.clock.pass(1);
  await ports.clock.pass(20_000);
  assert.equal(seen.synced, 1);
  ports.ipvs.refusals.clear();
  await ports.clock.pass(5000);
  assert.deepEqual([seen.synced, seen.drifts], [2, []]);
  keeper.close();
});
