import assert from "node:assert/strict";
import test from "node:test";
import { EchoExchange } from "../../../../src/app/check/echo-exchange.ts";
import type { CheckFinding } from "../../../../src/proto/check/result.ts";
import { IDENTIFIER } from "../../../support/fake-ping.ts";
import { FakePorts } from "../../../support/fake-ports.ts";
import { ip } from "../../../support/packets.ts";
import { assertPartly } from "../../../support/partly.ts";

const PLAN = {
  source: null,
  ifName: null,
  mark: null,
  sizeBytes: 100,
  ttl: 3,
  tos: 0x10,
  dontFragment: true,
};
const HOST = "192.0.2.1";

function opened() {
  const ports = new FakePorts();
  const exchange = new EchoExchange(4, PLAN, ports);
  const peer = { ip: ip(HOST), duplicates: 0, late: 0 };
  const told: CheckFinding[] = [];
  const ask = (limitMs = 1000): void => {
    const nowMs = ports.clock.nowMs();
    exchange.ask(peer, nowMs + limitMs, nowMs, (finding) => told.push(finding));
  };
  return { ports, exchange, peer, told, ask };
}

test("the socket is opened as the plan wants it, and closed", () => {
  const { ports, exchange } = opened();
  assertPartly(ports.ping.opened, [{ family: 4, ttl: 3, tos: 0x10, dontFragment: true }]);
  exchange.close();
  assert.equal(ports.ping.open, 0);
});

test("each request has its own number and the wanted size", () => {
  const { ports, ask } = opened();
  ask();
  ask();
  const sequences = ports.ping.sent.map(({ request }) => new DataView(request.buffer).getUint16(6));
  assert.deepEqual(sequences, [0, 1]);
  assert.deepEqual(
    ports.ping.sent.map(({ request }) => request.length),
    [108, 108],
  );
});

test("duplicates and late replies are counted, and told with the next answer", async () => {
  const { ports, told, ask } = opened();
  ports.ping.hosts.set(HOST, (request, socket) => {
    for (const afterMs of [1, 2, 3]) ports.ping.reply(request, socket, afterMs, HOST);
  });
  ask();
  await ports.clock.pass(10);
  ports.ping.answers(HOST, 500);
  ask(100); // nobody waits for this one
  await ports.clock.pass(1000);
  ports.ping.answers(HOST, 5);
  ask();
  await ports.clock.pass(10);
  assert.deepEqual(
    told.map(({ detail, facts }) => [detail, facts.duplicates, facts.late]),
    [
      ["echo reply", 0, 0],
      ["echo reply, 2 duplicates, 1 late", 2, 1],
    ],
  );
});

test("a raw socket hears the replies to others, and takes its own alone", async () => {
  const ports = new FakePorts();
  ports.ping.method = "raw";
  const exchange = new EchoExchange(4, PLAN, ports);
  const told: CheckFinding[] = [];
  ports.ping.hosts.set(HOST, (request, socket) => {
    const theirs = request.slice();
    new DataView(theirs.buffer).setUint16(4, IDENTIFIER + 1);
    ports.ping.reply(theirs, socket, 1, HOST);
    ports.ping.reply(request, socket, 7, HOST);
  });
  const nowMs = ports.clock.nowMs();
  exchange.ask({ ip: ip(HOST), duplicates: 0, late: 0 }, nowMs + 100, nowMs, (it) => told.push(it));
  await ports.clock.pass(10);
  assert.deepEqual(
    told.map(({ facts }) => facts.rtt_ms),
    [7],
  );
});
