import assert from "node:assert/strict";
import { test } from "node:test";
import { parseCidr, parseIp } from "../../../../src/core/addr.ts";
import { decodeNetlinkMessages } from "../../../../src/core/netlink/message.ts";
import { SCOPES } from "../../../../src/core/netlink/rtnl.ts";
import {
  addRoute,
  decodeRoute,
  deleteRoute,
  dumpRoutes,
  getRoute,
  ROUTE_TYPES,
} from "../../../../src/core/netlink/rtnl-route.ts";
import * as vectors from "../../../vectors/rtnl.ts";
import * as policy from "../../../vectors/rtnl-policy.ts";

const ip = (text: string) => parseIp(text) as Uint8Array;
const cidr = (text: string) => parseCidr(text) ?? assert.fail(text);
const bodyOf = (datagram: Uint8Array): Uint8Array => {
  const messages = decodeNetlinkMessages(datagram);
  assert.ok(messages.ok);
  return messages.value[0]?.body ?? new Uint8Array();
};

const ROUTE = {
  destination: cidr("203.0.113.0/24"),
  from: null,
  gateway: ip("198.51.100.7"),
  onlink: false,
  ifIndex: 3,
  preferredSource: ip("198.51.100.1"),
  table: 100,
  protocol: 112,
  metric: 50,
  mtuBytes: null,
};

test("a route added means what iproute2's means to the kernel", () => {
  const ours = decodeRoute(addRoute(ROUTE).body);
  assert.deepEqual(ours, decodeRoute(bodyOf(vectors.routeDump)));
  assert.deepEqual(ours, {
    ok: true,
    value: { ...ROUTE, scope: SCOPES.global, type: ROUTE_TYPES.unicast },
  });
});

test("an IPv4 route by an IPv6 gateway that is believed to be there, with an MTU", () => {
  const wanted = {
    destination: cidr("10.9.0.0/16"),
    gateway: ip("2001:db8::7"),
    onlink: true,
    ifIndex: 3,
    mtuBytes: 1400,
    table: 100,
    protocol: 112,
    scope: SCOPES.global,
  };
  const asked = decodeRoute(bodyOf(policy.routeViaIp6));
  assert.deepEqual(decodeRoute(addRoute(wanted).body), asked);
  assert.deepEqual(decodeRoute(bodyOf(policy.routeViaIp6Dump)), asked);
  assert.ok(asked.ok);
  assert.deepEqual({ ...asked.value, ...wanted }, asked.value);
});

test("an IPv6 route for packets from a prefix", () => {
  const asked = decodeRoute(bodyOf(policy.routeFrom6));
  assert.ok(asked.ok);
  assert.deepEqual(asked.value.from, cidr("2001:db8:1::/48"));
  assert.deepEqual(decodeRoute(addRoute(asked.value).body), asked);
});

test("the answer to where a packet would go is read", () => {
  const result = decodeRoute(bodyOf(vectors.routeGet));
  assert.ok(result.ok);
  const { destination, ifIndex, preferredSource, gateway } = result.value;
  assert.deepEqual(destination, cidr("198.51.100.9/32"));
  assert.deepEqual([ifIndex, preferredSource, gateway], [3, ip("198.51.100.1"), null]);
});

test("the default route has no destination on the wire, and the any-address as a value", () => {
  for (const text of ["0.0.0.0/0", "::/0"]) {
    const { body } = addRoute({ destination: cidr(text), ifIndex: 3 });
    const result = decodeRoute(body);
    assert.ok(result.ok);
    assert.deepEqual(result.value.destination, cidr(text));
    assert.equal(body.length, 12 + 8 + 8); // header, interface, table
  }
});

test("a route without a gateway reaches no further than the link", () => {
  const result = decodeRoute(addRoute({ destination: cidr("10.0.0.0/8"), ifIndex: 3 }).body);
  assert.equal(result.ok && result.value.scope, SCOPES.link);
});

test("a deletion matches any protocol, scope and type unless one is named", () => {
  const { body } = deleteRoute({ destination: cidr("10.0.0.0/8") });
  assert.deepEqual([...body.subarray(5, 8)], [0, SCOPES.nowhere, 0]);
  const named = deleteRoute({ destination: cidr("10.0.0.0/8"), protocol: 112 });
  assert.equal(named.body[5], 112);
});

test("a lookup names the whole address and, when asked, the interface", () => {
  const { type, flags, body } = getRoute(ip("2001:db8::1"), { ifIndex: 3 });
  assert.deepEqual([type, flags, body[0], body[1]], [26, 0, 10, 128]);
  const result = decodeRoute(body);
  assert.equal(result.ok && result.value.ifIndex, 3);
});

test("a dump may be of one table and of one origin alone", () => {
  const result = decodeRoute(dumpRoutes({ family: 4, table: 1000, protocol: 112 }).body);
  assert.ok(result.ok);
  assert.deepEqual([result.value.table, result.value.protocol], [1000, 112]);
});

test("a dump is of one family or of both", () => {
  assert.deepEqual([dumpRoutes().body[0], dumpRoutes({ family: 4 }).body[0]], [0, 2]);
});
