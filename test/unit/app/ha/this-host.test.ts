/** What this host is: its interfaces, each with its own addresses. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { thisHost } from "../../../../src/app/ha/this-host.ts";
import { formatCidr } from "../../../../src/core/addr.ts";
import { FakePorts } from "../../../support/fake-ports.ts";

test("an interface has its MTU and its own addresses", () => {
  const { interfaces } = thisHost(new FakePorts());
  const eth0 = interfaces.get("eth0") ?? assert.fail();
  assert.deepEqual([eth0.mtu, eth0.hasMulticast], [1500, true]);
  assert.deepEqual(eth0.addresses.map(formatCidr), ["10.0.0.1/24", "fe80::1/64"]);
});
