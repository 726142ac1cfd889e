import assert from "node:assert/strict";
import { test } from "node:test";
import { IpvsKernel } from "../../../../../../src/app/ipvs/kernel.ts";
import { IPVS_COMMANDS } from "../../../../../../src/core/netlink/ipvs.ts";
import { destinationIn } from "../../../../../../src/proto/ipvs/real-server.ts";
import { balancer, named, SERVICE, table } from "../../../../../support/balancer.ts";
import { ipvsService, plannedService, realServer } from "../../../../../support/lvs-plan.ts";

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
