import assert from "node:assert/strict";
import { test } from "node:test";
import type { LvsPlan } from "../../../../../../src/app/ha/up/plan/lvs-plan.ts";
import { AmendedPlan } from "../../../../../../src/app/ha/up/servers/amended-plan.ts";
import { FakePorts } from "../../../../../support/fake-ports.ts";
import { lvsPlan, plannedServer, plannedService } from "../../../../../support/lvs-plan.ts";
import { ip } from "../../../../../support/packets.ts";

const PLAN = lvsPlan([plannedService({ servers: [plannedServer(80)] })]);
const KNOWN = { checks: new Map(), quorums: new Map() };

function amend(...names: { ip: Uint8Array; name: string }[]) {
  const ports = new FakePorts();
  ports.net.names.set("web.test", ["10.0.2.1"]);
  const plans: LvsPlan[] = [];
  const troubles: string[] = [];
  const amended = new AmendedPlan({ names, verifiesCertificates: false }, ports, {
    onPlan: (plan) => void plans.push(plan),
    onTrouble: (text) => void troubles.push(text),
  });
  const labels = () =>
    plans.map(({ services }) => services.flatMap(({ servers }) => servers.map((one) => one.label)));
  return { ports, amended, labels, troubles };
}

test("without options a plan is what it is, at once", () => {
  const { amended, labels } = amend();
  amended.go(PLAN, KNOWN);
  assert.deepEqual(labels(), [["[10.0.1.1]:tcp:80"]]);
});

test("with a name nothing is checked before it was looked up; another place is another plan", async () => {
  const { ports, amended, labels } = amend({ ip: ip("10.0.1.1"), name: "web.test" });
  amended.go(PLAN, KNOWN);
  assert.deepEqual(labels(), []);
  await ports.clock.pass(0);
  assert.deepEqual(labels(), [["[10.0.2.1]:tcp:80"]]);
  ports.net.names.set("web.test", ["10.0.2.2"]);
  await ports.clock.pass(30_000);
  amended.go(PLAN, KNOWN);
  assert.deepEqual(labels().slice(1), [["[10.0.2.2]:tcp:80"], ["[10.0.2.2]:tcp:80"]]);
  amended.close();
  assert.equal(ports.clock.pending, 0);
});

test("an address that no real server has is told", async () => {
  const { amended, troubles } = amend({ ip: ip("10.0.1.9"), name: "web.test" });
  amended.go(PLAN, KNOWN);
  assert.deepEqual(troubles, ["10.0.1.9 (web.test) is the address of no real server"]);
  amended.close();
});
