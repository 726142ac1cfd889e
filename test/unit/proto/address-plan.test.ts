import assert from "node:assert/strict";
import { test } from "node:test";
import { parseCidr } from "../../../src/core/addr.ts";
import {
  ADDRESS_FLAGS,
  FOREVER,
  type InterfaceAddress,
} from "../../../src/core/netlink/rtnl-address.ts";
import {
  inverse,
  planAbsence,
  planCollateral,
  planPresence,
  unchangeable,
} from "../../../src/proto/address-plan.ts";
import { addressFact } from "../../support/doctor.ts";

const key = (text: string, ifIndex = 3) => ({ ...(parseCidr(text) ?? assert.fail(text)), ifIndex });
const held = (text: string, more: Partial<InterfaceAddress> = {}) =>
  addressFact(text, { ifIndex: 3, ...more });

test("what is missing is added, what is there is left alone", () => {
  const wishes = [key("192.0.2.1/24"), key("192.0.2.2/24")];
  const plan = planPresence(wishes, [held("192.0.2.1/24"), held("192.0.2.9/24")]);
  assert.deepEqual(plan, [{ kind: "add", address: wishes[1] }]);
});

test("an IPv4 address may stand under two prefixes, an IPv6 address under one", () => {
  const [ip4, ip6] = [key("192.0.2.1/32"), key("2001:db8::1/128")];
  const plan = planPresence([ip4, ip6], [held("192.0.2.1/24"), held("2001:db8::1/64")]);
  assert.deepEqual(plan, [{ kind: "add", address: ip4 }]);
});

test("the same address on another interface is another address", () => {
  const wish = key("192.0.2.1/24", 4);
  assert.equal(planPresence([wish], [held("192.0.2.1/24")]).length, 1);
  assert.equal(planAbsence([wish], [held("192.0.2.1/24")]).length, 0);
});

test("an address wished for twice is added once", () => {
  assert.equal(planPresence([key("192.0.2.1/24"), key("192.0.2.1/24")], []).length, 1);
});

test("a preferred lifetime is changed when one is wished for, and the rest is kept", () => {
  const was = held("2001:db8::1/64", { flags: ADDRESS_FLAGS.noDad, protocol: 3 });
  const wish = { ...key("2001:db8::1/64"), preferredLftS: 0, flags: 0 };
  const address = { ...was, preferredLftS: 0 };
  assert.deepEqual(planPresence([wish], [was]), [{ kind: "replace", address, was }]);
  assert.deepEqual(planPresence([wish], [address]), []);
  assert.deepEqual(planPresence([key("2001:db8::1/64")], [address]), []);
});

test("an address preferred for ever is valid for ever", () => {
  const was = held("2001:db8::1/64", { validLftS: 60, preferredLftS: 0 });
  const [change] = planPresence([{ ...key("2001:db8::1/64"), preferredLftS: FOREVER }], [was]);
  assert.equal(change?.address.validLftS, FOREVER);
});

test("only what is there is deleted, with all that is known of it", () => {
  const own = held("192.0.2.1/24", { label: "eth0:1" });
  const plan = planAbsence([key("192.0.2.1/24"), key("192.0.2.2/24")], [own]);
  assert.deepEqual(plan, [{ kind: "delete", address: own }]);
});

test("a change taken back twice is the change", () => {
  const was = held("192.0.2.1/24");
  const address = { ...was, preferredLftS: 0 };
  for (const change of [
    { kind: "add", address },
    { kind: "delete", address },
    { kind: "replace", address, was },
  ] as const) {
    assert.deepEqual(inverse(inverse(change)), change);
    assert.notDeepEqual(inverse(change), change);
  }
});

test("secondary addresses that went with their primary are put back, others are not", () => {
  const primary = held("192.0.2.1/24");
  const secondary = held("192.0.2.2/24", { flags: ADDRESS_FLAGS.secondary });
  const unwanted = held("192.0.2.3/24", { flags: ADDRESS_FLAGS.secondary });
  const temporary = held("2001:db8::2/64", { flags: ADDRESS_FLAGS.secondary });
  const elsewhere = held("198.51.100.1/24");
  const plan = planAbsence([primary, unwanted], [primary, unwanted]);
  const before = [primary, secondary, unwanted, temporary, elsewhere];
  assert.deepEqual(planCollateral(plan, before, []), [{ kind: "add", address: secondary }]);
  assert.deepEqual(planCollateral(plan, before, [secondary]), []);
});

test("a label or a scope that is wished for and not there cannot be changed", () => {
  const there = [held("192.0.2.1/24", { label: "eth0", scope: 253 }), held("2001:db8::1/64")];
  const traits = (wish: object, text = "192.0.2.1/24") =>
    unchangeable([{ ...key(text), ...wish }], there).map(({ trait }) => trait);
  assert.deepEqual(traits({ label: "eth0:x" }), ["label eth0"]);
  assert.deepEqual(traits({ scope: 0 }), ["scope link"]);
  assert.deepEqual(traits({ label: "eth0", scope: 253 }), []);
  assert.deepEqual(traits({ label: null }), []);
  assert.deepEqual(traits({ scope: 253 }, "2001:db8::1/64"), [], "the kernel takes its own");
  assert.deepEqual(traits({ label: "x", scope: 0 }, "192.0.2.9/24"), []);
});

test("an address that another host had is removed and added anew", () => {
  const was = held("2001:db8::1/64", { flags: ADDRESS_FLAGS.dadFailed });
  const wish = key("2001:db8::1/64");
  assert.deepEqual(planPresence([wish], [was]), [
    { kind: "delete", address: was },
    { kind: "add", address: wish },
  ]);
});
