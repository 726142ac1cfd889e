/** Each router has a socket of its own: what is asked there goes to it alone, and no name can mislead. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { HaParts } from "../../../../../../src/app/ha/up/parent/parts.ts";
import { RouterSockets } from "../../../../../../src/app/ha/up/parent/router-sockets.ts";
import { FakePorts } from "../../../../../support/fake-ports.ts";
import { haPlan, plannedRouter } from "../../../../../support/ha-plan.ts";
import { CALM } from "../../../../../support/vrrp.ts";

interface Asked {
  readonly instance: string;
  readonly request: object;
  readonly limitMs: number;
}

/** Routers of these names; each answers with its own, but for `silent`. */
async function serving(...names: readonly string[]) {
  const ports = new FakePorts();
  const asked: Asked[] = [];
  const ask = async (
    { instance, request }: { instance: string; request: { request?: string } },
    limitMs: number,
  ) => {
    asked.push({ instance, request, limitMs });
    return instance === "silent" ? undefined : { instance, got: request.request };
  };
  const plan = haPlan({ routers: names.map((name, index) => plannedRouter(index + 1, { name })) });
  const parts = { supervisor: { plan, vrrp: { ask } }, ports } as unknown as HaParts;
  const sockets = new RouterSockets(parts);
  const flaws = await sockets.serve();
  const answer = async (name: string, request: object): Promise<unknown> =>
    JSON.parse(await ports.control.ask(name, JSON.stringify(request)));
  return { ports, sockets, flaws, asked, answer };
}

const transition = (instance: string) =>
  ({
    kind: "router",
    instance,
    event: {
      type: "transition",
      from: "backup",
      to: "master",
      priority: 100,
      cause: { kind: "started" },
      circumstances: CALM,
    },
  }) as const;

test("a request goes to its router as it is, and a hand-over has the time that it may need", async () => {
  const { asked, answer } = await serving("a", "b");
  assert.deepEqual(await answer("a", { request: "history", count: 3 }), {
    instance: "a",
    got: "history",
  });
  await answer("b", { request: "failover", timeout_ms: 700 });
  assert.deepEqual(asked, [
    { instance: "a", request: { request: "history", count: 3 }, limitMs: 1000 },
    { instance: "b", request: { request: "failover", timeout_ms: 700 }, limitMs: 510_000 },
  ]);
});

test("a router that does not answer is an error, and so is what is no request", async () => {
  const { answer, ports } = await serving("silent", "a");
  const error = "the process of the routers does not answer";
  assert.deepEqual(await answer("silent", { request: "status" }), { error });
  assert.deepEqual(JSON.parse(await ports.control.ask("a", "no JSON")), { instance: "a" });
});

test("who watches gets the status, and then what happens to this router, numbered by itself", async () => {
  const { ports, sockets } = await serving("a", "b");
  const lines: string[] = [];
  const stop = new AbortController();
  const watched = ports.control.follow(
    "b",
    '{"request":"watch"}',
    (line) => void lines.push(line),
    stop.signal,
  );
  await ports.clock.pass(0);
  sockets.note(transition("a"));
  sockets.note(transition("b"));
  sockets.note(transition("gone"));
  sockets.note({ kind: "trouble", role: "vrrp", text: "x" });
  sockets.note(transition("b"));
  stop.abort();
  await watched;
  const records = lines.map((line) => JSON.parse(line));
  assert.deepEqual(
    records.map(({ type, instance, seq }) => [type, instance, seq]),
    [
      ["status", "b", undefined],
      ["transition", "b", 1],
      ["transition", "b", 2],
    ],
  );
});

test("names by which somebody else would be asked have no socket, which is told, and the rest has", async () => {
  const bad = ["ha", "ha@two", "../a", ".a", "a b", "", "x".repeat(65)];
  const { ports, flaws } = await serving(...bad, "a.b@c", "x".repeat(64));
  assert.deepEqual(ports.control.names(), ["a.b@c", "x".repeat(64)]);
  assert.equal(flaws.length, bad.length);
  assert.match(flaws[1] ?? "", /^ha@two cannot be asked by vrrp status: .*no control socket/);
});

test("sockets that cannot be served are told, and all are closed at the end", async () => {
  const { ports, sockets } = await serving("a", "b");
  sockets.close();
  assert.deepEqual(ports.control.names(), []);
  ports.control.refuse = "EACCES";
  assert.equal((await sockets.serve()).length, 2);
});
