/** Daemons of the host that take away what keepalived sets: on which interface, and unless they are told not to. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { AddressManager, Networkd } from "../../../../src/config/host.ts";
import { hostOf, instance, ruled } from "../../../support/effective.ts";

const NETWORKD: AddressManager = {
  daemon: "systemd-networkd",
  file: "/etc/systemd/network/10-eth0.network",
  keepsAddresses: false,
};
const NETWORK_MANAGER: AddressManager = { ...NETWORKD, daemon: "NetworkManager", file: null };

function found(text: string, manager: AddressManager | null, networkd: Networkd | null = null) {
  const { interfaces, ...host } = hostOf({ eth0: "10.0.0.1/24" });
  const eth0 = interfaces.get("eth0") ?? assert.fail();
  const managed = new Map([["eth0", { ...eth0, manager }]]);
  return ruled(text, { ...host, networkd, interfaces: managed })
    .filter((line) => /vk60[567]/.test(line))
    .map((line) => line.replace(/^a\.conf:/, ""));
}

test("an interface is told of once, at its first address", () => {
  const two = `${instance("")}; ${instance("", "w", 6, "10.0.0.6")}`;
  assert.deepEqual(found(two, NETWORKD), [
    "5:1 vk605 systemd-networkd has eth0 in hand, and may take 10.0.0.5 away",
  ]);
  assert.match(found(two, NETWORK_MANAGER).join(), /^5:1 vk606 NetworkManager has eth0/);
});

test("nothing is told where addresses are kept, or nobody has the interface in hand", () => {
  assert.deepEqual(found(instance(""), { ...NETWORKD, keepsAddresses: true }), []);
  assert.deepEqual(found(instance(""), null), []);
});

test("addresses on an interface of keepalived's own stay", () => {
  assert.deepEqual(found(instance("use_vmac"), NETWORKD), []);
});

test("routes and rules are told of where systemd-networkd has a link, each with its setting", () => {
  const text = instance(
    "virtual_routes {; 10.9.0.0/24 dev eth0; }; virtual_rules {; from 10.9.0.1 table 9 priority 9; }",
  );
  const [both, kept] = [
    { dropsRoutes: true, dropsRules: true },
    { dropsRoutes: false, dropsRules: false },
  ];
  const keeping = { ...NETWORKD, keepsAddresses: true };
  assert.deepEqual(found(text, keeping, both), [
    "5:1 vk607 systemd-networkd runs, and may take the routes of vrrp_instance v away",
    "8:1 vk607 systemd-networkd runs, and may take the rules of vrrp_instance v away",
  ]);
  assert.deepEqual(found(text, keeping, kept), []);
  assert.deepEqual(found(text, null, both), []);
  assert.deepEqual(found(text, keeping, null), []);
});
