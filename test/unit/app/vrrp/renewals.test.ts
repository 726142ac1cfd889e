/** Leases of several routers are renewed together; what is missing or given up is no matter of that. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { readInterface } from "../../../../src/app/vrrp/interface-watch.ts";
import { Renewals } from "../../../../src/app/vrrp/renewals.ts";
import { VirtualAddresses } from "../../../../src/app/vrrp/virtual-addresses.ts";
import { formatCidr } from "../../../../src/core/addr.ts";
import type { NetlinkRequest } from "../../../../src/core/netlink/message.ts";
import { RTM } from "../../../../src/core/netlink/rtnl.ts";
import type { NetlinkSocket } from "../../../../src/io/ports.ts";
import { FakePorts } from "../../../support/fake-ports.ts";
import { vip, vrrpConfig, vrrpInstance } from "../../../support/vrrp.ts";

function twoRouters(leaseS: number | null = 2, adverIntervalMs = 1000) {
  const ports = new FakePorts();
  const socket = ports.openNetlink(0);
  const added: number[] = []; // with each datagram
  const netlink: NetlinkSocket = {
    ...socket,
    transact: (requests: readonly NetlinkRequest[]) => {
      const count = requests.filter(({ type }) => type === RTM.newAddress).length;
      if (count > 0) added.push(count);
      return socket.transact(requests);
    },
  };
  const renewals = new Renewals(ports, netlink);
  const routers = ["10.0.0.100/24", "10.0.0.101/24"].map((text) => {
    const config = vrrpConfig({ leaseS, adverIntervalMs });
    return new VirtualAddresses(
      ports,
      netlink,
      vrrpInstance({ vips: [vip(text)], config }),
      renewals,
    );
  });
  const look = (): void => {
    for (const router of routers) router.moveTo("eth0", readInterface(netlink, "eth0"));
  };
  const hold = (): void => {
    for (const { holding } of routers) holding.hold();
  };
  look();
  hold();
  look();
  assert.deepEqual(added.splice(0), [1, 1], "a takeover waits for nobody");
  const addresses = () =>
    ports.kernel.addresses.map(formatCidr).filter((text) => text.includes(".10"));
  return { ports, routers, added, addresses, look, hold };
}

test("the leases of all go in one datagram, a moment later", async () => {
  const { ports, added, hold } = twoRouters();
  hold();
  assert.deepEqual(added, []);
  await ports.clock.pass(50);
  assert.deepEqual(added, [2]);
  hold();
  await ports.clock.pass(50);
  assert.deepEqual(added, [2, 2]);
  assert.equal(ports.clock.pending, 0);
});

test("an address that is missing is put back at once", () => {
  const { ports, added, addresses, look, hold } = twoRouters();
  ports.kernel.removeAddress("10.0.0.101/24");
  look();
  hold();
  assert.deepEqual([added, addresses()], [[1], ["10.0.0.100/24", "10.0.0.101/24"]]);
});

test("what is given up meanwhile does not come back", async () => {
  const { ports, routers, addresses, hold } = twoRouters();
  hold();
  routers[0]?.holding.release();
  await ports.clock.pass(50);
  assert.deepEqual(addresses(), ["10.0.0.101/24"]);
});

test("a refusal is told by the next one, which is not left to others", async () => {
  const { ports, routers, hold } = twoRouters();
  hold();
  ports.kernel.refusals.set(RTM.newAddress, "EPERM");
  await ports.clock.pass(50);
  assert.throws(() => routers[0]?.holding.hold(), { code: "EPERM" });
});

test("a lease that would end too late is renewed at once", () => {
  const { added, hold } = twoRouters(1, 500); // ends within 1.38 s, and a peer takes over after 1.5 s
  hold();
  assert.deepEqual(added, []);
  const tight = twoRouters(1, 460);
  tight.hold();
  assert.deepEqual(tight.added, [1, 1]);
});
