import assert from "node:assert/strict";
import { test } from "node:test";
import { connectionsOf } from "../../../../../../src/app/ha/up/servers/connections.ts";
import { IpvsKernel } from "../../../../../../src/app/ipvs/kernel.ts";
import { destinationIn } from "../../../../../../src/proto/ipvs/real-server.ts";
import { SERVICE } from "../../../../../support/balancer.ts";
import { FakePorts } from "../../../../../support/fake-ports.ts";
import { ipvsService, realServer } from "../../../../../support/lvs-plan.ts";

test("those of each server, of all services that the virtual one is; none where it is not there", () => {
  const ports = new FakePorts();
  const kernel = new IpvsKernel(ports);
  const mark = ipvsService({ id: { by: "fwmark", mark: 7, family: 4 } });
  const many = { ...SERVICE, ipvs: [ipvsService(), mark] };
  const none = { active: 0, inactive: 0, persistent: 0 };
  assert.deepEqual(connectionsOf(kernel, many), [none, none]);
  ports.ipvs.add(ipvsService(), destinationIn(ipvsService().id, realServer(82), 1));
  ports.ipvs.count(0, { activeConnections: 3, inactiveConnections: 2, persistentConnections: 1 });
  assert.deepEqual(connectionsOf(kernel, many), [none, { active: 3, inactive: 2, persistent: 1 }]);
});
