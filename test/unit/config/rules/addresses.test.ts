/** Addresses of several instances, of peers, and of no network; interfaces that the host has not. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Host } from "../../../../src/config/host.ts";
import { effective, hostOf, instance, ruled } from "../../../support/effective.ts";

test("an address that is written twice is found", () => {
  assert.deepEqual(ruled(`${instance("")}; ${instance("", "w", 6)}`), [
    "a.conf:12:1 vk327 10.0.0.5 is an address of vrrp_instance v too",
  ]);
  assert.deepEqual(ruled(instance("virtual_ipaddress_excluded {; 10.0.0.5/24; }")), [
    "a.conf:5:1 vk327 10.0.0.5 is an address of vrrp_instance v already",
  ]);
});

test("a link-local address may be on several links", () => {
  const of = (inside: string, dev = ""): string[] =>
    ruled(
      `${instance(inside, "v", 5, "fe80::5")}; ${instance(inside, "w", 6, `fe80::5 ${dev}`)}`,
    ).filter((line) => line.includes("vk327"));
  assert.equal(of("").length, 1);
  assert.deepEqual(of("", "dev eth1"), []);
  assert.deepEqual(of("use_vmac"), []);
});

test("a peer is another router, once", () => {
  const peers = instance(
    "unicast_src_ip 10.0.0.1; unicast_peer {; 10.0.0.1; 10.0.0.2; 10.0.0.2; 10.0.0.3; }",
  );
  const twice = [
    "a.conf:6:1 vk328 peer 10.0.0.1 of vrrp_instance v is its own source address",
    "a.conf:8:1 vk328 10.0.0.2 is a peer of vrrp_instance v already",
  ];
  assert.deepEqual(ruled(peers), twice);
  assert.deepEqual(ruled(peers, hostOf({ eth0: "10.0.0.3/24" })), [
    ...twice,
    "a.conf:9:1 vk604 peer 10.0.0.3 of vrrp_instance v is an address of this host",
  ]);
});

test("an address without a network of its own is in one of its interface", () => {
  const host = hostOf({ eth0: "10.0.0.1/24 fe80::1/64", eth1: "" });
  const of = (addresses: string): string[] => ruled(instance("", "v", 5, addresses), host);
  assert.deepEqual(of("10.0.0.5"), []);
  assert.deepEqual(of("10.9.0.5/24"), []);
  assert.deepEqual(of("10.9.0.5/24; 10.9.0.6"), []);
  assert.deepEqual(of("10.9.0.5"), ["a.conf:5:1 vk602 10.9.0.5 is in no network of eth0"]);
  assert.deepEqual(of("10.0.0.5 dev eth1"), ["a.conf:5:1 vk602 10.0.0.5 is in no network of eth1"]);
  assert.deepEqual(of("fe80::5"), []);
  assert.deepEqual(of("2001:db8::5"), ["a.conf:5:1 vk602 2001:db8::5 is in no network of eth0"]);
  assert.deepEqual(ruled(instance("", "v", 5, "10.9.0.5")), [], "nothing is said without a host");
});

test("an interface that the host has not is found once, where it cannot come later", () => {
  const host = hostOf({ eth0: "10.0.0.1/24" });
  const inside = "track_interface {; eth1; }; virtual_routes {; 10.1.0.0/16 dev eth2; }";
  const text = instance(inside, "v", 5, "10.0.0.5; 10.0.0.6 dev eth1");
  assert.deepEqual(ruled(text, host), [
    "a.conf:5:1 vk601 the host has no interface eth1 (did you mean eth0?)",
    "a.conf:8:17 vk601 the host has no interface eth2 (did you mean eth0?)",
  ]);
  assert.deepEqual(ruled(`global_defs {; dynamic_interfaces; }; ${text}`, host), []);
  assert.deepEqual(effective(text).vrrp.instances.length, 1);
});

test("an interface that cannot multicast needs peers", () => {
  const { interfaces, ...other } = hostOf({ eth0: "10.0.0.1/24" });
  const host: Host = {
    ...other,
    interfaces: new Map(
      [...interfaces].map(([name, one]) => [name, { ...one, hasMulticast: false }]),
    ),
  };
  assert.deepEqual(ruled(instance(""), host), [
    "a.conf:2:11 vk603 eth0 cannot multicast, and vrrp_instance v has no unicast_peer",
  ]);
  assert.deepEqual(ruled(instance("unicast_peer {; 10.0.0.2; }"), host), []);
});

test("adverts from a virtual address are told, but of its owner", () => {
  const source = "unicast_src_ip 10.0.0.5; unicast_peer {; 10.0.0.2; }";
  assert.deepEqual(ruled(instance(source)), [
    "a.conf:4:16 vk351 adverts of vrrp_instance v come from 10.0.0.5, which is one of its virtual addresses: no BACKUP has it",
  ]);
  assert.deepEqual(ruled(instance("unicast_src_ip 10.0.0.1; unicast_peer {; 10.0.0.2; }")), []);
  assert.deepEqual(ruled(instance(`priority 255; ${source}`)), []);
});

test("virtual addresses that are of no host are told", () => {
  const told = (address: string): string[] =>
    ruled(instance("", "v", 5, address)).filter((line) => line.includes("vk350"));
  for (const none of [
    "127.0.0.1/8",
    "224.0.0.5",
    "0.0.0.0/0",
    "255.255.255.255",
    "ff02::5",
    "::1",
  ]) {
    assert.equal(told(none).length, 1, none);
  }
  for (const one of ["127.0.0.2/8 dev lo", "10.0.0.5/24", "fe80::5/64"]) {
    assert.deepEqual(told(one), [], one);
  }
});
