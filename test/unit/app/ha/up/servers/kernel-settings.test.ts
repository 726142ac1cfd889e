import assert from "node:assert/strict";
import { test } from "node:test";
import { balancer, SERVICE } from "../../../../../support/balancer.ts";
import type { FakePorts } from "../../../../../support/fake-ports.ts";

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
