/** Sync groups: who is in them, what members inherit, and how they begin; and names and numbers that are taken. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { effective, instance, instanceOf } from "../../../support/effective.ts";

const V = instance("");
const W = instance("", "w", 6, "10.0.0.6");
const X = instance("", "x", 7, "10.0.0.7");
const group = (members: string, more = "", name = "G"): string =>
  `vrrp_sync_group ${name} {; group {; ${members}; }; ${more}; }`;

/** A file, what is found, and the members of each group. */
const CASES: readonly (readonly [text: string, found: readonly string[], groups: string])[] = [
  [`${V}; ${W}; ${group("v w")}`, [], "G: v w"],
  [`${group("v; w")}; ${V}; ${W}`, [], "G: v w"],
  [
    `${V}; ${W}; ${group("v w vv")}`,
    ["17:5 vk322 there is no vrrp_instance 'vv' for vrrp_sync_group G (did you mean v?)"],
    "G: v w",
  ],
  [`${V}; ${group("v")}`, ["8:17 vk323 vrrp_sync_group G has one member alone"], "G: v"],
  [
    `${V}; ${group("v y")}`,
    ["10:3 vk322 there is no vrrp_instance 'y' for vrrp_sync_group G (did you mean v?)"],
    "G: v",
  ],
  [`${V}; ${group("")}`, ["8:17 vk323 vrrp_sync_group G has no member"], ""],
  [`${V}; vrrp_sync_group G {; smtp_alert; }`, ["8:17 vk323 vrrp_sync_group G has no member"], ""],
  [
    `${V}; ${W}; ${group("v w")}; ${group("v w")}`,
    ["20:17 vk321 vrrp_sync_group G is defined before: this block is skipped"],
    "G: v w",
  ],
  [
    `${V}; ${W}; ${X}; ${group("v w")}; ${group("v x", "", "H")}`,
    ["29:1 vk324 vrrp_instance v is in vrrp_sync_group G, and cannot be in H too"],
    "G: v w, H: x",
  ],
  [
    `${V}; ${W}; ${group("v w v")}`,
    ["17:5 vk324 vrrp_instance v is in vrrp_sync_group G, and cannot be in G twice"],
    "G: v w",
  ],
  [
    `${V}; ${group("y")}`,
    ["10:1 vk322 there is no vrrp_instance 'y' for vrrp_sync_group G (did you mean v?)"],
    "",
  ],
];

test("a sync group has instances that there are, each in one group alone", () => {
  for (const [text, found, groups] of CASES) {
    const read = effective(text);
    assert.deepEqual(
      read.found,
      found.map((line) => `a.conf:${line}`),
      text,
    );
    const told = read.vrrp.groups.map(
      ({ name, members }) => `${name}: ${members.map(({ value }) => value).join(" ")}`,
    );
    assert.equal(told.join(", "), groups, text);
  }
});

test("members tell of priorities as their group does, unless they say so themselves", () => {
  const read = effective(
    `${instance("notify_priority_changes off")}; ${W}; ${group("v w", "notify_priority_changes")}`,
  );
  assert.equal(instanceOf(read, "v").notify_priority_changes.value, false);
  const its = instanceOf(read, "w").notify_priority_changes;
  assert.equal(its.value, true);
  assert.equal(its.origin.kind === "inherited" && its.origin.from, "vrrp_sync_group G");
});

test("a group begins as MASTER where all its members are owners, otherwise as BACKUP", () => {
  const owners = effective(
    `${instance("priority 255")}; ${instance("priority 255", "w", 6, "10.0.0.6")}; ${group("v w")}`,
  );
  assert.deepEqual(owners.found, []);
  assert.equal(instanceOf(owners).state.value, "MASTER");
  const mixed = effective(`${instance("state MASTER; priority 150")}; ${W}; ${group("v w")}`);
  assert.deepEqual(mixed.found, [
    "a.conf:4:7 vk325 state MASTER becomes BACKUP in vrrp_sync_group G",
  ]);
  assert.equal(instanceOf(mixed).state.value, "BACKUP");
});

test("a number belongs to one instance of a link and family, unless they cannot hear each other", () => {
  const of = (one: string, other: string, address = "10.0.0.6"): string[] =>
    effective(`${instance(one)}; ${instance(other, "w", 5, address)}`).found;
  const peers = (...ips: string[]): string => `unicast_peer {; ${ips.join("; ")}; }`;
  assert.deepEqual(of("", ""), [
    "a.conf:10:19 vk320 virtual_router_id 5 on eth0 is that of vrrp_instance v too, of IPv4",
  ]);
  assert.deepEqual(of("", "", "fe80::6"), []);
  assert.deepEqual(of("", "mcast_dst_ip 224.0.0.9"), []);
  assert.deepEqual(of("", peers("10.0.0.2")), []);
  assert.deepEqual(of(peers("10.0.0.2"), peers("10.0.0.3")), []);
  assert.equal(of(peers("10.0.0.2", "10.0.0.4"), peers("10.0.0.4")).length, 1);
  const twice = effective(`${V}; ${instance("", "v", 6, "10.0.0.6")}`);
  assert.deepEqual(twice.found, [
    "a.conf:8:15 vk321 vrrp_instance v is defined before: this block is skipped",
  ]);
  assert.equal(twice.vrrp.instances.length, 1);
});

test("a static entry names a track_group above it", () => {
  const address = (name: string): string =>
    `static_ipaddress {; 10.0.0.9/24 dev eth0 track_group ${name}; }`;
  const track = "track_group T {; group {; v; }; }";
  assert.deepEqual(effective(`${track}; ${address("T")}; ${V}`).found, []);
  assert.deepEqual(effective(`${track}; ${address("U")}; ${track}; ${V}`).found, [
    "a.conf:9:13 vk321 track_group T is defined before: this block is skipped",
    "a.conf:7:34 vk331 there is no track_group 'U' (did you mean T?)",
  ]);
  assert.deepEqual(effective(`${address("T")}; ${track}; ${V}`).found, [
    "a.conf:2:34 vk331 track_group 'T' is defined below, where keepalived does not look",
  ]);
});

test("a member of a track_group is an instance", () => {
  const read = effective(`${instance("")}; track_group T {; group {; v; u; }; }`);
  assert.deepEqual(read.found, [
    "a.conf:11:1 vk332 there is no vrrp_instance 'u' for track_group T (did you mean v?)",
  ]);
});

test("what is tracked by too many members too often is told, and not done", () => {
  const names = Array.from({ length: 501 }, (_, n) => `n${n}`);
  const scripts = names.map((name) => `vrrp_script ${name} {; script /bin/true; }`);
  const instances = names.map((name) => instance("", name).replace("eth0", name));
  const tracking = group(names.join("; "), `track_script {; ${names.join("; ")}; }`);
  const { vrrp, findings } = effective([...scripts, ...instances, tracking].join("; "));
  assert.deepEqual(
    findings.map(({ kind }) => kind.code),
    ["vk115"],
  );
  assert.deepEqual(
    [vrrp.groups[0]?.trackers.length, instanceOf({ vrrp }, "n0").trackers.length],
    [501, 1],
  );
});
