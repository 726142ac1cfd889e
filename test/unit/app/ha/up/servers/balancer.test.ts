/** IPVS of the kernel as a whole: when it is there and when not, from one process to the next, at the start and the end. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { IPVS_COMMANDS } from "../../../../../../src/core/netlink/ipvs.ts";
import { balancer, named, SERVICE, table } from "../../../../../support/balancer.ts";
import { ipvsService } from "../../../../../support/lvs-plan.ts";

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

test("IPVS that comes without its scheduler is not told to be set", async () => {
  const { ports, troubles, begin } = balancer();
  ports.ipvs.isThere = false;
  ports.ipvs.refusals.set(IPVS_COMMANDS.newService, "ENOENT");
  begin({ server: 0, weight: 1 });
  ports.ipvs.isThere = true;
  await ports.clock.pass(10_000);
  assert.match(troubles[1] ?? "", /no scheduler wrr/);
  assert.equal(troubles[2], "IPVS is there now");
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
