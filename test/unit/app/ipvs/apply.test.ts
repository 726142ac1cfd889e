import assert from "node:assert/strict";
import { test } from "node:test";
import { applySteps } from "../../../../src/app/ipvs/apply.ts";
import { IpvsKernel } from "../../../../src/app/ipvs/kernel.ts";
import { IPVS_COMMANDS } from "../../../../src/core/netlink/ipvs.ts";
import { planTable } from "../../../../src/proto/ipvs/plan.ts";
import { stepSubject } from "../../../../src/proto/ipvs/step.ts";
import { tableOf } from "../../../../src/proto/ipvs/table.ts";
import { FakePorts } from "../../../support/fake-ports.ts";
import { destinationTo, serviceAt } from "../../../support/ipvs.ts";

const WEB = serviceAt("tcp 192.0.2.1:80");

function applied(ports: FakePorts, ...wanted: Parameters<typeof tableOf>) {
  const kernel = new IpvsKernel(ports);
  return applySteps(
    kernel,
    planTable(kernel.table(), tableOf(...wanted), () => true),
  );
}

test("where something that comes is refused nothing is taken away, and all of it is told", () => {
  const ports = new FakePorts();
  ports.ipvs.add(WEB, destinationTo("10.0.0.1:80"));
  const odd = serviceAt("tcp 192.0.2.2:80", { scheduler: "none" });
  const { done, refused, untried } = applied(ports, [
    { service: WEB, destinations: [destinationTo("10.0.0.2:80")] },
    { service: odd, destinations: [destinationTo("10.0.0.3:80")] },
  ]);
  assert.deepEqual(done.map(stepSubject), ["10.0.0.2:80 of tcp 192.0.2.1:80"]);
  assert.deepEqual(
    refused.map(({ error }) => error.message),
    [
      "ipvs add-service tcp 192.0.2.2:80: this kernel has no scheduler none (modprobe ip_vs_none) (ENOENT)",
    ],
  );
  assert.deepEqual(
    untried.map((step) => `${step.kind} ${stepSubject(step)}`),
    [
      "add-destination 10.0.0.3:80 of tcp 192.0.2.2:80",
      "quiesce-destination 10.0.0.1:80 of tcp 192.0.2.1:80",
      "delete-destination 10.0.0.1:80 of tcp 192.0.2.1:80",
    ],
  );
  assert.equal(new IpvsKernel(ports).table().get("tcp 192.0.2.1:80")?.destinations.length, 2);
});

test("what goes gets weight 0 before it is deleted, and what comes is there before", () => {
  const ports = new FakePorts();
  ports.ipvs.add(WEB, destinationTo("10.0.0.1:80"));
  const { refused } = applied(ports, [
    { service: WEB, destinations: [destinationTo("10.0.0.2:80")] },
  ]);
  assert.deepEqual(refused, []);
  assert.deepEqual(ports.ipvs.commands, [
    IPVS_COMMANDS.newDestination,
    IPVS_COMMANDS.setDestination,
    IPVS_COMMANDS.deleteDestination,
  ]);
});
