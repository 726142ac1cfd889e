import assert from "node:assert/strict";
import { test } from "node:test";
import { VIPKIT_ROUTE_PROTOCOL } from "../../../../src/app/rtnl.ts";
import { HeldRouting, routingLeftovers } from "../../../../src/app/vrrp/held-routing.ts";
import { formatCidr, formatIp } from "../../../../src/core/addr.ts";
import { SystemError } from "../../../../src/core/errors.ts";
import { RTM } from "../../../../src/core/netlink/rtnl.ts";
import { addRoute } from "../../../../src/core/netlink/rtnl-route.ts";
import { FakePorts } from "../../../support/fake-ports.ts";
import { routing } from "../../../support/vrrp.ts";

function hold(routes: readonly string[], rules: readonly string[] = [], ports = new FakePorts()) {
  const told: string[] = [];
  const netlink = ports.openNetlink(0);
  const wanted = routing({ routes, rules });
  const held = new HeldRouting(ports, netlink, wanted, (_type, text) => told.push(text));
  const kernel = ports.kernel.routing;
  const list = () => [
    ...kernel.routes.map(
      ({ destination, gateway, ifIndex, table }) =>
        `${formatCidr(destination)} ${gateway ? formatIp(gateway) : "-"} ${ifIndex} ${table}`,
    ),
    ...kernel.rules.map(({ table, priority }) => `rule ${table} ${priority}`),
  ];
  const leftovers = () => routingLeftovers(netlink, wanted);
  return { ports, kernel, held, told, list, leftovers };
}

const ROUTES = ["default via 10.0.0.254 table 100", "10.9.0.0/16 dev eth0"];
const RULES = ["from 10.0.0.100 table 100 pref 1000", "fwmark 1 table 100"];
const ALL = [
  "0.0.0.0/0 10.0.0.254 null 100",
  "10.9.0.0/16 - 2 254",
  "rule 100 1000",
  "rule 100 32764",
];

test("routes come before rules, bear our mark, and go again; doing either twice is fine", () => {
  const { kernel, held, list, told } = hold(ROUTES, RULES);
  held.hold();
  held.hold();
  assert.deepEqual(list(), ALL);
  const protocols = [...kernel.routes, ...kernel.rules].map(({ protocol }) => protocol);
  assert.deepEqual([...new Set(protocols)], [VIPKIT_ROUTE_PROTOCOL]);
  held.release();
  held.release();
  assert.deepEqual([list(), told], [[], []]);
});

test("without routes and rules nothing is opened or asked", () => {
  const ports = new FakePorts();
  const before = ports.open;
  const { held } = hold([], [], ports);
  held.hold();
  held.release();
  assert.equal(ports.open, before + 1); // the test's own netlink socket
});

test("what disappears is put back and told, at once", async () => {
  const { ports, kernel, held, list, told } = hold(ROUTES, RULES);
  held.hold();
  kernel.removeRoute(kernel.routes[0]);
  kernel.removeRule(kernel.rules[1]);
  await ports.clock.pass(1);
  assert.deepEqual(new Set(list()), new Set(ALL));
  assert.deepEqual(told, [
    "route default via 10.0.0.254 table 100 was taken away: put back",
    "rule from all fwmark 0x1 table 100 was taken away: put back",
  ]);
});

test("routes that leave with their link without a notification of their own are put back", async () => {
  const { ports, kernel, held, list } = hold(ROUTES);
  held.hold();
  kernel.routes = [];
  ports.kernel.setLink({ up: true });
  await ports.clock.pass(1);
  assert.deepEqual(list(), ALL.slice(0, 2));
});

test("a route of ours that somebody replaced is told as being in the way, and is theirs", async () => {
  const { ports, kernel, held, told, list } = hold(["default via 10.0.0.254"]);
  held.hold();
  const [ours] = kernel.routes;
  assert.ok(ours !== undefined);
  kernel.answer({ ...addRoute({ ...ours, protocol: 4 }), flags: 0x500 });
  await ports.clock.pass(1);
  assert.deepEqual(told, [
    "route add default via 10.0.0.254: another one that is not ours has its place (EEXIST)",
  ]);
  held.release();
  assert.equal(list().length, 1);
});

test("one of ours that lost its source, as IPv6 routes do with the address, is made anew", async () => {
  const { ports, kernel, held } = hold(["::/0 via fe80::9 dev eth0 src fd00::100"]);
  held.hold();
  const [ours] = kernel.routes;
  assert.ok(ours !== undefined);
  kernel.routes = [{ ...ours, preferredSource: null }];
  ports.kernel.loseNotifications();
  await ports.clock.pass(1);
  assert.deepEqual(kernel.routes, [ours]);
});

test("a refusal is told once, keeps nothing else back, and is tried again", async () => {
  const { ports, held, told, list } = hold(["10.8.0.0/16 dev eth7", "10.9.0.0/16 dev eth0"]);
  held.hold();
  assert.deepEqual(list(), ALL.slice(1, 2));
  const text = "route add 10.8.0.0/16 dev eth7: no such interface: eth7 (ENODEV)";
  await ports.clock.pass(5000);
  assert.deepEqual(told, [text]);
  ports.kernel.setLink({ name: "eth7", ifIndex: 7 });
  await ports.clock.pass(60);
  assert.equal(list().length, 2);
  held.release();
  assert.deepEqual([list(), told], [[], [text]]);
});

test("who fights us for a route is answered at most twenty times a second", async () => {
  const { ports, kernel, held } = hold(["10.9.0.0/16 dev eth0"]);
  held.hold();
  let removed = 0;
  for (let ms = 0; ms < 1000; ms++) {
    const [route] = kernel.routes;
    if (route !== undefined) {
      kernel.removeRoute(route);
      removed += 1;
    }
    await ports.clock.pass(1);
  }
  assert.ok(removed > 10 && removed <= 21, `${removed}`);
});

test("what a run that died left is told and removed, whatever its gateway was; the host's own stays", () => {
  const { kernel, held, list, leftovers } = hold(ROUTES, RULES.slice(0, 1));
  held.hold();
  kernel.routes = kernel.routes.map((route) => ({ ...route, gateway: null }));
  const [first] = kernel.routes;
  assert.ok(first !== undefined);
  const ports = new FakePorts();
  Object.assign(ports.kernel.routing, { routes: kernel.routes, rules: kernel.rules });
  const next = hold(ROUTES, RULES.slice(0, 1), ports);
  next.kernel.routes = [...next.kernel.routes, { ...first, metric: 7, protocol: 4 }];
  const told = next.leftovers();
  assert.deepEqual(
    told.map((text) => text.replace(/ was there already, left by a run that died.*/, "")),
    [`route ${ROUTES[0]}`, `route ${ROUTES[1]}`, "rule from 10.0.0.100/32 table 100 priority 1000"],
  );
  assert.deepEqual(next.held.inherit(), told);
  assert.deepEqual(next.list(), ["0.0.0.0/0 - null 100"]);
  assert.deepEqual([leftovers().length, list().length], [3, 3]);
});

test("without the right to change routes the start is refused", () => {
  const { ports, held } = hold(ROUTES);
  ports.kernel.refusals.set(RTM.deleteRoute, "EPERM");
  assert.throws(
    () => held.inherit(),
    (error) => error instanceof SystemError && error.code === "EPERM" && /route/.test(error.op),
  );
});

test("a closed one watches and waits for nothing", async () => {
  const ports = new FakePorts();
  const before = ports.open;
  const { held } = hold(["10.8.0.0/16 dev eth7"], [], ports);
  held.hold();
  held.close();
  assert.equal(ports.open, before + 1);
});
