/** What stands outside blocks beside instances and trackers: static things and interfaces. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { readConf, said } from "../../../support/conf.ts";

test("static addresses, routes and rules are lists", () => {
  const { conf, found } = readConf(
    "static_ipaddress {",
    "10.0.0.9 dev eth0 track_group G",
    "}",
    "static_routes {",
    "10.1.0.0/16 dev eth0",
    "}",
    "static_rules {",
    "from 10.1.0.0/16 table 1 priority 1",
    "}",
  );
  assert.deepEqual(found, []);
  const lists = [conf.static_ipaddress, conf.static_routes, conf.static_rules];
  assert.deepEqual(
    lists.map(([list]) => list?.value.length),
    [1, 1, 1],
  );
});

test("a garp_group has an interface, or some", () => {
  const { conf, found } = readConf(
    "garp_group {",
    "garp_interval 0.5",
    "interfaces {",
    "eth0 eth1",
    "}",
    "}",
  );
  const { garp_interval: interval, interfaces } = said(conf.garp_group[0]?.value ?? {});
  assert.equal(interval, 500);
  assert.equal((interfaces as unknown[]).length, 2);
  assert.deepEqual(found, []);
});

test("interfaces are polled by one of three ways", () => {
  const { conf, found } = readConf(
    "linkbeat_interfaces {",
    "eth0",
    "eth1 ETHTOOL",
    "eth2 mii",
    "}",
  );
  assert.deepEqual(
    conf.linkbeat_interfaces[0]?.value.map(({ value }) => value),
    [
      { ifName: "eth0", by: null },
      { ifName: "eth1", by: "ETHTOOL" },
    ],
  );
  assert.match(found[0] ?? "", /^a.conf:4:6 vk204 'mii' is not MII/);
});

test("a delay up that is left out is 0, whatever the manual says", () => {
  const { conf, found } = readConf("interface_up_down_delays {", "eth0 1 0.5", "eth1 2", "}");
  assert.deepEqual(
    conf.interface_up_down_delays[0]?.value.map(({ value }) => value),
    [
      { ifName: "eth0", downMs: 1000, upMs: 500 },
      { ifName: "eth1", downMs: 2000, upMs: 0 },
    ],
  );
  assert.deepEqual(found, ["a.conf:3:7 vk231 'eth1' has no delay up: it is 0"]);
});
