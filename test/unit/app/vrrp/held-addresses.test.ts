import assert from "node:assert/strict";
import { test } from "node:test";
import { HAND_ADDRESS_PROTOCOL, ROUTER_ADDRESS_PROTOCOL } from "../../../../src/app/rtnl.ts";
import { HeldAddresses } from "../../../../src/app/vrrp/held-addresses.ts";
import { readInterface } from "../../../../src/app/vrrp/interface-watch.ts";
import { formatCidr } from "../../../../src/core/addr.ts";
import { SystemError } from "../../../../src/core/errors.ts";
import { RTM } from "../../../../src/core/netlink/rtnl.ts";
import { ADDRESS_FLAGS, FOREVER } from "../../../../src/core/netlink/rtnl-address.ts";
import type { VirtualAddress } from "../../../../src/proto/vrrp/virtual-address.ts";
import { FakeRtnl } from "../../../support/fake-rtnl.ts";
import { ip } from "../../../support/packets.ts";
import { vip } from "../../../support/vrrp.ts";

const MARKED = { protocol: ROUTER_ADDRESS_PROTOCOL };

function hold(
  vips: readonly string[],
  {
    owner = false,
    kernel = new FakeRtnl(),
    leaseS = null as number | null,
    nowMs = (): number => 0,
  } = {},
  changes: Partial<VirtualAddress> = {},
) {
  if (kernel.links.length === 0) kernel.setLink();
  const netlink = kernel.openNetlink(0);
  const held = new HeldAddresses(
    netlink,
    vips.map((text) => vip(text, changes)),
    owner,
    leaseS,
    nowMs,
  );
  held.moveTo(2);
  const list = () => kernel.addresses.map((it) => `${formatCidr(it)} on ${it.ifIndex}`);
  const state = () => readInterface(netlink, "eth0");
  return { kernel, held, list, state };
}

const codeOf = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    assert.ok(error instanceof SystemError);
    return error.code;
  }
  return "";
};

test("addresses are held and released all together, doing either twice is fine", () => {
  const { held, list } = hold(["10.0.0.100/24", "10.0.0.101/32"]);
  held.hold();
  held.hold();
  assert.deepEqual(list(), ["10.0.0.100/24 on 2", "10.0.0.101/32 on 2"]);
  held.release();
  held.release();
  assert.deepEqual(list(), []);
});

test("what we add bears our mark; over IPv6 it is used at once and is no source of our traffic", () => {
  const { kernel, held } = hold(["fd00::100/64"]);
  held.hold();
  const [address] = kernel.addresses;
  assert.equal(address?.protocol, ROUTER_ADDRESS_PROTOCOL);
  assert.equal(address.flags & ADDRESS_FLAGS.noDad, ADDRESS_FLAGS.noDad);
  assert.deepEqual([address.preferredLftS, address.validLftS], [0, FOREVER]);
});

for (const vip of ["10.0.0.100/24", "fd00::100/64"]) {
  test(`${vip} gets the lease each time it is held, also where it was there for ever`, () => {
    const kernel = new FakeRtnl();
    kernel.setLink();
    kernel.addAddress(vip);
    const { held, list } = hold([vip], { kernel, leaseS: 2 });
    for (let i = 0; i < 2; i++) {
      held.hold();
      assert.equal(kernel.addresses[0]?.validLftS, 2);
      assert.equal(list().length, 1);
    }
    kernel.removeAddress(vip);
    held.hold();
    assert.equal(kernel.addresses[0]?.validLftS, 2);
  });
}

test("what was there before the start is told and removed, with and without our mark", () => {
  const kernel = new FakeRtnl();
  kernel.setLink();
  kernel.addAddress("10.0.0.1/24");
  kernel.addAddress("10.0.0.100/24", MARKED);
  kernel.addAddress("10.0.0.101/24");
  kernel.addAddress("10.0.0.102/24", { protocol: HAND_ADDRESS_PROTOCOL });
  const { held, list } = hold(["10.0.0.100/24", "10.0.0.101/24", "10.0.0.102/24"], { kernel });
  const told = [
    "10.0.0.100/24 was there already, left by a run that died: removed until this router is MASTER",
    "10.0.0.101/24 was there already, of unknown origin: removed until this router is MASTER",
    "10.0.0.102/24 was there already, added by vip add: removed until this router is MASTER",
  ];
  assert.deepEqual(held.leftovers(), told);
  assert.equal(list().length, 4, "looking removes nothing");
  assert.deepEqual(held.inherit(), told);
  assert.deepEqual(list(), ["10.0.0.1/24 on 2"]);
});

test("a leftover with another prefix length goes too: the kernel removes exact matches alone", () => {
  const kernel = new FakeRtnl();
  kernel.setLink();
  kernel.addAddress("10.0.0.100/32", MARKED);
  const { held, list } = hold(["10.0.0.100/24"], { kernel });
  held.inherit();
  assert.deepEqual(list(), []);
});

test("an owner never removes an address of the host, nor is one told about", () => {
  const kernel = new FakeRtnl();
  kernel.setLink();
  kernel.addAddress("10.0.0.1/24");
  const { held, list } = hold(["10.0.0.1/24", "10.0.0.100/24"], { owner: true, kernel });
  assert.deepEqual(held.inherit(), []);
  held.hold();
  assert.deepEqual(list(), ["10.0.0.1/24 on 2", "10.0.0.100/24 on 2"]);
  held.release();
  assert.deepEqual(list(), ["10.0.0.1/24 on 2"]);
});

test("an owner whose address comes to the host after the start leaves it there as well", () => {
  const { kernel, held, list } = hold(["10.0.0.1/24"], { owner: true });
  held.inherit();
  kernel.addAddress("10.0.0.1/24");
  held.release();
  assert.deepEqual(list(), ["10.0.0.1/24 on 2"]);
  held.hold();
  held.release();
  assert.deepEqual(list(), ["10.0.0.1/24 on 2"]);
});

test("what an owner gave up and the host has now is the host's", () => {
  const { kernel, held, list } = hold(["10.0.0.1/24"], { owner: true });
  held.hold();
  held.release();
  kernel.addAddress("10.0.0.1/24");
  held.release();
  assert.deepEqual(list(), ["10.0.0.1/24 on 2"]);
});

test("an owner takes over what a run of it left, and removes it where its prefix differs", () => {
  const kernel = new FakeRtnl();
  kernel.setLink();
  kernel.addAddress("10.0.0.100/24", MARKED);
  kernel.addAddress("10.0.0.101/32", MARKED);
  const vips = ["10.0.0.100/24", "10.0.0.101/24"];
  const { held, list } = hold(vips, { owner: true, kernel });
  assert.deepEqual(held.inherit(), [
    "10.0.0.100/24 was there already, left by a run that died: taken over",
    "10.0.0.101/32 was there already, left by a run that died: removed",
  ]);
  held.hold();
  assert.deepEqual(list(), ["10.0.0.100/24 on 2", "10.0.0.101/24 on 2"]);
  held.release();
  assert.deepEqual(list(), []);
});

test("without the right to change addresses the start is refused, though there is nothing to remove", () => {
  const { kernel, held } = hold(["10.0.0.100/24"]);
  kernel.refusals.set(RTM.deleteAddress, "EPERM");
  assert.equal(
    codeOf(() => held.inherit()),
    "EPERM",
  );
});

test("a release that was refused is tried again, for nobody else would", () => {
  const { kernel, held, list } = hold(["10.0.0.100/24"]);
  held.hold();
  kernel.refusals.set(RTM.deleteAddress, "ENOBUFS");
  assert.equal(
    codeOf(() => held.release()),
    "ENOBUFS",
  );
  kernel.refusals.clear();
  held.release();
  assert.deepEqual(list(), []);
});

test("an interface that is gone or has lost IPv6 holds nothing any more: no error", () => {
  const { kernel, held } = hold(["fd00::100/64"]);
  held.hold();
  kernel.refusals.set(RTM.deleteAddress, "ENXIO");
  held.release();
  kernel.refusals.clear();
  held.hold();
  kernel.removeLink();
  held.release();
});

test("an address that somebody else removed is missed only while it is to be there", () => {
  const { kernel, held, state } = hold(["10.0.0.100/24"]);
  assert.equal(held.missing(state()).length, 0);
  held.hold();
  assert.equal(held.missing(state()).length, 0);
  kernel.removeAddress("10.0.0.100/24");
  assert.equal(held.missing(state()).length, 1);
  held.release();
  assert.equal(held.missing(state()).length, 0);
});

test("when another interface has our name, the addresses leave the old one", () => {
  const { kernel, held, list, state } = hold(["10.0.0.100/24"]);
  held.hold();
  kernel.setLink({ ifIndex: 2, name: "eth9" });
  kernel.setLink({ ifIndex: 3, name: "eth0" });
  held.moveTo(3);
  assert.deepEqual(list(), []);
  assert.equal(held.missing(state()).length, 1);
  held.hold();
  assert.deepEqual(list(), ["10.0.0.100/24 on 3"]);
});

const EXTRAS = {
  broadcast: null,
  peer: null,
  flags: 0,
  detectsDuplicates: false,
  preferredLftS: null,
};

test("a preferred lifetime counts from the takeover, however often the lease is renewed", () => {
  let now = 5000;
  const options = { leaseS: 3, nowMs: () => now };
  const extras = { ...EXTRAS, preferredLftS: 4 };
  const { kernel, held } = hold(["fd00::100/64"], options, { extras });
  const preferred = [0, 2000, 3500, 4000, 9000].map((ageMs) => {
    now = 5000 + ageMs;
    held.hold();
    return kernel.addresses[0]?.preferredLftS;
  });
  assert.deepEqual(preferred, [3, 2, 1, 0, 0]); // never longer than the lease
});

test("a point-to-point address is taken away with its other end", () => {
  const peer = ip("10.7.0.9");
  const { kernel, held, list } = hold(["10.0.0.100/32"], {}, { extras: { ...EXTRAS, peer } });
  held.hold();
  assert.deepEqual(kernel.addresses[0]?.peer, peer);
  held.release();
  assert.deepEqual(list(), []);
});
