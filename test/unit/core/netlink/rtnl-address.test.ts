import assert from "node:assert/strict";
import { test } from "node:test";
import { parseIp } from "../../../../src/core/addr.ts";
import { decodeNetlinkMessages } from "../../../../src/core/netlink/message.ts";
import {
  ADDRESS_FLAGS,
  addAddress,
  decodeAddress,
  deleteAddress,
  dumpAddresses,
  FOREVER,
  replaceAddress,
} from "../../../../src/core/netlink/rtnl-address.ts";
import * as vectors from "../../../vectors/rtnl.ts";

const ip = (text: string) => parseIp(text) as Uint8Array;
const bodyOf = (datagram: Uint8Array, index = 0): Uint8Array => {
  const messages = decodeNetlinkMessages(datagram);
  assert.ok(messages.ok);
  return messages.value[index]?.body ?? new Uint8Array();
};

const VIP4 = { ifIndex: 3, ip: ip("192.0.2.10"), prefixLength: 24 };

test("adding an IPv4 address with label, flags and broadcast means what iproute2's means", () => {
  const request = addAddress({
    ...VIP4,
    broadcast: ip("192.0.2.255"),
    label: "va:vip",
    flags: ADDRESS_FLAGS.noPrefixRoute,
  });
  assert.deepEqual([request.type, request.flags], [20, 0x600]);
  assert.deepEqual(decodeAddress(request.body), decodeAddress(bodyOf(vectors.addressAdd4)));
});

test("adding an IPv6 address with lifetimes means what iproute2's means", () => {
  const address = { ifIndex: 3, ip: ip("2001:db8::10"), prefixLength: 64, preferredLftS: 0 };
  const { body } = addAddress({ ...address, validLftS: 3600, flags: ADDRESS_FLAGS.noDad });
  const ours = decodeAddress(body);
  const theirs = decodeAddress(bodyOf(vectors.addressAdd6));
  assert.deepEqual(ours, theirs);
  assert.ok(ours.ok);
  assert.equal(ours.value.flags, ADDRESS_FLAGS.noDad);
  assert.equal(ours.value.validLftS, 3600);
});

test("deleting names the address and nothing else", () => {
  const request = deleteAddress(VIP4);
  assert.deepEqual(request, { type: 21, flags: 0, body: bodyOf(vectors.addressDelete4) });
});

test("a dumped address has its flags in full, lifetimes in seconds and its protocol", () => {
  const first = decodeAddress(bodyOf(vectors.addressDump6));
  assert.deepEqual(first, {
    ok: true,
    value: {
      ifIndex: 3,
      ip: ip("2001:db8::10"),
      prefixLength: 64,
      peer: null,
      broadcast: null,
      label: null,
      scope: 0,
      flags: ADDRESS_FLAGS.noDad | ADDRESS_FLAGS.deprecated,
      protocol: 0,
      metric: 0,
      validLftS: 3600,
      preferredLftS: 0,
    },
  });
  const second = decodeAddress(bodyOf(vectors.addressDump6, 1));
  assert.ok(second.ok);
  assert.equal(second.value.protocol, 3); // set by the kernel, link-local
  assert.equal(second.value.validLftS, FOREVER);
});

test("the kernel's word on an address that is gone is read", () => {
  const gone = decodeAddress(bodyOf(vectors.addressGone));
  assert.ok(gone.ok);
  assert.deepEqual(gone.value.ip, ip("192.0.2.33"));
  assert.equal(gone.value.label, "va");
});

test("a point-to-point address keeps its two ends apart", () => {
  const address = { ...VIP4, peer: ip("192.0.2.99"), prefixLength: 32 };
  const result = decodeAddress(addAddress(address).body);
  assert.ok(result.ok);
  assert.deepEqual([result.value.ip, result.value.peer], [VIP4.ip, address.peer]);
});

test("one lifetime alone leaves the other without end, but never preferred longer than valid", () => {
  const lifetimes = (more: { validLftS?: number; preferredLftS?: number }) => {
    const result = decodeAddress(replaceAddress({ ...VIP4, ...more }).body);
    assert.ok(result.ok);
    return [result.value.validLftS, result.value.preferredLftS];
  };
  assert.deepEqual(lifetimes({ preferredLftS: 0 }), [FOREVER, 0]);
  assert.deepEqual(lifetimes({ validLftS: 60 }), [60, 60]);
});

test("a dump can be limited to a family and an interface", () => {
  assert.deepEqual(dumpAddresses().body, new Uint8Array(8));
  const { body } = dumpAddresses({ family: 6, ifIndex: 3 });
  assert.deepEqual([...body], [10, 0, 0, 0, 3, 0, 0, 0]);
});

test("a body of another family, or without an address, is refused", () => {
  const other = decodeAddress(Uint8Array.of(28, 0, 0, 0, 1, 0, 0, 0));
  assert.equal(!other.ok && other.fault.code, "other-family");
  const none = decodeAddress(Uint8Array.of(2, 0, 0, 0, 1, 0, 0, 0));
  assert.equal(!none.ok && none.fault.code, "no-address");
});

test("the route to an address's prefix has the metric that iproute2 gives it", () => {
  const ours = addAddress({ ...VIP4, ifIndex: 4, ip: ip("192.0.2.33"), metric: 1_000_000 });
  assert.deepEqual(decodeAddress(ours.body), decodeAddress(bodyOf(vectors.addressAddMetric)));
  const held = decodeAddress(bodyOf(vectors.addressWithMetric));
  assert.ok(held.ok);
  assert.equal(held.value.metric, 1_000_000);
});
