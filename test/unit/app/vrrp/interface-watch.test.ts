import assert from "node:assert/strict";
import { test } from "node:test";
import { type InterfaceState, watchInterface } from "../../../../src/app/vrrp/interface-watch.ts";
import { formatIp } from "../../../../src/core/addr.ts";
import { replaceAddress } from "../../../../src/core/netlink/rtnl-address.ts";
import { FakePorts } from "../../../support/fake-ports.ts";
import { ip } from "../../../support/packets.ts";

function watched() {
  const ports = new FakePorts();
  const states: InterfaceState[] = [];
  const troubles: string[] = [];
  const netlink = ports.openNetlink(0);
  const watch = watchInterface(ports, netlink, "eth0", {
    onChange: (state) => states.push(state),
    onTrouble: ({ code }) => troubles.push(code),
  });
  /** What was seen since the last look: index and addresses. */
  const seen = async (): Promise<string[]> => {
    await ports.clock.pass(0);
    return states
      .splice(0)
      .map(({ link, addresses }) =>
        [link?.ifIndex, ...addresses.map((it) => formatIp(it.ip))].join(),
      );
  };
  return { ports, kernel: ports.kernel, watch, seen, troubles };
}

test("several notifications at once make one reading, of the state that is then", async () => {
  const { kernel, seen } = watched();
  kernel.addAddress("10.0.0.7/24");
  kernel.removeAddress("10.0.0.1/24");
  kernel.setLink({ running: false });
  assert.deepEqual(await seen(), ["2,fe80::1,10.0.0.7"]);
});

test("what happens to other interfaces is passed over", async () => {
  const { kernel, seen } = watched();
  kernel.setLink({ running: false });
  await seen();
  kernel.setLink({ ifIndex: 3, name: "eth1" });
  kernel.addAddress("10.0.1.1/24", { ifIndex: 3 });
  assert.deepEqual(await seen(), []);
});

test("an address whose lifetime is renewed is no news; one of another origin is", async () => {
  const { ports, seen } = watched();
  const netlink = ports.openNetlink(0);
  const put = (protocol: number, validLftS: number): void => {
    const address = { ip: ip("10.0.0.7"), prefixLength: 24, ifIndex: 2, protocol, validLftS };
    netlink.transact([replaceAddress(address)]);
  };
  put(1, 2);
  assert.deepEqual(await seen(), ["2,10.0.0.1,fe80::1,10.0.0.7"]);
  put(1, 1);
  assert.deepEqual(await seen(), []);
  put(2, 1);
  assert.equal((await seen()).length, 1);
});

test("an address that went and came back meanwhile is news", async () => {
  const { kernel, seen } = watched();
  kernel.loseNotifications();
  await seen();
  kernel.removeAddress("10.0.0.1/24");
  kernel.addAddress("10.0.0.1/24");
  assert.equal((await seen()).length, 1);
});

test("an interface is followed by its name: away, renamed, back with another index", async () => {
  const { kernel, seen } = watched();
  kernel.setLink();
  await seen();
  kernel.setLink({ name: "eth9" });
  assert.deepEqual(await seen(), [""]);
  kernel.setLink({ ifIndex: 5, name: "eth0" });
  assert.deepEqual(await seen(), ["5"]);
  kernel.addAddress("10.0.0.5/24", { ifIndex: 5 });
  assert.deepEqual(await seen(), ["5,10.0.0.5"]);
  kernel.removeLink(5);
  assert.deepEqual(await seen(), [""]);
});

test("lost notifications lead to a reading", async () => {
  const { kernel, seen } = watched();
  kernel.loseNotifications();
  assert.deepEqual(await seen(), ["2,10.0.0.1,fe80::1"]);
});

test("a reading that fails is told and tried again a second later, until it is closed", async () => {
  const { ports, kernel, watch, seen, troubles } = watched();
  kernel.refusals.set(22, "EBUSY"); // RTM_GETADDR
  kernel.setLink();
  assert.deepEqual(await seen(), []);
  await ports.clock.pass(1000);
  assert.deepEqual(troubles, ["EBUSY", "EBUSY"]);
  kernel.refusals.clear();
  await ports.clock.pass(1000);
  assert.deepEqual(await seen(), ["2,10.0.0.1,fe80::1"]);
  kernel.refusals.set(22, "EBUSY");
  kernel.setLink();
  await seen();
  watch.close();
  assert.equal(ports.clock.pending, 0);
});

test("after it is closed nobody is called any more, not even for what was on its way", async () => {
  const { kernel, watch, seen } = watched();
  kernel.setLink({ running: false });
  watch.close();
  assert.deepEqual(await seen(), []);
});
