import assert from "node:assert/strict";
import { test } from "node:test";
import type { VrrpInstance } from "../../../../src/app/vrrp/instance.ts";
import { readInterface } from "../../../../src/app/vrrp/interface-watch.ts";
import { strayRests } from "../../../../src/app/vrrp/strays.ts";
import { addRoute } from "../../../../src/core/netlink/rtnl-route.ts";
import { FakePorts } from "../../../support/fake-ports.ts";
import { ip } from "../../../support/packets.ts";
import { vrrpInstance } from "../../../support/vrrp.ts";

async function rests(ports: FakePorts, changes: Partial<VrrpInstance> = {}): Promise<string[]> {
  const netlink = ports.openNetlink(0);
  const states = new Map([["eth0", readInterface(netlink, "eth0")]]);
  const found = await strayRests(vrrpInstance(changes), states, netlink, ports);
  netlink.close();
  return found;
}

function addMarkedRoute(ports: FakePorts): void {
  const netlink = ports.openNetlink(0);
  const destination = { ip: ip("10.9.0.0"), prefixLength: 16 };
  netlink.transact([addRoute({ destination, ifIndex: 2, table: 100, protocol: 112, metric: 7 })]);
  netlink.close();
}

test("an address with our mark that is of no run is told with what removes it, and stays", async () => {
  const ports = new FakePorts();
  ports.kernel.addAddress("10.0.0.102/24", { protocol: 112 });
  ports.kernel.addAddress("10.0.0.103/24");
  ports.kernel.addAddress("10.0.0.100/24", { protocol: 112 }); // of this run
  const before = ports.kernel.addresses.length;
  assert.deepEqual(await rests(ports), [
    "10.0.0.102/24 on eth0 is marked as of a run (protocol 112) and of none here: vipkit vip del 10.0.0.102/24 -I eth0",
  ]);
  assert.deepEqual([ports.kernel.addresses.length, ports.open], [before, 0]);
});

test("what a living run has claimed is its own", async () => {
  const ports = new FakePorts();
  ports.kernel.addAddress("10.0.0.102/24", { protocol: 112 });
  assert.ok(ports.claimName("vip/eth0/10.0.0.102"));
  assert.deepEqual(await rests(ports), []);
});

test("a route with our mark is told where no other run can have it", async () => {
  const ports = new FakePorts();
  addMarkedRoute(ports);
  assert.deepEqual(await rests(ports), [
    "route 10.9.0.0/16 table 100 is marked as of a run (protocol 112) and of none here: ip -4 route del 10.9.0.0/16 table 100 metric 7 proto 112",
  ]);
  ports.control.serve("other", (_, client) => client.end());
  assert.deepEqual(await rests(ports), []);
});

test("of many rests eight are named", async () => {
  const ports = new FakePorts();
  for (let n = 0; n < 12; n += 1)
    ports.kernel.addAddress(`10.0.0.${150 + n}/24`, { protocol: 112 });
  const found = await rests(ports);
  assert.deepEqual([found.length, found.at(-1)], [9, "4 more with this mark are of no run here"]);
});
