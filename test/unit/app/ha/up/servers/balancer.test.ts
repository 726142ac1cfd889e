/** IPVS of the kernel as virtual servers want it: set by difference, kept, put back, left behind or removed. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type {
  IpvsSettings,
  PlannedService,
} from "../../../../../../src/app/ha/up/plan/lvs-plan.ts";
import { Balancer } from "../../../../../../src/app/ha/up/servers/balancer.ts";
import type { IpvsMemory } from "../../../../../../src/app/ha/up/servers/ipvs-memory.ts";
import { IpvsKernel } from "../../../../../../src/app/ipvs/kernel.ts";
import { IPVS_COMMANDS } from "../../../../../../src/core/netlink/ipvs.ts";
import { destinationIn } from "../../../../../../src/proto/ipvs/real-server.ts";
import type { Destination } from "../../../../../../src/proto/lvs/virtual-server.ts";
import { FakePorts } from "../../../../../support/fake-ports.ts";
import {
  ipvsService,
  lvsPlan,
  plannedServer,
  plannedService,
  realServer,
} from "../../../../../support/lvs-plan.ts";

function balancer(ports = new FakePorts()) {
  const troubles: string[] = [];
  const memories: IpvsMemory[] = [];
  const all = new Balancer(ports, {
    onMemory: (memory) => void memories.push(memory),
    onTrouble: (text) => void troubles.push(text),
  });
  const settings = (changes: Partial<IpvsSettings>): IpvsSettings => ({
    ...lvsPlan([]).ipvs,
    ...changes,
  });
  const go = (
    services: readonly PlannedService[],
    changes: Partial<IpvsSettings> = {},
    former?: IpvsMemory,
  ): void => all.go(lvsPlan(services, { ipvs: settings(changes) }), former);
  const begin = (...destinations: readonly Destination[]): void => {
    all.point(SERVICE, destinations);
    go([SERVICE]);
  };
  return { all, ports, troubles, memories, go, begin };
}

const SERVICE = plannedService({
  servers: [plannedServer(81), plannedServer(82)],
  sorry: { label: "", isInhibited: false, ipvs: realServer(99) },
});

/** `81 w1`, of all services. */
function table(ports: FakePorts): string[] {
  const kernel = new IpvsKernel(ports);
  const services = [...kernel.table().values()];
  kernel.close();
  return services.flatMap(({ service, destinations }) => [
    service.scheduler,
    ...destinations.map(({ port, weight }) => `${port} w${weight}`),
  ]);
}

const named = (ports: FakePorts): string[] => {
  const names = new Map<number, string>(
    Object.entries(IPVS_COMMANDS).map(([name, number]) => [number, name]),
  );
  return ports.ipvs.commands.splice(0).map((command) => names.get(command) ?? "");
};

test("a service with its servers; another weight is one request", async () => {
  const { all, ports, begin } = balancer();
  begin({ server: 0, weight: 1 }, { server: 1, weight: 2 });
  assert.deepEqual(table(ports), ["wrr", "81 w1", "82 w2"]);
  named(ports);
  all.point(SERVICE, [
    { server: 0, weight: 1 },
    { server: 1, weight: 5 },
  ]);
  await ports.clock.pass(0);
  assert.deepEqual(named(ports), ["setDestination"]);
  assert.deepEqual(table(ports), ["wrr", "81 w1", "82 w5"]);
  all.end(true);
  assert.deepEqual([table(ports), ports.open, ports.clock.pending], [[], 0, 0]);
});

test("the sorry server comes before the others go, and goes when they are there again", async () => {
  const { all, ports, begin } = balancer();
  begin({ server: 0, weight: 1 });
  named(ports);
  all.point(SERVICE, [{ server: "sorry", weight: 1 }]);
  await ports.clock.pass(0);
  assert.deepEqual(named(ports), ["newDestination", "setDestination", "deleteDestination"]);
  all.point(SERVICE, [{ server: 0, weight: 1 }]);
  await ports.clock.pass(0);
  assert.deepEqual(named(ports), ["newDestination", "setDestination", "deleteDestination"]);
  assert.deepEqual(table(ports), ["wrr", "81 w1"]);
});

test("what is there is taken over; services of others stay", () => {
  const { all, ports, begin } = balancer();
  const { id } = ipvsService();
  const other = ipvsService({ id: { by: "fwmark", mark: 7, family: 4 }, scheduler: "lc" });
  ports.ipvs.add(ipvsService({ scheduler: "rr" }), destinationIn(id, realServer(77), 1));
  ports.ipvs.add(other);
  begin({ server: 0, weight: 1 });
  assert.deepEqual(table(ports), ["wrr", "81 w1", "lc"]);
  all.end(true);
  assert.deepEqual(table(ports), ["lc"]);
});

test("a reload removes what is in no plan any more, and edits what is another thing", () => {
  const { all, ports, go, begin } = balancer();
  begin({ server: 0, weight: 1 });
  const other = plannedService({ ...SERVICE, ipvs: [ipvsService({ scheduler: "lc" })] });
  named(ports);
  all.point(other, [{ server: 0, weight: 1 }]);
  go([other]);
  assert.deepEqual(named(ports), ["setService"]);
  go([]);
  assert.deepEqual(table(ports), []);
});

test("the process that follows goes on with the table, and removes what was ours", () => {
  const first = balancer();
  first.begin({ server: 0, weight: 1 });
  first.all.close();
  const { ports } = first;
  const memory = first.memories.at(-1) ?? assert.fail("nothing is remembered");
  named(ports);
  const second = balancer(ports);
  second.all.point(SERVICE, [{ server: 0, weight: 1 }]);
  second.go([SERVICE], { flushesFirst: true }, memory);
  assert.deepEqual(named(ports), [], "all is there");
  second.all.close();
  const third = balancer(ports);
  third.go([], {}, memory);
  assert.deepEqual(table(ports), []);
});

test("what others delete is put back and told, a weight by hand stays", async () => {
  const { ports, troubles, begin } = balancer();
  const { id } = ipvsService();
  begin({ server: 0, weight: 1 }, { server: 1, weight: 2 });
  ports.ipvs.remove(id, destinationIn(id, realServer(81), 1));
  await ports.clock.pass(6000);
  assert.deepEqual(table(ports), ["wrr", "82 w2", "81 w1"]);
  assert.deepEqual(troubles, [
    "IPVS: 10.0.1.1:81 of tcp 10.0.0.1:80 was deleted by another process, and is set again",
  ]);
  ports.ipvs.remove(id, destinationIn(id, realServer(81), 1));
  ports.ipvs.remove(id);
  ports.ipvs.add(ipvsService(), destinationIn(id, realServer(82), 0));
  await ports.clock.pass(6000);
  assert.deepEqual(table(ports), ["wrr", "82 w0", "81 w1"]);
  assert.match(troubles.at(-1) ?? "", /was deleted by another process \(2x\)/);
  ports.ipvs.remove(id);
  await ports.clock.pass(6000);
  assert.deepEqual(table(ports), ["wrr", "81 w1", "82 w2"]);
  assert.match(troubles.at(-1) ?? "", /^IPVS: tcp 10.0.0.1:80 was deleted/);
});

test("of however many services each is looked at in its turn", async () => {
  const { all, ports, go } = balancer();
  const ipvs = Array.from({ length: 6000 }, (_, index) =>
    ipvsService({ id: { by: "fwmark", mark: index + 1, family: 4 } }),
  );
  const many = plannedService({ ...SERVICE, ipvs });
  all.point(many, [{ server: 0, weight: 1 }]);
  go([many]);
  const { id } = ipvs.at(-1) ?? assert.fail("there is none");
  const last = destinationIn(id, realServer(81), 1);
  ports.ipvs.remove(id, last);
  await ports.clock.pass(15_000);
  const kernel = new IpvsKernel(ports);
  assert.deepEqual(
    kernel.destinations(id)?.map(({ destination }) => destination),
    [last],
  );
});

test("where another program is faster the kernel is read again", async () => {
  const { all, ports, begin } = balancer();
  const { id } = ipvsService();
  begin({ server: 0, weight: 1 });
  ports.ipvs.remove(id);
  all.point(SERVICE, [{ server: 0, weight: 5 }]);
  await ports.clock.pass(0);
  assert.deepEqual(table(ports), ["wrr", "81 w5"]);
  const kernel = destinationIn(id, realServer(82), 9);
  ports.ipvs.remove(id);
  ports.ipvs.add(ipvsService(), kernel);
  all.point(SERVICE, [{ server: 1, weight: 2 }]);
  await ports.clock.pass(0);
  assert.deepEqual(table(ports), ["wrr", "82 w2"]);
});

test("who is never faster tries again at the next look", async () => {
  const { all, ports, begin } = balancer();
  begin({ server: 0, weight: 1 });
  ports.ipvs.refusals.set(IPVS_COMMANDS.newDestination, "EEXIST");
  all.point(SERVICE, [
    { server: 0, weight: 1 },
    { server: 1, weight: 2 },
  ]);
  await ports.clock.pass(0);
  ports.ipvs.refusals.clear();
  await ports.clock.pass(5000);
  assert.deepEqual(table(ports), ["wrr", "81 w1", "82 w2"]);
});

test("without IPVS one line says so, and it is set when it comes", async () => {
  const { all, ports, troubles, begin } = balancer();
  ports.ipvs.isThere = false;
  begin({ server: 0, weight: 1 });
  await ports.clock.pass(30_000);
  assert.equal(troubles.length, 1);
  assert.match(troubles[0] ?? "", /^IPVS is not set, all else goes on: .*modprobe ip_vs/);
  assert.match(all.trouble ?? "", /modprobe ip_vs/);
  ports.ipvs.isThere = true;
  await ports.clock.pass(10_000);
  assert.deepEqual(table(ports), ["wrr", "81 w1"]);
  assert.deepEqual([troubles[1], all.trouble], ["IPVS is there now, and set", null]);
});

test("without permission likewise", async () => {
  const { ports, troubles, begin } = balancer();
  ports.ipvs.refusals.set(IPVS_COMMANDS.newService, "EPERM");
  begin({ server: 0, weight: 1 });
  await ports.clock.pass(30_000);
  assert.deepEqual(troubles, [
    "IPVS is not set, all else goes on: needs CAP_NET_ADMIN: run as root",
  ]);
  ports.ipvs.refusals.clear();
  await ports.clock.pass(10_000);
  assert.deepEqual(table(ports), ["wrr", "81 w1"]);
});

test("what the kernel refuses is told once, and tried again", async () => {
  const { all, ports, troubles, go } = balancer();
  const service = plannedService({ ...SERVICE, ipvs: [ipvsService({ scheduler: "nq" })] });
  all.point(service, [{ server: 0, weight: 1 }]);
  go([service]);
  await ports.clock.pass(20_000);
  assert.deepEqual([troubles.length, all.trouble], [1, null]);
  assert.match(troubles[0] ?? "", /modprobe ip_vs_nq/);
  ports.ipvs.schedulers.add("nq");
  await ports.clock.pass(5000);
  assert.deepEqual(table(ports), ["nq", "81 w1"]);
});

test("IPVS is left alone where nothing is wanted of it", async () => {
  const { ports, troubles, go } = balancer();
  ports.ipvs.isThere = false;
  go([]);
  await ports.clock.pass(60_000);
  assert.deepEqual([troubles, ports.open, ports.clock.pending], [[], 0, 0]);
});

test("flushed at the start and at the end where that is wanted; kept where that is", () => {
  const { all, ports, go } = balancer();
  const other = ipvsService({ id: { by: "fwmark", mark: 7, family: 4 } });
  ports.ipvs.add(other);
  all.point(SERVICE, []);
  go([SERVICE], { flushesFirst: true, flushesLast: true });
  assert.deepEqual(table(ports), ["wrr"]);
  ports.ipvs.add(other);
  all.end(true);
  assert.deepEqual(table(ports), []);
  const keeping = balancer(ports);
  keeping.begin({ server: 0, weight: 1 });
  keeping.all.end(false);
  assert.deepEqual(table(ports), ["wrr", "81 w1"]);
});

test("timeouts are as before at the end, whichever process ends, and after a reload without", () => {
  const { all, ports, memories, go } = balancer();
  const before = { ...ports.ipvs.timeouts };
  go([], { timeouts: { tcpS: 50, tcpFinS: 0, udpS: 0 } });
  assert.deepEqual(ports.ipvs.timeouts, { ...before, tcpS: 50 });
  go([], { timeouts: { tcpS: 0, tcpFinS: 60, udpS: 0 } });
  assert.deepEqual(ports.ipvs.timeouts, { ...before, tcpFinS: 60 });
  all.close();
  const next = balancer(ports);
  next.go([], { timeouts: { tcpS: 0, tcpFinS: 60, udpS: 0 } }, memories.at(-1));
  next.all.end(false);
  assert.deepEqual(ports.ipvs.timeouts, before);
  const third = balancer(ports);
  third.go([], { timeouts: { tcpS: 50, tcpFinS: 0, udpS: 0 } });
  third.go([]);
  assert.deepEqual(ports.ipvs.timeouts, before);
});

const DAEMON = { ifName: "eth0", syncId: 5, maxBytes: 0, group: null, port: 0, ttl: 0 };
const roles = (ports: FakePorts): number[] => [...ports.ipvs.daemons.keys()].sort((a, b) => a - b);

test("both sync daemons, put back where another process stops one, and stopped at the end", async () => {
  const { all, ports, troubles, go } = balancer();
  go([], { daemon: { settings: DAEMON, instance: null } });
  assert.deepEqual(roles(ports), [1, 2]);
  ports.ipvs.daemons.delete(1);
  await ports.clock.pass(6000);
  assert.deepEqual(roles(ports), [1, 2]);
  assert.match(troubles[0] ?? "", /sync daemon master was deleted by another process/);
  all.end(true);
  assert.deepEqual(roles(ports), []);
});

test("a reload that wants sync daemons takes over those that run, as the start does", async () => {
  const { ports, go } = balancer();
  go([SERVICE]);
  ports.ipvs.daemons.set(1, { state: 1, ifName: "eth7", syncId: 5 });
  go([SERVICE], { daemon: { settings: DAEMON, instance: null } });
  assert.deepEqual(
    Array.from(ports.ipvs.daemons.values(), ({ ifName }) => ifName),
    ["eth0", "eth0"],
  );
});

test("a sync daemon follows its virtual router", () => {
  const { all, ports, go } = balancer();
  go([], { daemon: { settings: DAEMON, instance: "v" } });
  assert.deepEqual(roles(ports), [2]);
  all.hear(new Map([["v", "master"]]));
  assert.deepEqual(roles(ports), [1]);
  all.hear(new Map([["v", "fault"]]));
  assert.deepEqual(roles(ports), [2]);
});
