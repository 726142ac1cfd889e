/** Who of the real servers is alive, whether they are enough, and where connections go, as keepalived has it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type ServerRules,
  type ServiceChange,
  type ServiceRules,
  VirtualServer,
} from "../../../../src/proto/lvs/virtual-server.ts";

const server = (weight: number, more: Partial<ServerRules> = {}): ServerRules => ({
  weight,
  isInhibited: false,
  checks: [{ isAlpha: false }],
  ...more,
});

const ALPHA = { checks: [{ isAlpha: true }] };

function machineOf(servers: readonly ServerRules[], more: Partial<ServiceRules> = {}) {
  const rules = { quorum: 1, hysteresis: 0, isOmega: false, sorry: null, servers, ...more };
  return new VirtualServer(rules);
}

/** `server 0 up`, `quorum down 2<3`, `weight 1: 5->9`. */
const told = (changes: readonly ServiceChange[]): string[] =>
  changes.map((change) => {
    if (change.kind === "weight") return `weight ${change.server}: ${change.from}->${change.to}`;
    const state = change.isUp ? "up" : "down";
    if (change.kind === "server") return `server ${change.server} ${state} ${change.cause}`;
    return `quorum ${state} ${change.weight}${change.isUp ? ">=" : "<"}${change.threshold} ${change.cause}`;
  });

const weights = (machine: VirtualServer): Record<string, number> =>
  Object.fromEntries(machine.destinations().map(({ server: name, weight }) => [name, weight]));

test("a server is alive while all of its checks succeed, and until one has failed", () => {
  const machine = machineOf([server(1, { checks: [{ isAlpha: false }, { isAlpha: false }] })]);
  assert.deepEqual(told(machine.start()), ["server 0 up start", "quorum up 1>=1 start"]);
  assert.deepEqual(told(machine.note(0, 0, "up")), []);
  assert.deepEqual(told(machine.note(0, 1, "down")), [
    "server 0 down check",
    "quorum down 0<1 change",
  ]);
  assert.deepEqual(told(machine.note(0, 0, "down")), []);
  assert.deepEqual(told(machine.note(0, 1, "up")), []);
  assert.deepEqual(told(machine.note(0, 0, "up")), ["server 0 up check", "quorum up 1>=1 change"]);
});

test("with alpha it is down until it has succeeded, and a first failure is told as what it is", () => {
  const machine = machineOf([server(1, ALPHA), server(1, ALPHA)]);
  assert.deepEqual(told(machine.start()), []);
  assert.deepEqual(weights(machine), {});
  assert.deepEqual(told(machine.note(0, 0, "down")), ["server 0 down first"]);
  assert.deepEqual(told(machine.note(0, 0, "down")), []);
  assert.deepEqual(told(machine.note(1, 0, "up")), ["server 1 up check", "quorum up 1>=1 change"]);
  assert.deepEqual(weights(machine), { 1: 1 });
});

test("the quorum is gained at quorum + hysteresis and lost below quorum - hysteresis", () => {
  const machine = machineOf([server(1), server(2, ALPHA)], { quorum: 2, hysteresis: 1 });
  assert.deepEqual(told(machine.start()), ["server 0 up start"]);
  assert.deepEqual(told(machine.note(1, 0, "up")), ["server 1 up check", "quorum up 3>=3 change"]);
  assert.deepEqual(told(machine.note(1, 0, "down")), ["server 1 down check"]);
  assert.deepEqual(told(machine.note(0, 0, "down")), [
    "server 0 down check",
    "quorum down 0<1 change",
  ]);
});

test("servers without any weight are no quorum, even where none is asked for", () => {
  const machine = machineOf([server(0)], { quorum: 0 });
  assert.deepEqual(told(machine.start()), ["server 0 up start"]);
  assert.equal(machine.standing.isUp, false);
});

test("with a sorry server that nobody needs yet its lack of a quorum is told at the start", () => {
  const sorry = { isInhibited: false };
  assert.deepEqual(told(machineOf([server(1, ALPHA)], { sorry }).start()), [
    "quorum down 0<1 start",
  ]);
});

test("while the quorum is lost connections go to the sorry server alone", () => {
  const sorry = { isInhibited: false };
  const machine = machineOf([server(1), server(2, { isInhibited: true })], { quorum: 3, sorry });
  machine.start();
  assert.deepEqual(weights(machine), { 0: 1, 1: 2 });
  machine.note(0, 0, "down");
  assert.deepEqual(weights(machine), { 1: 0, sorry: 1 });
  machine.note(0, 0, "up");
  assert.deepEqual(weights(machine), { 0: 1, 1: 2 });
});

test("without one they go to those that are left, and what is inhibited stays with weight 0", () => {
  const machine = machineOf([server(1), server(2, { isInhibited: true })], { quorum: 3 });
  machine.start();
  machine.note(1, 0, "down");
  assert.deepEqual(weights(machine), { 0: 1, 1: 0 });
  const inhibited = machineOf([server(1)], { sorry: { isInhibited: true } });
  inhibited.start();
  assert.deepEqual(weights(inhibited), { 0: 1, sorry: 0 });
});

test("a check that tells a weight moves the server, and the quorum with it; its failure takes that back", () => {
  const machine = machineOf([server(5)], { quorum: 2 });
  machine.start();
  assert.deepEqual(told(machine.note(0, 0, "up", 4)), ["weight 0: 5->9"]);
  assert.deepEqual(told(machine.note(0, 0, "up", -5)), [
    "weight 0: 9->0",
    "quorum down 0<2 change",
  ]);
  assert.deepEqual(weights(machine), { 0: 0 });
  machine.note(0, 0, "down", -5);
  assert.deepEqual(told(machine.note(0, 0, "up")), ["server 0 up check", "quorum up 5>=2 change"]);
  machine.note(0, 0, "up", -9);
  assert.equal(machine.weightOf(0), 0, "never below 0");
});

test("its end is told with omega alone: those that are alive, then the quorum", () => {
  assert.deepEqual(machineOf([server(1)]).stop(), []);
  const machine = machineOf([server(1), server(1)], { isOmega: true });
  machine.start();
  machine.note(0, 0, "down");
  assert.deepEqual(told(machine.stop()), ["server 1 down stop", "quorum down 0<1 stop"]);
  const sorry = { isInhibited: false };
  const idle = machineOf([server(1)], { isOmega: true, quorum: 2, sorry });
  idle.start();
  assert.deepEqual(told(idle.stop()), ["quorum down 0<2 stop"], "no connection went to it");
});

test("one that goes on where another was has nothing to tell", () => {
  const rules = {
    ...{ quorum: 1, hysteresis: 0, isOmega: false, sorry: { isInhibited: false } },
    servers: [server(1), server(2)],
  };
  const first = new VirtualServer(rules);
  first.start();
  first.note(0, 0, "down");
  first.note(1, 0, "up", 3);
  const next = new VirtualServer(rules, first.standing);
  assert.deepEqual(told(next.start()), []);
  assert.deepEqual(weights(next), { 1: 5 });
  assert.deepEqual(told(next.note(1, 0, "down")), [
    "weight 1: 5->2",
    "server 1 down check",
    "quorum down 0<1 change",
  ]);
});

test("who weighs servers otherwise changes where connections go, not who is alive nor the quorum", () => {
  const sorry = { isInhibited: false };
  const machine = machineOf([server(5), server(3, { isInhibited: true })], { quorum: 8, sorry });
  machine.start();
  machine.note(1, 0, "down");
  assert.deepEqual(
    machine.destinations(() => 7).map(({ weight }) => weight),
    [0, 1],
  );
  machine.note(1, 0, "up");
  assert.deepEqual(
    machine.destinations((_, weight) => weight * 2),
    [
      { server: 0, weight: 10 },
      { server: 1, weight: 6 },
    ],
  );
  assert.equal(machine.weight, 8);
});

test("where nothing is left to any server the sorry server gets the connections", () => {
  const sorry = { isInhibited: false };
  const machine = machineOf([server(5)], { sorry });
  machine.start();
  assert.deepEqual(
    machine.destinations(() => 0),
    [
      { server: 0, weight: 0 },
      { server: "sorry", weight: 1 },
    ],
  );
});
