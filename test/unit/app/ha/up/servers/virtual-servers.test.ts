/** Virtual servers at work: when their servers are asked, what follows from the results, and what outlives the process. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type {
  PlannedCheck,
  PlannedServer,
  PlannedService,
} from "../../../../../../src/app/ha/up/plan/lvs-plan.ts";
import type {
  KnownServers,
  ServerEvent,
} from "../../../../../../src/app/ha/up/servers/server-events.ts";
import { VirtualServers } from "../../../../../../src/app/ha/up/servers/virtual-servers.ts";
import type { CheckStanding } from "../../../../../../src/proto/lvs/virtual-server.ts";
import { quietStream } from "../../../../../support/fake-net.ts";
import { FakePorts } from "../../../../../support/fake-ports.ts";
import { RAN_WELL } from "../../../../../support/fake-programs.ts";
import {
  lvsPlan,
  NO_CARE,
  plannedCheck,
  plannedServer,
  plannedService,
} from "../../../../../support/lvs-plan.ts";

function serversOf(
  servers: readonly PlannedServer[],
  more: Parameters<typeof plannedService>[0] = {},
  known?: KnownServers,
  options: Parameters<typeof lvsPlan>[1] = {},
) {
  const ports = new FakePorts();
  const open = (port: number): void => void ports.net.ports.set(`10.0.1.1:${port}`, quietStream());
  const events: ServerEvent[] = [];
  const kept = { checks: new Map<string, CheckStanding>(), quorums: new Map<string, boolean>() };
  const lines: string[] = [];
  const mails: string[] = [];
  const all = new VirtualServers(ports, () => 0.5, NO_CARE, {
    channels: () => ({
      line: (line) => void lines.push(line.trimEnd()),
      mail: (make) => void mails.push(make("R1").subject.replace("[R1] ", "")),
    }),
    onNews: (news) => {
      events.push(...news.events);
      for (const [key, standing] of news.known.checks) kept.checks.set(key, standing);
      for (const [key, isUp] of news.known.quorums) kept.quorums.set(key, isUp);
    },
    onTrouble: (text) => assert.fail(text),
  });
  const go = (services: readonly PlannedService[]): void =>
    all.apply(lvsPlan(services, options), known ?? { checks: new Map(), quorums: new Map() });
  const begin = (): void => go([plannedService({ ...more, servers })]);
  const asked = (): number => ports.net.connected.length;
  return { all, ports, open, events, kept, lines, mails, begin, go, asked };
}

const one = (checks: readonly PlannedCheck[], more: Partial<PlannedServer> = {}): PlannedServer =>
  plannedServer(81, { checks, ...more });

test("a failure is tried again so often, then the server is down; one success brings it back", async () => {
  const check = plannedCheck({ retries: 2, delayMs: 10_000, retryDelayMs: 1000, warmupMs: 4000 });
  const { ports, open, lines, begin, asked } = serversOf([one([check])]);
  open(81);
  begin();
  await ports.clock.pass(1999);
  assert.equal(asked(), 0, "it waits a random part of the warmup");
  await ports.clock.pass(1);
  assert.equal(asked(), 1);
  ports.net.ports.clear();
  await ports.clock.pass(11_000);
  assert.deepEqual([asked(), lines], [3, ["VS [10.0.0.1]:tcp:80 UP"]]);
  await ports.clock.pass(1000);
  assert.deepEqual(lines.slice(1), [
    "RS [10.0.1.1]:tcp:81 [10.0.0.1]:tcp:80 DOWN",
    "VS [10.0.0.1]:tcp:80 DOWN",
  ]);
  open(81);
  await ports.clock.pass(10_000);
  assert.deepEqual(lines.slice(3), [
    "RS [10.0.1.1]:tcp:81 [10.0.0.1]:tcp:80 UP",
    "VS [10.0.0.1]:tcp:80 UP",
  ]);
});

test("the first failure of all counts at once", async () => {
  const { ports, lines, begin } = serversOf([one([plannedCheck({ retries: 2 })])]);
  begin();
  await ports.clock.pass(0);
  assert.equal(lines.at(-1), "VS [10.0.0.1]:tcp:80 DOWN");
});

test("servers that are alive from the start are told where that is wanted", () => {
  const { lines, begin } = serversOf([one([])], {}, undefined, { tellsFirst: true });
  begin();
  assert.deepEqual(lines, ["RS [10.0.1.1]:tcp:81 [10.0.0.1]:tcp:80 UP", "VS [10.0.0.1]:tcp:80 UP"]);
});

test("what we are short of ourselves says nothing of the server", async () => {
  const { ports, lines, begin } = serversOf([one([plannedCheck()])]);
  ports.net.ports.set("10.0.1.1:81", "EMFILE");
  begin();
  await ports.clock.pass(5000);
  assert.deepEqual(lines, ["VS [10.0.0.1]:tcp:80 UP"]);
  ports.net.ports.set("10.0.1.1:81", "ENETUNREACH");
  await ports.clock.pass(1000);
  assert.equal(
    lines.at(-1),
    "VS [10.0.0.1]:tcp:80 DOWN",
    "no way there is none for clients either",
  );
});

test("programs run with their environment, in order; weights of a program move the server", async () => {
  const program = { argv: ["/up"], user: null };
  const check = plannedCheck({
    probe: { by: "program", argv: ["/chk"], user: null, isWeighted: true },
  });
  const hooks = { up: program, down: { argv: ["/down"], user: null } };
  const { ports, events, begin } = serversOf([one([check], { weight: 5, hooks })]);
  let exitCode = 11;
  ports.onProgram = async ({ argv }) => (argv[0] === "/chk" ? { ...RAN_WELL, exitCode } : RAN_WELL);
  begin();
  await ports.clock.pass(0);
  assert.deepEqual(
    events.filter(({ type }) => type === "weight" || type === "destinations").slice(1),
    [
      ...[{ type: "weight", service: "[10.0.0.1]:tcp:80", server: "[10.0.1.1]:tcp:81" }].map(
        (event) => ({ ...event, from: 5, to: 9 }),
      ),
      {
        type: "destinations",
        service: "[10.0.0.1]:tcp:80",
        destinations: [{ server: "[10.0.1.1]:tcp:81", weight: 9, sorry: false }],
      },
    ],
  );
  exitCode = 1;
  await ports.clock.pass(1000);
  const down = ports.programs.find(({ argv }) => argv[0] === "/down");
  assert.deepEqual(down?.environment, {
    VIPKIT_SERVICE: "[10.0.0.1]:tcp:80",
    VIPKIT_SERVER: "[10.0.1.1]:tcp:81",
    VIPKIT_STATE: "DOWN",
  });
});

test("a file moves the weight, and with a factor of 0 any number but 0 is a failure", () => {
  const file = (factor: number) => plannedCheck({ probe: { by: "file", file: "f", factor } });
  const weighing = serversOf([one([file(2)], { weight: 3 })]);
  weighing.begin();
  weighing.all.hearFile("f", 4);
  weighing.all.hearFile("other", 7);
  assert.equal(weighing.all.records[0]?.servers[0]?.weight, 11);
  const failing = serversOf([one([file(0)])]);
  failing.begin();
  failing.all.hearFile("f", 0);
  assert.equal(failing.all.records[0]?.state, "up");
  failing.all.hearFile("f", 1);
  assert.equal(failing.all.records[0]?.state, "down");
});

test("mails: of the quorum, and of servers with each check or where they change alone", async () => {
  const two = [plannedCheck(), plannedCheck({ kind: "HTTP_GET", warmupMs: 10 })];
  const all = serversOf([one(two, { isMailed: true })], { isMailed: true });
  all.begin();
  await all.ports.clock.pass(10);
  const rs = "Realserver [10.0.1.1]:tcp:81 of virtual server [10.0.0.1]:tcp:80 - DOWN";
  const vs = "Virtualserver [10.0.0.1]:tcp:80";
  assert.deepEqual(all.mails, [`${vs} - UP`, `${vs} - DOWN`, rs, rs]);
  const few = serversOf([one(two, { isMailed: true })], {}, undefined, { mailsChecks: false });
  few.begin();
  await few.ports.clock.pass(10);
  assert.deepEqual(few.mails, [rs]);
});

test("a process that goes on where another was asks on, and tells nothing of what was told", async () => {
  const checks = [plannedCheck({ isAlpha: true })];
  const first = serversOf([one(checks)]);
  first.open(81);
  first.begin();
  await first.ports.clock.pass(5000);
  assert.equal(first.kept.quorums.size, 1);
  const next = serversOf([one(checks)], {}, first.kept);
  next.open(81);
  next.begin();
  await next.ports.clock.pass(5000);
  assert.deepEqual(next.lines, []);
  next.ports.net.ports.clear();
  await next.ports.clock.pass(5000);
  assert.equal(next.lines.length, 2);
  const other = serversOf([one([plannedCheck({ kind: "DNS_CHECK" })])], {}, first.kept);
  other.begin();
  await other.ports.clock.pass(0);
  assert.equal(other.lines.at(-1), "VS [10.0.0.1]:tcp:80 DOWN", "another check begins anew");
});

test("a reload leaves what is the same alone, goes on with what was found, and tells of what is gone", async () => {
  const { ports, open, lines, go, asked } = serversOf([]);
  open(81);
  const a = plannedService({ servers: [one([plannedCheck({ isAlpha: true })])] });
  const b = plannedService({ label: "B", key: "b", servers: [one([plannedCheck()])] });
  go([a, b]);
  await ports.clock.pass(100);
  assert.equal(lines.length, 3);
  go([a, { ...b, quorum: 1, isMailed: true }]);
  await ports.clock.pass(100);
  assert.deepEqual([asked(), lines.length], [3, 3], "b alone is asked anew, and nothing is told");
  go([{ ...a, servers: [one([plannedCheck({ isAlpha: true })], { weight: 4 })] }]);
  assert.deepEqual(lines.slice(3), ["RS [10.0.1.1]:tcp:81 B DOWN", "VS B DOWN"]);
});

test("what a reload takes out and another one brings back begins anew, and is told again", async () => {
  const checks = [plannedCheck({ isAlpha: true })];
  const first = serversOf([one(checks)]);
  first.open(81);
  first.begin();
  await first.ports.clock.pass(100);
  const { ports, open, lines, go, begin, asked } = serversOf([one(checks)], {}, first.kept);
  open(81);
  begin();
  await ports.clock.pass(100);
  assert.deepEqual([asked(), lines], [1, []], "it goes on where another process was");
  go([]);
  begin();
  await ports.clock.pass(100);
  assert.deepEqual(lines.at(-1), "VS [10.0.0.1]:tcp:80 UP");
  assert.equal(asked(), 2);
});

test("a failure that changes nothing is told where that is wanted", async () => {
  const failures = async (tellsAll: boolean) => {
    const { ports, events, begin } = serversOf([one([plannedCheck({ tellsAll })])]);
    begin();
    await ports.clock.pass(2000);
    return events.filter((event) => event.type === "check").map((event) => event.again);
  };
  assert.deepEqual(await failures(true), [false, true, true]);
  assert.deepEqual(await failures(false), [false]);
});

test("with ha_suspend nothing is asked while the host lacks the address, and all stays as it was", async () => {
  const vip = { suspendedWithout: Uint8Array.of(10, 0, 0, 9) };
  const { all, ports, open, lines, begin, asked } = serversOf([one([plannedCheck()])], vip);
  open(81);
  begin();
  await ports.clock.pass(5000);
  assert.deepEqual([asked(), all.records[0]?.suspended], [0, true]);
  ports.kernel.addAddress("10.0.0.9/32");
  await ports.clock.pass(3000);
  assert.deepEqual([asked(), all.records[0]?.suspended], [4, false]);
  ports.kernel.removeAddress("10.0.0.9/32");
  ports.net.ports.clear();
  await ports.clock.pass(5000);
  assert.deepEqual([asked(), lines], [4, ["VS [10.0.0.1]:tcp:80 UP"]]);
  all.close();
  assert.equal(ports.open, 0);
});

test("its end is told where it is told at all, and nothing is asked any more", async () => {
  const { all, ports, open, lines, begin, asked } = serversOf([one([plannedCheck()])], {
    isOmega: true,
  });
  open(81);
  begin();
  await ports.clock.pass(0);
  const count = asked();
  await all.finish(true);
  assert.deepEqual(lines.slice(1), [
    "RS [10.0.1.1]:tcp:81 [10.0.0.1]:tcp:80 DOWN",
    "VS [10.0.0.1]:tcp:80 DOWN",
  ]);
  await ports.clock.pass(10_000);
  assert.equal(asked(), count);
  all.close();
  assert.equal(ports.clock.pending, 0);
});

test("the status tells of each check its state and its latest result", async () => {
  const { all, ports, begin } = serversOf([one([plannedCheck()])]);
  begin();
  const check = { check: "TCP_CHECK", state: "unknown", age_ms: null, detail: null };
  assert.deepEqual(all.records[0]?.servers[0]?.checks, [check]);
  await ports.clock.pass(400);
  assert.deepEqual(all.records, [
    {
      service: "[10.0.0.1]:tcp:80",
      ...{ state: "down", weight: 0, quorum: 1, suspended: false },
      servers: [
        {
          server: "[10.0.1.1]:tcp:81",
          file_server: "[10.0.1.1]:tcp:81",
          ...{ state: "down", weight: 1, hand_weight: null, connections: null },
          checks: [{ ...check, state: "down", age_ms: 400, detail: "connection refused" }],
        },
      ],
      destinations: [],
    },
  ]);
});
