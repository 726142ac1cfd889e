/** Each word of a route or a rule by what it becomes; what would take other packets is left out. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { routingOf } from "../../../../../../src/app/ha/up/plan/routing-of.ts";
import { formatVirtualRoute } from "../../../../../../src/core/virtual-route.ts";
import { formatVirtualRule } from "../../../../../../src/core/virtual-rule.ts";
import { effective, instance, instanceOf } from "../../../../../support/effective.ts";

function planned(list: "virtual_routes" | "virtual_rules", entry: string) {
  const { virtual_routes, virtual_rules } = instanceOf(
    effective(instance(`${list} {; ${entry}; }`)),
  );
  const notes: string[] = [];
  const { routes, rules } = routingOf(
    virtual_routes.map(({ value }) => value),
    virtual_rules.map(({ value }) => value),
    (text) => notes.push(text),
  );
  return [...routes.map(formatVirtualRoute), ...rules.map(formatVirtualRule), ...notes];
}
const route = (entry: string) => planned("virtual_routes", entry);
const rule = (entry: string) => planned("virtual_rules", entry);

test("what a route says is what is added", () => {
  for (const [entry, is] of [
    ["10.1.0.0/24 via 10.0.0.9 dev eth0", "10.1.0.0/24 via 10.0.0.9 dev eth0"],
    ["to 10.1.0.7 dev eth0 metric 5", "10.1.0.7/32 dev eth0 metric 5"],
    ["src 10.0.0.5 10.1.0.0/24 dev eth0", "10.1.0.0/24 dev eth0 src 10.0.0.5"],
    ["10.1.0.0/24 dev eth0 scope link mtu 1400", "10.1.0.0/24 dev eth0 scope link mtu 1400"],
    ["10.1.0.0/24 via 10.0.0.9 dev eth0 onlink", "10.1.0.0/24 via 10.0.0.9 dev eth0 onlink"],
    ["unreachable 10.1.0.0/24 no_track", "unreachable 10.1.0.0/24"],
    ["fd01::/64 from fd02::/64 dev eth0", "fd01::/64 from fd02::/64 dev eth0"],
    ["10.1.0.0/24 dev eth0 table local", "10.1.0.0/24 dev eth0 table local"],
  ] as const) {
    assert.deepEqual(route(entry), [is], entry);
  }
});

test("the family of a default route is that of its other addresses, else IPv4 unless it says inet6", () => {
  assert.deepEqual(route("default via fd00::9 dev eth0"), ["::/0 via fd00::9 dev eth0"]);
  assert.deepEqual(route("default src fd00::5 dev eth0"), ["::/0 dev eth0 src fd00::5"]);
  assert.deepEqual(route("default dev eth0"), ["default dev eth0"]);
  assert.deepEqual(route("inet6 default dev eth0"), ["::/0 dev eth0"]);
});

test("a route that would lead elsewhere is left out, with every reason", () => {
  assert.deepEqual(route("nat 10.1.0.0/24 dev eth0 table isp no_track"), [
    "route to 10.1.0.0/24 is left out: a route of type nat, table isp by its name is not supported",
  ]);
});

test("a rule says which packets, and what becomes of them", () => {
  for (const [entry, is] of [
    ["from 10.1.0.0/24 table 9 preference 50", "from 10.1.0.0/24 table 9 priority 50"],
    [
      "to 10.1.0.0/24 iif eth0 table 9 preference 50",
      "from all to 10.1.0.0/24 iif eth0 table 9 priority 50",
    ],
    [
      "fwmark 1/0xff oif eth1 prohibit preference 50",
      "from all fwmark 0x1/0xff oif eth1 prohibit priority 50",
    ],
    [
      "not from 10.1.0.0/24 unreachable preference 50",
      "not from 10.1.0.0/24 unreachable priority 50",
    ],
    [
      "table 9 suppress_prefixlength 0 preference 50",
      "from all table 9 suppress_prefixlength 0 priority 50",
    ],
  ] as const) {
    assert.deepEqual(rule(entry), [is], entry);
  }
});

test("a rule that would take other packets is left out, and told by its preference", () => {
  assert.deepEqual(rule("from 10.1.0.0/24 table isp preference 50"), [
    "the rule of preference 50 is left out: table isp by its name is not supported",
  ]);
});
