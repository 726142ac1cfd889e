/** What the host has while `ha up` runs: put there, put back, and taken away again, but for what it had before. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { PlannedStatics } from "../../../../../../src/app/ha/up/plan/plan.ts";
import { Statics } from "../../../../../../src/app/ha/up/vrrp/statics.ts";
import { ROUTER_ADDRESS_PROTOCOL } from "../../../../../../src/app/rtnl.ts";
import { Interfaces } from "../../../../../../src/app/vrrp/interfaces.ts";
import { formatCidr } from "../../../../../../src/core/addr.ts";
import { RTM } from "../../../../../../src/core/netlink/rtnl.ts";
import { FakePorts } from "../../../../../support/fake-ports.ts";
import { routing, vip } from "../../../../../support/vrrp.ts";

const OURS = "10.9.0.1/24";
const PROMOTE = "net/ipv4/conf/eth0/promote_secondaries";

function hostOf(changes: Partial<PlannedStatics> = {}, ports = new FakePorts()) {
  const netlink = ports.openNetlink(0);
  const before = ports.open;
  const told: string[] = [];
  const planned = { addresses: [vip(OURS)], routing: routing({}), promoting: [], ...changes };
  const hold = (): Statics => {
    const interfaces = new Interfaces(ports, netlink);
    const statics = new Statics(ports, netlink, interfaces, (text) => told.push(text));
    statics.hold(planned);
    return statics;
  };
  const addresses = () => ports.kernel.addresses.map(formatCidr);
  return { ports, kernel: ports.kernel, planned, before, told, hold, addresses };
}

test("addresses bear our mark, last for ever, and go at the end", () => {
  const { ports, kernel, before, told, hold, addresses } = hostOf();
  const held = hold();
  const added = kernel.addresses.at(-1);
  assert.equal(added && formatCidr(added), OURS);
  assert.equal(added?.protocol, ROUTER_ADDRESS_PROTOCOL);
  assert.equal(added?.validLftS, Number.POSITIVE_INFINITY);
  held.close();
  assert.deepEqual(addresses(), ["10.0.0.1/24", "fe80::1/64"]);
  assert.deepEqual([ports.open, told], [before, []]);
});

test("one that is taken away is put back, also when its interface was gone or down", async () => {
  const { ports, kernel, hold, addresses } = hostOf();
  hold();
  kernel.removeAddress(OURS);
  await ports.clock.pass(0);
  assert.ok(addresses().includes(OURS));
  kernel.removeLink();
  await ports.clock.pass(0);
  kernel.setLink({ up: false });
  await ports.clock.pass(0);
  assert.ok(!addresses().includes(OURS), "an interface that is down takes none");
  kernel.setLink({ up: true });
  await ports.clock.pass(0);
  assert.ok(addresses().includes(OURS));
});

test("an interface without carrier has its addresses all the same", () => {
  const ports = new FakePorts();
  ports.kernel.setLink({ running: false });
  const { hold, addresses } = hostOf({}, ports);
  hold();
  assert.ok(addresses().includes(OURS));
});

test("an interface that is missing is waited for", async () => {
  const elsewhere = vip("10.9.1.1/24", { ifName: "eth1" });
  const { ports, kernel, told, hold } = hostOf({ addresses: [vip(OURS), elsewhere] });
  hold();
  kernel.setLink({ ifIndex: 3, name: "eth1" });
  await ports.clock.pass(0);
  const on = kernel.addresses.map((one) => `${formatCidr(one)} ${one.ifIndex}`);
  assert.deepEqual(on.slice(-2), [`${OURS} 2`, "10.9.1.1/24 3"]);
  assert.deepEqual(told, []);
});

test("what the host had before stays; what a run that died has left goes", () => {
  const ports = new FakePorts();
  const [host, left] = ["10.9.0.7/24", "10.9.0.8/24"];
  ports.kernel.addAddress(host);
  ports.kernel.addAddress(left, { protocol: ROUTER_ADDRESS_PROTOCOL });
  const { told, hold, addresses } = hostOf({ addresses: [vip(host), vip(left)] }, ports);
  hold().close();
  assert.deepEqual([addresses(), told], [["10.0.0.1/24", "fe80::1/64", host], []]);
});

test("one that another program put back in our stead is ours all the same", async () => {
  const { ports, kernel, hold, addresses } = hostOf();
  const held = hold();
  kernel.removeAddress(OURS);
  kernel.addAddress(OURS);
  await ports.clock.pass(0);
  held.close();
  assert.ok(!addresses().includes(OURS));
});

test("one that the kernel refuses is told, with why", () => {
  const { kernel, told, hold } = hostOf();
  kernel.refusals.set(RTM.newAddress, "EINVAL");
  hold();
  assert.deepEqual(told, [`address add ${OURS}: the kernel refuses (EINVAL)`]);
});

test("routes and rules of a run that died are replaced, and go at the end", () => {
  const wanted = routing({
    routes: ["10.8.0.0/16 dev eth0"],
    rules: ["from 10.9.0.0/24 table 9 pref 9"],
  });
  const { ports, kernel, told, hold } = hostOf({ addresses: [], routing: wanted });
  hold(); // and never closed
  const before = ports.open;
  const held = hold();
  assert.deepEqual([kernel.routing.routes.length, kernel.routing.rules.length], [1, 1]);
  held.close();
  assert.deepEqual([kernel.routing.routes, kernel.routing.rules, told], [[], [], []]);
  assert.equal(ports.open, before);
});

test("promote_secondaries is as it was before, where it was off and the interface is still there", () => {
  for (const [before, during, after] of [
    ["0", "1", "0"],
    ["1", "1", "1"],
    [undefined, undefined, undefined],
  ] as const) {
    const { ports, hold } = hostOf({ addresses: [], promoting: ["eth0"] });
    if (before !== undefined) ports.sysctls.set(PROMOTE, before);
    if (before !== "0") ports.refuseSysctl = "EROFS"; // there is nothing to write
    const held = hold();
    assert.equal(ports.sysctls.get(PROMOTE), during);
    held.close();
    assert.equal(ports.sysctls.get(PROMOTE), after);
  }
  const { ports, hold } = hostOf({ addresses: [], promoting: ["eth0"] });
  ports.sysctls.set(PROMOTE, "0");
  const held = hold();
  ports.sysctls.delete(PROMOTE);
  held.close();
  assert.equal(ports.sysctls.get(PROMOTE), undefined);
});

test("where it cannot be held nothing is left behind", () => {
  const { ports, kernel, before, hold, addresses } = hostOf({ promoting: ["eth0"] });
  ports.sysctls.set(PROMOTE, "0");
  kernel.refusals.set(RTM.getLink, "EPERM");
  assert.throws(hold, { code: "EPERM" });
  assert.deepEqual([ports.open, ports.sysctls.get(PROMOTE)], [before, "0"]);
  assert.deepEqual(addresses(), ["10.0.0.1/24", "fe80::1/64"]);
});

test("of another plan what is the same is not disturbed, and what is gone or new goes or comes", async () => {
  const wanted = routing({
    routes: ["10.8.0.0/16 dev eth0", "10.7.0.0/16 dev eth0"],
    rules: ["from 10.9.0.0/24 table 9 pref 9"],
  });
  const { kernel, ports, planned, told, hold, addresses } = hostOf({ routing: wanted });
  const held = hold();
  await ports.clock.pass(0);
  const [kept] = kernel.routing.routes;
  const own = kernel.addresses.at(-1);
  const next = routing({
    routes: ["10.8.0.0/16 dev eth0", "10.7.0.0/16 via 10.0.0.9", "10.6.0.0/16 dev eth0"],
    rules: [],
  });
  held.hold({ ...planned, addresses: [vip("10.9.0.2/24"), vip(OURS)], routing: next });
  assert.ok(kernel.addresses.includes(own as NonNullable<typeof own>), "the very one");
  assert.ok(kernel.routing.routes.includes(kept as NonNullable<typeof kept>), "the very one");
  assert.deepEqual([kernel.routing.routes.length, kernel.routing.rules.length], [3, 0]);
  assert.deepEqual(addresses().slice(-2), [OURS, "10.9.0.2/24"]);
  held.hold({ ...planned, addresses: [], routing: routing({}) });
  assert.deepEqual([kernel.routing.routes, addresses()], [[], ["10.0.0.1/24", "fe80::1/64"]]);
  assert.deepEqual(told, []);
});
