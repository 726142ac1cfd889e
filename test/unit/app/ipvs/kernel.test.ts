import assert from "node:assert/strict";
import { test } from "node:test";
import { IpvsKernel } from "../../../../src/app/ipvs/kernel.ts";
import { SystemError } from "../../../../src/core/errors.ts";
import { addService } from "../../../../src/core/netlink/ipvs-service.ts";
import { FakePorts } from "../../../support/fake-ports.ts";
import { destinationTo, serviceAt } from "../../../support/ipvs.ts";

test("a kernel without IPVS is told with the module and how to load it", () => {
  const ports = new FakePorts();
  ports.ipvs.isThere = false;
  assert.throws(
    () => new IpvsKernel(ports),
    (error) =>
      error instanceof SystemError &&
      error.code === "no-ipvs" &&
      /modprobe ip_vs/.test(error.message),
  );
});

test("services with their destinations are read as they were added", () => {
  const ports = new FakePorts();
  const [web, dns] = [
    serviceAt("tcp 192.0.2.1:80"),
    serviceAt("udp [2001:db8::1]:53", { scheduler: "rr" }),
  ];
  ports.ipvs.add(web, destinationTo("10.0.0.1:80", { weight: 3 }), destinationTo("10.0.0.2:80"));
  ports.ipvs.add(dns);
  const table = new IpvsKernel(ports).table();
  assert.deepEqual([...table.keys()], ["tcp 192.0.2.1:80", "udp [2001:db8::1]:53"]);
  assert.deepEqual(table.get("tcp 192.0.2.1:80")?.destinations, [
    destinationTo("10.0.0.1:80", { weight: 3 }),
    destinationTo("10.0.0.2:80"),
  ]);
  assert.deepEqual(table.get("udp [2001:db8::1]:53")?.service, dns);
});

test("a refusal names its own request, and the others are carried out", () => {
  const ports = new FakePorts();
  const kernel = new IpvsKernel(ports);
  const named = (at: string, scheduler: string) => ({
    op: "add-service",
    subject: at,
    request: addService(serviceAt(at, { scheduler })),
  });
  const refused = kernel.change([
    named("tcp 192.0.2.1:80", "rr"),
    named("tcp 192.0.2.2:80", "none"),
    named("tcp 192.0.2.3:80", "rr"),
  ]);
  assert.deepEqual(
    refused.map(({ error }) => [error.subject, error.code]),
    [["tcp 192.0.2.2:80", "ENOENT"]],
  );
  assert.deepEqual([...kernel.table().keys()], ["tcp 192.0.2.1:80", "tcp 192.0.2.3:80"]);
});
