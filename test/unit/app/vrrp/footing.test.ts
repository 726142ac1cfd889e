/** What a router stands on: what its machine is told when an interface, an address or a socket goes or comes. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { VrrpEvent } from "../../../../src/app/vrrp/events.ts";
import { FaultBoard } from "../../../../src/app/vrrp/fault-board.ts";
import { Footing, type FootingHandlers } from "../../../../src/app/vrrp/footing.ts";
import type { VrrpInstance } from "../../../../src/app/vrrp/instance.ts";
import { Interfaces } from "../../../../src/app/vrrp/interfaces.ts";
import { AdvertListener } from "../../../../src/app/vrrp/listener.ts";
import { LossInquiry } from "../../../../src/app/vrrp/loss-inquiry.ts";
import { Teller } from "../../../../src/app/vrrp/teller.ts";
import { formatCidr } from "../../../../src/core/addr.ts";
import { RTM } from "../../../../src/core/netlink/rtnl.ts";
import { FakePorts } from "../../../support/fake-ports.ts";
import { vip, vrrpInstance } from "../../../support/vrrp.ts";

const VIP = "10.0.0.100/24";

function standing(changes: Partial<VrrpInstance> = {}, ports = new FakePorts()) {
  const netlink = ports.openNetlink(0);
  const before = ports.open;
  const instance = vrrpInstance(changes);
  const events: VrrpEvent[] = [];
  const emit = (event: VrrpEvent): void => void events.push(event);
  const teller = new Teller(ports.clock, emit);
  const parts = {
    listener: new AdvertListener(ports.clock, emit, () => {}),
    teller,
    losses: new LossInquiry(() => instance, ports, teller.tell),
  };
  const log: string[] = []; // facts, states and ends of looks, in their order
  const handlers: FootingHandlers = {
    feed: (fact) => void log.push(["fault" in fact ? fact.fault : "", fact.kind].join(" ").trim()),
    onState: (ifName) => void log.push(`look ${ifName}`),
    onSettled: () => void log.push("settled"),
  };
  const interfaces = new Interfaces(ports, netlink);
  const faults = new FaultBoard(handlers.feed);
  const world = { ports, netlink, interfaces };
  const footing = new Footing(instance, world, { ...parts, faults }, handlers, false);
  const open = (): void => footing.open(interfaces);
  const has = (text: string): boolean =>
    ports.kernel.addresses.some((address) => formatCidr(address) === text);
  /** What comes of a change. */
  const after = async (act: () => void, ms = 0): Promise<string[]> => {
    log.length = 0;
    act();
    await ports.clock.pass(ms);
    return log.splice(0);
  };
  const opened = (): number => ports.open - before;
  return { ports, kernel: ports.kernel, footing, open, has, events, log, after, opened };
}

test("an interface that is well is looked at, stood on, and nothing is told", () => {
  const { footing, open, log, events } = standing();
  open();
  assert.deepEqual([log, events], [["look eth0", "settled"], []]);
  assert.deepEqual([footing.isSound, footing.place?.link.ifIndex], [true, 2]);
});

test("a fault is told before the sockets go, and its end after they are there again", async () => {
  const { kernel, footing, open, after } = standing();
  open();
  const gone = await after(() => kernel.removeLink());
  assert.equal(gone[0], "look eth0");
  assert.ok(gone.includes("interface-gone fault-raised"), gone.join());
  assert.deepEqual([footing.isSound, footing.place], [false, undefined]);
  const back = await after(() => {
    kernel.setLink({ ifIndex: 9 });
    kernel.addAddress("10.0.0.1/24", { ifIndex: 9 });
  });
  assert.ok(back.includes("interface-gone fault-cleared"), back.join());
  assert.deepEqual([footing.isSound, footing.place?.link.ifIndex], [true, 9]);
});

test("sockets that are refused are a fault that is told, and are tried again", async () => {
  const ports = new FakePorts();
  ports.refuseOpen = "EMFILE";
  const { footing, open, events, after } = standing({}, ports);
  assert.throws(open, { code: "EMFILE" });
  assert.equal(ports.open, 1, "the netlink socket of the test is left");
  ports.refuseOpen = undefined;
  open();
  ports.refuseOpen = "EMFILE";
  const moved = await after(() => ports.kernel.setLink({ mac: "02:00:00:00:00:77" }));
  assert.ok(moved.includes("no-socket fault-raised"), moved.join());
  assert.equal(events.at(-1)?.type, "trouble");
  ports.refuseOpen = undefined;
  assert.ok((await after(() => {}, 1000)).includes("no-socket fault-cleared"));
  assert.equal(footing.isSound, true);
});

test("an address that somebody takes away is told with who has lost it", async () => {
  const { kernel, footing, open, has, after } = standing();
  open();
  footing.holdings.hold();
  assert.equal(has(VIP), true);
  const taken = await after(() => kernel.removeAddress(VIP));
  assert.deepEqual(taken, ["look eth0", "addresses-taken", "settled"]);
  footing.holdings.release();
  assert.deepEqual(await after(() => kernel.addAddress("10.0.0.7/24")), ["look eth0", "settled"]);
});

test("another MAC address has to be announced where addresses are held, and only there", async () => {
  const { kernel, footing, open, after } = standing();
  open();
  const change = (mac: string) => after(() => kernel.setLink({ mac }));
  assert.deepEqual(await change("02:00:00:00:00:77"), ["look eth0", "settled"]);
  footing.holdings.hold();
  assert.deepEqual(await change("02:00:00:00:00:78"), ["look eth0", "addresses-lost", "settled"]);
});

test("a MASTER waits a moment for its source address, and puts nothing on the interface meanwhile", async () => {
  const { ports, kernel, footing, open, has, after } = standing();
  open();
  footing.holdings.hold();
  const source = footing.place?.source;
  const lost = await after(() => {
    kernel.removeAddress("10.0.0.1/24");
    kernel.removeAddress(VIP);
  }, 100);
  assert.ok(!lost.some((line) => line.includes("fault")), lost.join());
  footing.holdings.hold();
  assert.equal(has(VIP), false, "it would become the primary one");
  assert.equal(footing.place?.source, source);
  const back = await after(() => kernel.addAddress("10.0.0.1/24"));
  assert.deepEqual(back, ["look eth0", "addresses-taken", "settled"]);
  footing.holdings.hold();
  assert.equal(has(VIP), true);
  await after(() => kernel.removeAddress("10.0.0.1/24"));
  assert.deepEqual(
    await after(() => kernel.addAddress("10.0.0.1/24")),
    ["look eth0", "addresses-lost", "settled"],
    "what was not announced meanwhile is",
  );
  kernel.removeAddress("10.0.0.1/24");
  const over = await after(() => {}, 1000);
  assert.ok(over.includes("no-source-address fault-raised"), over.join());
  assert.equal(ports.clock.pending, 0);
});

test("what cannot be sent while the source address is waited for is not told, and the end waits no more", async () => {
  const { ports, kernel, footing, open, events, after } = standing();
  open();
  footing.holdings.hold();
  await after(() => kernel.removeAddress("10.0.0.1/24"));
  ports.refuseSend = "EADDRNOTAVAIL";
  footing.send((transport) => transport.sendAdvert(100, "pseudo-header"));
  assert.deepEqual([events, ports.clock.pending], [[], 1]);
  footing.close();
  assert.equal(ports.clock.pending, 0);
});

test("an interface of addresses alone has its own fault, and its news is told", async () => {
  const ports = new FakePorts();
  ports.kernel.setLink({ ifIndex: 3, name: "eth1", mac: "02:00:00:00:00:03" });
  const elsewhere = vip("10.1.0.100/24", { ifName: "eth1" });
  const { kernel, footing, open, events, after } = standing({ vips: [vip(VIP), elsewhere] }, ports);
  open();
  const down = await after(() => kernel.setLink({ ifIndex: 3, up: false, running: false }));
  assert.deepEqual(down, ["look eth1", "vip-interface-down fault-raised", "settled"]);
  assert.equal(footing.place?.link.ifIndex, 2, "the router stands where it stood");
  assert.equal(events.at(-1)?.type, "notice");
  const up = await after(() => kernel.setLink({ ifIndex: 3, up: true, running: true }));
  assert.ok(up.includes("vip-interface-down fault-cleared"), up.join());
});

test("what cannot be sent is told, but not in FAULT, where why is told already", async () => {
  const { ports, kernel, footing, open, events, after } = standing();
  const send = () => footing.send((transport) => transport.sendAdvert(100, "pseudo-header"));
  send();
  assert.deepEqual([ports.sent, events], [[], []], "without sockets nothing is tried");
  open();
  ports.refuseSend = "ENETDOWN";
  send();
  assert.deepEqual(
    events.splice(0).map(({ type }) => type),
    ["trouble"],
  );
  await after(() => kernel.setLink({ running: false }));
  assert.equal(footing.isSound, false);
  events.length = 0;
  send();
  footing.announce(1);
  assert.deepEqual(events, []);
});

test("at the end all is given up, also where the kernel refuses a part of it", () => {
  const { kernel, footing, open, has, events, opened } = standing();
  open();
  footing.holdings.hold();
  footing.close();
  assert.deepEqual([has(VIP), opened()], [false, 0]);
  const refusing = standing();
  refusing.open();
  refusing.footing.holdings.hold();
  refusing.kernel.refusals.set(RTM.deleteAddress, "EPERM");
  refusing.footing.close();
  assert.equal(refusing.opened(), 0);
  assert.equal(refusing.events.at(-1)?.type, "trouble");
  assert.deepEqual([events, kernel.links.length], [[], 1]);
});
