import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { ServiceRecord } from "../../../../src/app/ha/up/servers/server-status.ts";
import { FakeHa } from "../../../support/fake-ha.ts";
import { lvsPlan, plannedServer, plannedService } from "../../../support/lvs-plan.ts";

const LVS = lvsPlan([plannedService({ servers: [plannedServer(81), plannedServer(82)] })]);

test("all ports of a host are drained by weight 0, and have their weights again", async () => {
  const ha = await FakeHa.up(undefined, { lvs: LVS });
  const { exitCode, stdout } = await ha.run("drain", "10.0.1.1");
  assert.equal(exitCode, 0);
  assert.deepEqual(stdout.trimEnd().split("\n"), [
    "[10.0.1.1]:tcp:81 of [10.0.0.1]:tcp:80 has weight 0 by hand, and is drained",
    "[10.0.1.1]:tcp:82 of [10.0.0.1]:tcp:80 has weight 0 by hand, and is drained",
  ]);
  const heard = () => ha.children.of("checkers").heard.at(-1);
  const { key: service } = plannedService();
  assert.deepEqual(heard(), {
    kind: "weights",
    weights: [81, 82].map((port) => ({
      ...{ service, server: `[10.0.1.1]:tcp:${port}`, weight: 0 },
    })),
  });
  await ha.run("drain", "10.0.1.1", "--undo");
  assert.deepEqual(heard(), { kind: "weights", weights: [] });
});

/** One of them, where its name has these addresses, each with so many open connections; null: without IPVS. */
function serviceWith(active: number | null, addresses = ["10.0.1.1"]): ServiceRecord {
  const connections = active === null ? null : { active, inactive: 0, persistent: 0 };
  return {
    ...{ service: "[10.0.0.1]:tcp:80", state: "up", weight: 2, quorum: 1, suspended: false },
    servers: addresses.map((address) => ({
      ...{ server: `[${address}]:tcp:81`, file_server: "[10.0.1.1]:tcp:81" },
      ...{ state: "up", weight: 1, hand_weight: 0, connections, checks: [] },
    })),
    destinations: [],
  };
}

/** With --wait, having 2 connections and some seconds later as many as that. */
async function waited(left: number | null, ...words: readonly string[]) {
  const ha = await FakeHa.up(undefined, { lvs: LVS });
  ha.services = [serviceWith(2)];
  const running = ha.run("drain", "10.0.1.1:81", "--wait", ...words);
  while (!ha.children.of("checkers").heard.some((one) => "question" in one)) await nextTurn();
  await ha.ports.clock.pass(3000);
  ha.services = [serviceWith(left)];
  return await ha.ports.clock.passUntil(running, 100);
}

test("with --wait it shows what is left, until nothing is", async () => {
  const { exitCode, stdout } = await waited(0);
  assert.deepEqual(stdout.trimEnd().split("\n").slice(1), [
    "active 2, inactive 0, persistent 0",
    "active 0, inactive 0, persistent 0",
  ]);
  assert.equal(exitCode, 0);
});

test("what is left when the time is over is a no, and it stays drained", async () => {
  const { exitCode, stderr } = await waited(1, "-t", "5s");
  assert.match(stderr, /connections are left: it stays drained/);
  assert.equal(exitCode, 1);
});

test("without IPVS nobody can say: exit 2", async () => {
  const { exitCode, stderr } = await waited(null);
  assert.match(stderr, /ha up does not tell/);
  assert.equal(exitCode, 2);
});

test("a server that has a name is waited for at each of its addresses", async () => {
  const ha = await FakeHa.up(undefined, { lvs: LVS });
  ha.services = [serviceWith(2, ["10.0.2.1", "10.0.2.2"])];
  const running = ha.run("drain", "10.0.1.1:81", "--wait", "-t", "1s");
  const { exitCode, stdout } = await ha.ports.clock.passUntil(running, 100);
  assert.deepEqual(
    [exitCode, stdout.trimEnd().split("\n").at(-1)],
    [1, "active 4, inactive 0, persistent 0"],
  );
});
