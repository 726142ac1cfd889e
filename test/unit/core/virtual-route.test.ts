import assert from "node:assert/strict";
import { test } from "node:test";
import { formatCidr } from "../../../src/core/addr.ts";
import {
  formatVirtualRoute,
  parseVirtualRoute,
  routeKey,
} from "../../../src/core/virtual-route.ts";

const route = (text: string, family: 4 | 6 = 4) => {
  const parsed = parseVirtualRoute(text, family);
  return parsed.ok ? parsed.value : assert.fail(parsed.reason);
};
const refusal = (text: string): string => {
  const parsed = parseVirtualRoute(text, 4);
  return parsed.ok ? assert.fail(formatVirtualRoute(parsed.value)) : parsed.reason;
};

for (const [given, canonical = given] of [
  ["default via 192.0.2.1"],
  ["default via 192.0.2.1 table 100 metric 5", "default via 192.0.2.1 metric 5 table 100"],
  ["0.0.0.0/0 via 192.0.2.1 table main", "default via 192.0.2.1"],
  [
    "to 10.0.0.0/8 gw 192.0.2.1 oif eth1 priority 0x10",
    "10.0.0.0/8 via 192.0.2.1 dev eth1 metric 16",
  ],
  [
    "dst 10.9.8.7 dev tun0 src 192.0.2.10 scope link",
    "10.9.8.7/32 dev tun0 src 192.0.2.10 scope link",
  ],
  ["10.0.0.0/8 via inet6 fe80::1 dev eth0 onlink", "10.0.0.0/8 via inet6 fe80::1 dev eth0 onlink"],
  ["default via 2001:db8::1 mtu 1400", "::/0 via 2001:db8::1 mtu 1400"],
  [
    "default from 2001:db8:1::/48 via fe80::1 dev eth0",
    "::/0 from 2001:db8:1::/48 via fe80::1 dev eth0",
  ],
  ["blackhole 10.0.0.0/8 table local", "blackhole 10.0.0.0/8 table local"],
  ["local default dev lo table 100"],
  ["table default unreachable 2001:db8::/32", "unreachable 2001:db8::/32 table default"],
] as const) {
  test(`${given} is understood`, () => {
    assert.equal(formatVirtualRoute(route(given)), canonical);
    assert.deepEqual(route(canonical), route(given));
  });
}

test("a default route whose words do not tell has the family of the virtual addresses", () => {
  assert.equal(formatCidr(route("default dev tun0", 4).destination), "0.0.0.0/0");
  assert.equal(formatCidr(route("default dev tun0", 6).destination), "::/0");
  assert.equal(formatCidr(route("default dev tun0 src 192.0.2.1", 6).destination), "0.0.0.0/0");
});

for (const [given, reason] of [
  ["default vai 192.0.2.1", 'says "vai", which is not understood (did you mean via?)'],
  ["default via", "ends with via, whose value is missing"],
  ["default via 192.0.2.1 via 192.0.2.2", "says via twice"],
  ["10.0.0.0/8 11.0.0.0/8 dev a", "says to twice"],
  ["default via 192.0.2.256", 'says via "192.0.2.256", which is no IP address'],
  [
    "10.0.0.1/8 via 192.0.2.1",
    'says to "10.0.0.1/8", which is no prefix, or has bits set behind its length',
  ],
  ["default dev eth0/1", 'says dev "eth0/1", which is no name of an interface'],
  [
    "default dev a table isp",
    'says table "isp", which is no number of 1..4294967295, and not main, local or default',
  ],
  [
    "default dev a metric 4294967296",
    'says metric "4294967296", which is no number of 0..4294967295',
  ],
  [
    "default dev a scope far",
    'says scope "far", which is no scope: global, site, link, host or 0..255',
  ],
  ["", "names no destination"],
  ["via 192.0.2.1", "names no destination"],
  ["10.0.0.0/8", "names neither via nor dev"],
  ["blackhole 10.0.0.0/8 dev eth0", "says blackhole and dev, which clash"],
  ["local 10.0.0.0/8", "is local and names no dev, mostly lo"],
  ["default via 192.0.2.1 onlink", "says onlink, which needs both via and dev"],
  ["default via 224.0.0.1", "says via 224.0.0.1, which no router can have"],
  ["default via fe80::1", "says via fe80::1, which is link-local and needs dev"],
  ["2001:db8::/32 via 192.0.2.1", "leads to IPv6 via an IPv4 gateway"],
  ["10.0.0.0/8 dev a src 2001:db8::1", "has to and src of two families"],
  ["default from 10.0.0.0/8 dev a", "says from, which IPv4 routes lack: a rule can have it"],
] as const) {
  test(`a route "${given}" is refused in words`, () => assert.equal(refusal(given), reason));
}

test("the kernel tells routes apart by destination, source, table and metric alone", () => {
  const key = (text: string) => routeKey(route(text));
  assert.equal(key("default via 192.0.2.1"), key("default dev eth1 metric 0"));
  assert.equal(key("::/0 dev a"), key("::/0 dev b metric 1024"));
  assert.notEqual(key("default dev a"), key("default dev a table 100"));
});
