/** Which source address a virtual router takes, and what keeps it in FAULT. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Cidr, formatIp, parseCidr, parseIp } from "../../../../src/core/addr.ts";
import {
  type AddressFacts,
  assessInterface,
  type RouterWish,
} from "../../../../src/proto/vrrp/interface-status.ts";

const RUNNING = { up: true, running: true, mtuBytes: 1500 };

const address = (text: string, usable = true): AddressFacts => {
  const ip = parseIp(text);
  assert.ok(ip);
  return { ip, usable };
};

const cidr = (text: string): Cidr => {
  const value = parseCidr(text);
  assert.ok(value);
  return value;
};

const wish = (overrides: Partial<RouterWish> = {}): RouterWish => ({
  family: 4,
  vips: [cidr("10.0.0.100/24")],
  owner: false,
  source: null,
  linkLocal: true,
  advertBytes: 32,
  ...overrides,
});

const assess = (addresses: readonly AddressFacts[], wanted: RouterWish) => {
  const { faults, source } = assessInterface(RUNNING, addresses, wanted);
  return [faults, source === null ? null : formatIp(source)];
};

test("the first address of the family that is not virtual is the source", () => {
  const found = assess([address("10.0.0.100"), address("fe80::1"), address("10.0.0.2")], wish());
  assert.deepEqual(found, [[], "10.0.0.2"]);
});

test("an address owner may send from its virtual address, nobody else", () => {
  assert.deepEqual(assess([address("10.0.0.100")], wish({ owner: true })), [[], "10.0.0.100"]);
  assert.deepEqual(assess([address("10.0.0.100")], wish()), [["no-source-address"], null]);
});

test("an owner sends from an address that is not virtual where there is one: a peer that holds the virtual one would not hear it", () => {
  const addresses = [address("10.0.0.100"), address("10.0.0.2", false), address("10.0.0.3")];
  assert.deepEqual(assess(addresses, wish({ owner: true })), [[], "10.0.0.3"]);
  const fixed = wish({ owner: true, source: address("10.0.0.100").ip });
  assert.deepEqual(assess(addresses, fixed), [[], "10.0.0.100"]);
});

test("IPv6 adverts leave from a link-local address that has passed duplicate detection", () => {
  const v6 = wish({ family: 6, vips: [cidr("fe80::64/64")] });
  const addresses = [address("2001:db8::2"), address("fe80::1", false), address("fe80::2")];
  assert.deepEqual(assess(addresses, v6), [[], "fe80::2"]);
});

test("to IPv6 peers beyond the link adverts leave from an address that is neither link-local nor virtual", () => {
  const v6 = wish({ family: 6, vips: [cidr("fd00::100/64")], linkLocal: false });
  const addresses = [address("fe80::2"), address("fd00::100"), address("fd00::2")];
  assert.deepEqual(assess(addresses, v6), [[], "fd00::2"]);
  assert.deepEqual(assess([address("fe80::2")], v6), [["no-source-address"], null]);
});

test("a source fixed by the user is taken or missed, never replaced", () => {
  const fixed = wish({ source: address("10.0.0.9").ip });
  assert.deepEqual(assess([address("10.0.0.2")], fixed), [["no-source-address"], null]);
  assert.deepEqual(assess([address("10.0.0.2"), address("10.0.0.9")], fixed), [[], "10.0.0.9"]);
});

test("a link without carrier, a link switched off and a missing one are faults", () => {
  const addresses = [address("10.0.0.2")];
  assert.deepEqual(assessInterface({ ...RUNNING, running: false }, addresses, wish()).faults, [
    "link-down",
  ]);
  assert.deepEqual(assessInterface({ ...RUNNING, up: false }, addresses, wish()).faults, [
    "link-down",
  ]);
  assert.deepEqual(assessInterface(undefined, addresses, wish()).faults, ["interface-gone"]);
});

test("an MTU below the longest advert is a fault, for it would be fragmented", () => {
  const own = [address("10.0.0.2")];
  const faults = (mtuBytes: number) =>
    assessInterface({ ...RUNNING, mtuBytes }, own, wish({ advertBytes: 428 })).faults;
  assert.deepEqual([faults(428), faults(427)], [[], ["mtu-too-small"]]);
});
