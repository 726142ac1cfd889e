/** Real servers at work as options of `ha up` have it, beyond what its file says. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { PlannedServer } from "../../../../../../src/app/ha/up/plan/lvs-plan.ts";
import type { ServerEvent } from "../../../../../../src/app/ha/up/servers/server-events.ts";
import type { ServerCare } from "../../../../../../src/app/ha/up/servers/service-steering.ts";
import { VirtualServers } from "../../../../../../src/app/ha/up/servers/virtual-servers.ts";
import { IpvsKernel } from "../../../../../../src/app/ipvs/kernel.ts";
import { quietStream } from "../../../../../support/fake-net.ts";
import { FakePorts } from "../../../../../support/fake-ports.ts";
import {
  lvsPlan,
  NO_CARE,
  plannedCheck,
  plannedServer,
  plannedService,
} from "../../../../../support/lvs-plan.ts";

/** A virtual server of which each real server is asked at port 81 of 10.0.1.1. */
function steered(care: Partial<ServerCare>, ...servers: readonly PlannedServer[]) {
  const ports = new FakePorts();
  const open = (): void => void ports.net.ports.set("10.0.1.1:81", quietStream());
  const shut = (): void => ports.net.ports.clear();
  const events: ServerEvent[] = [];
  const all = new VirtualServers(
    ports,
    () => 0,
    { ...NO_CARE, ...care },
    {
      channels: () => undefined,
      onNews: (news) => void events.push(...news.events),
      onTrouble: (text) => assert.fail(text),
    },
  );
  const go = (changes: Parameters<typeof plannedService>[0] = {}): void =>
    all.apply(lvsPlan([plannedService({ servers, ...changes })]), NOTHING_KNOWN);
  /** Each time that it was another one: the weight of the first server to which connections were led. */
  const weights = (): (number | undefined)[] =>
    events.flatMap((event) =>
      event.type === "destinations" ? [event.destinations[0]?.weight] : [],
    );
  return { all, ports, open, shut, events, go, weights, asked: () => ports.net.connected.length };
}

const server = (weight: number, check: Parameters<typeof plannedCheck>[0] = {}): PlannedServer =>
  plannedServer(81, { weight, checks: [plannedCheck(check)] });

const NOTHING_KNOWN = { checks: new Map(), quorums: new Map() };

test("with rise one success is not enough, and a failure in between begins it anew", async () => {
  const { ports, open, shut, go, weights, asked } = steered(
    { rise: 3 },
    server(1, { delayMs: 10_000, retryDelayMs: 1000 }),
  );
  go();
  await ports.clock.pass(0);
  open();
  await ports.clock.pass(11_000);
  assert.deepEqual([asked(), weights()], [3, [1, undefined]]);
  shut();
  await ports.clock.pass(1000);
  open();
  await ports.clock.pass(11_000);
  assert.deepEqual([asked(), weights()], [6, [1, undefined]]);
  await ports.clock.pass(1000);
  assert.deepEqual(weights(), [1, undefined, 1]);
});

test("a server that comes back gets its weight in a ramp, and all of it at the start", async () => {
  const { ports, open, shut, events, go, weights } = steered({ slowStartMs: 10_000 }, server(10));
  open();
  go();
  await ports.clock.pass(1000);
  assert.deepEqual(weights(), [10]);
  shut();
  await ports.clock.pass(1000);
  open();
  await ports.clock.pass(6000);
  assert.deepEqual(weights(), [10, undefined, 1, 2, 3, 4, 5]);
  const quorum = events.findLast((event) => event.type === "quorum");
  assert.equal(quorum?.weight, 10, "all of its weight counts there");
  await ports.clock.pass(6000);
  assert.deepEqual(weights().slice(-2), [9, 10]);
});

test("one that is alpha has its weight at once when its first check succeeds", async () => {
  const { ports, open, go, weights } = steered(
    { slowStartMs: 10_000 },
    server(10, { isAlpha: true }),
  );
  open();
  go();
  await ports.clock.pass(1000);
  assert.equal(weights().at(-1), 10);
});

test("a ramp goes on where a reload changes something beside it, and ends with the process", async () => {
  const { all, ports, open, go, weights } = steered({ slowStartMs: 10_000 }, server(10));
  go();
  await ports.clock.pass(0);
  open();
  await ports.clock.pass(6000);
  go({ hysteresis: 1 });
  await ports.clock.pass(0);
  assert.equal(weights().at(-1), 5);
  await ports.clock.pass(1000);
  assert.equal(weights().at(-1), 6);
  all.close();
  assert.equal(ports.clock.pending, 0);
});

/** The only server of the only service. */
const byHand = (weight: number) => ({
  service: plannedService().key,
  server: plannedServer(81).label,
  weight,
});

test("a weight by hand holds at once, beside a ramp and until it is undone, and is told", async () => {
  const { all, ports, open, go, weights } = steered({ slowStartMs: 10_000 }, server(10));
  go();
  await ports.clock.pass(0);
  open();
  await ports.clock.pass(1000);
  assert.equal(weights().at(-1), 1);
  all.weigh([byHand(25)]);
  await ports.clock.pass(5000);
  assert.equal(weights().at(-1), 25);
  assert.deepEqual(
    all.records[0]?.servers.map((one) => [one.weight, one.hand_weight]),
    [[10, 25]],
  );
  go({ hysteresis: 1 });
  await ports.clock.pass(0);
  assert.equal(weights().at(-1), 25);
  all.weigh([]);
  await ports.clock.pass(0);
  assert.equal(weights().at(-1), 5);
});

test("a weight by hand brings no server back, and none keeps its quorum by it", async () => {
  const { all, ports, open, shut, events, go, weights } = steered({}, server(10));
  open();
  go();
  all.weigh([byHand(0)]);
  await ports.clock.pass(1000);
  assert.equal(weights().at(-1), 0);
  assert.equal(all.records[0]?.state, "up");
  const counted = { active: 3, inactive: 0, persistent: 0 };
  ports.ipvs.count(0, { activeConnections: 3 });
  assert.deepEqual(all.records[0]?.servers[0]?.connections, counted);
  all.weigh([byHand(7)]);
  shut();
  await ports.clock.pass(1000);
  assert.equal(weights().at(-1), undefined);
  assert.equal(events.findLast((event) => event.type === "quorum")?.weight, 0);
});

test("a weight by hand of the server of the file holds wherever its name is", async () => {
  const moved = plannedServer(81, { label: "[10.0.2.1]:tcp:81", checks: [] });
  const { all, ports, events, go } = steered({}, moved);
  all.weigh([byHand(0)]);
  go();
  await ports.clock.pass(0);
  assert.deepEqual(latest(events), [["[10.0.2.1]:tcp:81", 0]]);
  assert.equal(all.records[0]?.servers[0]?.hand_weight, 0);
});

/** What connections are to go to now. */
const latest = (events: readonly ServerEvent[]): readonly (readonly [string, number])[] => {
  const told = events.findLast((event) => event.type === "destinations");
  return told?.destinations.map((one) => [one.server, one.weight] as const) ?? [];
};

const OTHER = plannedServer(82, { checks: [] });
const [LEFT, CAME] = ["[10.0.1.1]:tcp:81", "[10.0.1.1]:tcp:82"];
const BOTH = [
  [CAME, 1],
  [LEFT, 0],
];

/** A reload has taken a server out that has a connection, and brought another one. */
async function taken() {
  const steering = steered({ drainMs: 5000 }, server(10));
  const { ports, open, go } = steering;
  open();
  go();
  await ports.clock.pass(0);
  ports.ipvs.count(0, { activeConnections: 1 });
  go({ servers: [OTHER] });
  await ports.clock.pass(2000);
  return steering;
}

test("a server that a reload takes out stays at weight 0 until the time is over", async () => {
  const { ports, events } = await taken();
  await ports.clock.pass(2999);
  assert.deepEqual(latest(events), BOTH);
  await ports.clock.pass(1);
  assert.deepEqual(latest(events), [[CAME, 1]]);
});

test("or until it has no connections", async () => {
  const { ports, events } = await taken();
  assert.deepEqual(latest(events), BOTH);
  ports.ipvs.count(0, { activeConnections: 0 });
  await ports.clock.pass(1000);
  assert.deepEqual(latest(events), [[CAME, 1]]);
  assert.deepEqual(
    new IpvsKernel(ports).read().flatMap(({ destinations }) => destinations).length,
    1,
  );
});

test("one that another reload brings back has its weight again", async () => {
  const { ports, events, go } = await taken();
  go({ servers: [OTHER, server(10)] });
  await ports.clock.pass(100);
  assert.deepEqual(latest(events), [
    [CAME, 1],
    [LEFT, 10],
  ]);
});
