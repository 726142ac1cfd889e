/** What an instance has in force, where each value comes from, and what it cannot be without. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { InForce } from "../../../../src/config/effective/in-force.ts";
import { formatPlace } from "../../../../src/config/place.ts";
import { formatIp } from "../../../../src/core/addr.ts";
import { effective, hostOf, instance, instanceOf } from "../../../support/effective.ts";

/** `5 from global_defs, a.conf:2:3`. */
const told = ({ value, origin }: InForce<unknown>): string => {
  if (origin.kind === "corrected") return `${value} by ${origin.by.kind.code}`;
  if (origin.kind === "default") return `${value} default`;
  const from = origin.kind === "inherited" ? ` from ${origin.from}` : "";
  return `${value}${from} ${formatPlace(origin.span.place)}`;
};

test("a value is written, inherited from global_defs wherever that stands, or the default", () => {
  const read = effective(
    `${instance("priority 150; garp_master_repeat 3")}; global_defs {; vrrp_garp_master_delay 9; vrrp_version 3; }`,
  );
  const it = instanceOf(read);
  assert.deepEqual(read.found, []);
  assert.equal(told(it.priority), "150 a.conf:4:10");
  assert.equal(told(it.garp_master_repeat), "3 a.conf:5:20");
  assert.equal(told(it.garp_master_delay), "9 from global_defs a.conf:11:24");
  assert.equal(told(it.version), "3 from global_defs a.conf:12:14");
  assert.equal(told(it.advert_int), "1000 default");
  assert.equal(told(it.down_timer_adverts), "3 default");
  assert.equal(told(it.state), "BACKUP default");
  assert.equal(told(it.accept), "true default");
});

test("a priority that is none becomes 100, as in keepalived, also with state MASTER", () => {
  for (const written of ["300", "high", "= 110"]) {
    const it = instanceOf(effective(instance(`state MASTER; priority ${written}`)));
    assert.equal(it.priority.value, 100, written);
  }
});

test("vrrp_min_garp changes what is not written, and lower priorities are answered as a takeover is", () => {
  const it = instanceOf(
    effective(`global_defs {; vrrp_min_garp; vrrp_garp_master_refresh 7; }; ${instance("")}`),
  );
  assert.equal(it.garp_master_delay.value, 0);
  assert.equal(it.garp_master_repeat.value, 1);
  assert.equal(it.garp_master_refresh.value, 7);
  assert.equal(it.garp_lower_prio_delay.value, 0);
  assert.equal(it.garp_lower_prio_repeat.value, 1);
});

test("smtp_alert of VRRP goes before that of all", () => {
  const globals = "global_defs {; smtp_alert on; smtp_alert_vrrp off; }";
  assert.equal(instanceOf(effective(`${globals}; ${instance("")}`)).smtp_alert.value, false);
  assert.equal(
    instanceOf(effective(`${globals}; ${instance("smtp_alert")}`)).smtp_alert.value,
    true,
  );
  assert.equal(
    instanceOf(effective(`global_defs {; smtp_alert; }; ${instance("")}`)).smtp_alert.value,
    true,
  );
  assert.equal(instanceOf(effective(instance(""))).smtp_alert.value, false);
});

test("priority and state tell each other", () => {
  const of = (inside: string): string => {
    const it = instanceOf(effective(instance(inside)));
    return `${it.priority.value} ${it.state.value}`;
  };
  assert.equal(of(""), "100 BACKUP");
  assert.equal(of("state MASTER"), "255 MASTER");
  assert.equal(of("priority 255"), "255 MASTER");
  assert.equal(of("state MASTER; priority 90"), "90 MASTER");
  assert.equal(of("state BACKUP; priority 255"), "255 BACKUP");
});

test("an address is on the interface of its instance, and a single IPv6 one is no source", () => {
  const it = instanceOf(
    effective(instance("", "v", 5, "fe80::5/64; 2001:db8::5; 2001:db8::6 dev eth1")),
  );
  const lines = it.virtual_ipaddress.map(({ value: { address, options } }) =>
    [
      formatIp(address.ip),
      told(options.dev),
      options.preferred_lft.value,
      options.scope.value,
    ].join(" "),
  );
  assert.deepEqual(lines, [
    "fe80::5 eth0 from vrrp_instance a.conf:2:11 forever 0",
    "2001:db8::5 eth0 from vrrp_instance a.conf:2:11 0 0",
    "2001:db8::6 eth1 a.conf:7:17 0 0",
  ]);
  assert.equal(it.version.value, 3);
  assert.equal(formatIp(it.mcast_dst_ip.value), "ff02::12");
});

test("what has no number, no link or no address keeps keepalived from running VRRP", () => {
  const of = (text: string): [string[], number] => {
    const { found, vrrp } = effective(text);
    return [found, vrrp.refusals.length];
  };
  const addresses = "virtual_ipaddress {; 10.0.0.5; }";
  assert.deepEqual(of(`vrrp_instance v {; interface eth0; ${addresses}; }`), [
    ["a.conf:1:15 vk301 vrrp_instance v has no virtual_router_id"],
    1,
  ]);
  assert.deepEqual(of(`vrrp_instance v {; virtual_router_id 5; ${addresses}; }`), [
    ["a.conf:1:15 vk302 vrrp_instance v has no interface"],
    1,
  ]);
  const bare = (inside: string): [string[], number] =>
    of(`vrrp_instance v {; interface eth0; virtual_router_id 5; ${inside}; }`);
  const noAddress = ["a.conf:1:15 vk303 vrrp_instance v has no virtual_ipaddress"];
  assert.deepEqual(bare(""), [noAddress, 0]);
  assert.deepEqual(bare("version 3"), [noAddress, 1]);
  assert.deepEqual(bare("strict_mode on"), [noAddress, 1]);
  assert.deepEqual(bare("native_ipv6"), [noAddress, 1]);
  assert.deepEqual(bare("version 3; no_virtual_ipaddress"), [[], 0]);
});

test("the first sign of a family decides, and version 2 behind it is refused", () => {
  const mixed = effective(
    instance("mcast_src_ip fe80::1; unicast_peer {; 10.0.0.2; }", "v", 5, "fe80::5"),
  );
  assert.deepEqual(mixed.found, ["a.conf:6:1 vk304 10.0.0.2 is IPv4, but vrrp_instance v is IPv6"]);
  const late = effective(
    `vrrp_instance v {; interface eth0; virtual_router_id 5; virtual_ipaddress {; fe80::5; }; version 2; }`,
  );
  assert.deepEqual(late.found, [
    "a.conf:7:9 vk305 version 2 of vrrp_instance v is of IPv4: it becomes 3",
  ]);
  assert.equal(instanceOf(late).version.value, 3);
  assert.deepEqual(effective(instance("version 2", "v", 5, "fe80::5")).found, []);
});

test("adverts hold 255 addresses, and those that fit into the MTU", () => {
  const of = (count: number, inside: string, mtu?: number) => {
    const addresses = Array.from(
      { length: count },
      (_, index) => `10.${index >> 8}.${index & 255}.1`,
    );
    const host = mtu === undefined ? null : hostOf({ eth0: "" }, mtu);
    const read = effective(instance(inside, "v", 5, addresses.join("; ")), host);
    const { virtual_ipaddress, virtual_ipaddress_excluded } = instanceOf(read);
    return [virtual_ipaddress.length, virtual_ipaddress_excluded.length, ...read.found];
  };
  assert.deepEqual(of(255, ""), [255, 0]);
  assert.deepEqual(of(256, ""), [
    255,
    1,
    "a.conf:260:1 vk311 256 addresses are more than the 255 of an advert: from here on they are not advertised",
  ]);
  assert.equal(of(255, "", 576)[0], (576 - 14 - 20 - 8 - 8 - 2) / 4);
});

test("unicast without a peer multicasts, or waits", () => {
  const read = effective(instance("unicast_src_ip 10.0.0.1"));
  assert.deepEqual(read.found, [
    "a.conf:4:1 vk309 'unicast_src_ip' needs a unicast_peer: vrrp_instance v multicasts",
  ]);
  const waiting = effective(instance("unicast_src_ip 10.0.0.1; unicast_fault_no_peer"));
  assert.deepEqual(waiting.found, [
    "a.conf:5:1 vk330 vrrp_instance v has no unicast_peer, and stays in FAULT",
  ]);
  assert.equal(instanceOf(waiting).faults.length, 1);
  const peered = instanceOf(effective(instance("unicast_peer {; 10.0.0.2 min_ttl 3; }")));
  assert.equal(peered.check_unicast_src.value, true);
  const grouped = effective(instance("mcast_dst_ip 224.0.0.9; unicast_peer {; 10.0.0.2; }"));
  assert.deepEqual(grouped.found, [
    "a.conf:4:14 vk319 mcast_dst_ip is ignored where there are unicast peers",
  ]);
});

test("an ipvlan over IPv4 needs an address", () => {
  const read = effective(instance("use_ipvlan"));
  assert.deepEqual(read.found, [
    "a.conf:4:1 vk318 use_ipvlan needs an address: the instance stays in FAULT",
  ]);
  assert.equal(instanceOf(read).faults.length, 1);
});

test("the first IPv6 address is link-local in strict mode", () => {
  const read = effective(instance("strict_mode on", "v", 5, "2001:db8::5"));
  assert.deepEqual(read.found, [
    "a.conf:6:1 vk310 2001:db8::5 is the first address of vrrp_instance v, and not link-local",
  ]);
});

test("the window of signatures follows the interval", () => {
  const of = (inside: string) => {
    const { auth_hmac } = instanceOf(
      effective(instance(`${inside}; auth_hmac {; ${KEY}; active_key 1; }`)),
    );
    return [auth_hmac.value?.time_window.value, auth_hmac.value?.mode.value];
  };
  assert.deepEqual(of(""), [5, "enforce"]);
  assert.deepEqual(of("advert_int 10"), [30, "enforce"]);
});

const KEY = `key 1 ${"a".repeat(32)}`;

test("what nothing can be signed by is off, and strict mode enforces signatures", () => {
  const of = (...lines: string[]) => {
    const read = effective(instance(`version 3; auth_hmac {; ${lines.join("; ")}; }`));
    const { value } = instanceOf(read).auth_hmac;
    return [value?.mode.value ?? null, ...read.found.map((line) => line.replace(/.*: /, ""))];
  };
  assert.deepEqual(of("active_key 1"), [null, "there is no key"]);
  assert.deepEqual(of(KEY), [null, "there is no active_key"]);
  assert.deepEqual(of(KEY, "active_key 2"), [null, "there is no key 2"]);
  assert.deepEqual(of(KEY, "active_key 2", "mode receive-only"), [null, "there is no key 2"]);
  assert.deepEqual(of(KEY, "mode receive-only"), ["receive-only"]);
  assert.deepEqual(of("key 1 short", "active_key 1"), [null], "which is told at the key");
  const strict = `strict_mode on; version 3; auth_hmac {; ${KEY}; active_key 1; mode permissive; }`;
  const read = effective(instance(strict));
  assert.equal(instanceOf(read).auth_hmac.value?.mode.value, "enforce");
  assert.deepEqual(read.found, ["a.conf:9:6 vk336 mode permissive becomes enforce in strict mode"]);
});

test("a password beside signatures is dropped", () => {
  const read = effective(
    instance(
      `authentication {; auth_type PASS; auth_pass x; }; auth_hmac {; ${KEY}; active_key 1; }`,
    ),
  );
  assert.equal(instanceOf(read).authentication.value, null);
  assert.deepEqual(read.found, [
    "a.conf:5:11 vk307 auth_type PASS is not used: auth_hmac takes its place",
  ]);
});
