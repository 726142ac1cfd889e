import assert from "node:assert/strict";
import { test } from "node:test";
import { hostCaveats } from "../../../../src/app/vrrp/host-caveats.ts";
import type { VrrpInstance } from "../../../../src/app/vrrp/instance.ts";
import { readInterface } from "../../../../src/app/vrrp/interface-watch.ts";
import { FakePorts } from "../../../support/fake-ports.ts";
import { ip } from "../../../support/packets.ts";
import { vrrpConfig, vrrpInstance } from "../../../support/vrrp.ts";

function caveats(ports: FakePorts, changes: Partial<VrrpInstance>): string[] {
  const netlink = ports.openNetlink(0);
  const states = new Map([["eth0", readInterface(netlink, "eth0")]]);
  const found = hostCaveats(vrrpInstance(changes), states);
  netlink.close();
  return found;
}

test("an owner without another address is told that a peer may not hear it", () => {
  const owner = { config: vrrpConfig({ priority: 255 }) };
  const ports = new FakePorts();
  ports.kernel.addAddress("10.0.0.100/24");
  assert.deepEqual(caveats(ports, owner), [], "10.0.0.1 is there as well");
  ports.kernel.removeAddress("10.0.0.1/24");
  assert.deepEqual(caveats(ports, owner), [
    "adverts leave from 10.0.0.100, and a peer that holds it does not hear them: give eth0 a second address, or --source",
  ]);
  assert.deepEqual(caveats(ports, {}), [], "who is no owner has no source then");
});

test("a host to be asked that is in no prefix of the interface may not be on its LAN", () => {
  const hosts = ["10.0.0.9", "10.0.1.9", "fe80::9"].map(ip);
  assert.deepEqual(caveats(new FakePorts(), { verify: hosts }), [
    "--verify 10.0.1.9 is in no prefix of eth0: it may not be on its LAN",
  ]);
});
