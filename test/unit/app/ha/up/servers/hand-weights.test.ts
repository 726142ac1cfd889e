import assert from "node:assert/strict";
import { test } from "node:test";
import { HandWeights, serversNamed } from "../../../../../../src/app/ha/up/servers/hand-weights.ts";
import { lvsPlan, plannedServer, plannedService } from "../../../../../support/lvs-plan.ts";

const six = plannedServer(53, { label: "[fd00::4]:udp:53" });
const WEB = plannedService({ key: "web", servers: [plannedServer(80), plannedServer(81)] });
const DNS = plannedService({ key: "dns", servers: [plannedServer(80), six] });
const PLAN = lvsPlan([WEB, DNS]);

for (const [name, meant] of [
  ["10.0.1.1:80", ["web [10.0.1.1]:tcp:80", "dns [10.0.1.1]:tcp:80"]],
  ["10.0.1.1", ["web [10.0.1.1]:tcp:80", "web [10.0.1.1]:tcp:81", "dns [10.0.1.1]:tcp:80"]],
  ["[10.0.1.1]:tcp:81", ["web [10.0.1.1]:tcp:81"]],
  ["[fd00:0::4]:53", ["dns [fd00::4]:udp:53"]],
  ["fd00::4", ["dns [fd00::4]:udp:53"]],
  ["10.0.1.1:82", []],
  ["web1.example", []],
] as const) {
  test(`servers that ${name} means`, () => {
    const named = serversNamed(name, PLAN);
    assert.deepEqual(
      named.map(({ service, server }) => `${service.key} ${server.label}`),
      meant,
    );
  });
}

test("a weight holds in each virtual server until it is another, or undone", () => {
  const weights = new HandWeights();
  weights.set(serversNamed("10.0.1.1:80", PLAN), 5);
  weights.set(serversNamed("10.0.1.1:81", PLAN), 0);
  weights.set(serversNamed("10.0.1.1:80", lvsPlan([WEB])), 7);
  assert.deepEqual(weights.all, [
    { service: "dns", server: "[10.0.1.1]:tcp:80", weight: 5 },
    { service: "web", server: "[10.0.1.1]:tcp:81", weight: 0 },
    { service: "web", server: "[10.0.1.1]:tcp:80", weight: 7 },
  ]);
  weights.set(serversNamed("10.0.1.1:80", PLAN), null);
  assert.deepEqual(
    weights.all.map(({ weight }) => weight),
    [0],
  );
});

test("what a plan has no more is forgotten", () => {
  const weights = new HandWeights();
  weights.set(serversNamed("10.0.1.1", PLAN), 5);
  weights.keep(lvsPlan([{ ...WEB, servers: [plannedServer(81)] }]));
  assert.deepEqual(weights.all, [{ service: "web", server: "[10.0.1.1]:tcp:81", weight: 5 }]);
});
