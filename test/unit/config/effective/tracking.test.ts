/** What instances and sync groups track in the end, and what keepalived takes back of it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Tracker } from "../../../../src/config/effective/instance.ts";
import { effective, instance, instanceOf } from "../../../support/effective.ts";

const SCRIPT = "vrrp_script s {; script /bin/true; weight -20; }";
const GROUP = "vrrp_sync_group G {; group {; v; w; }; }";
const two = (inside: string): string => `${instance(inside)}; ${instance("", "w", 6, "10.0.0.6")}`;

/** `script s -20 tracked`. */
const told = ({ kind, name, weight, because }: Tracker): string =>
  `${kind} ${name} ${weight.value.weight}${weight.value.isReversed ? " reverse" : ""} ${because}`;

const trackersIn = (text: string, name = "v"): string[] =>
  instanceOf(effective(text), name).trackers.map(told);

test("a weight is that of the line, or that of the definition", () => {
  const it = instanceOf(effective(`${SCRIPT}; ${instance("track_script {; s; }")}`));
  const [script] = it.trackers;
  assert.equal(script && told(script), "script s -20 tracked");
  assert.equal(
    script?.weight.origin.kind === "inherited" && script.weight.origin.from,
    "vrrp_script s",
  );
  assert.deepEqual(trackersIn(`${SCRIPT}; ${instance("track_script {; s weight 5 reverse; }")}`), [
    "script s 5 reverse tracked",
    "interface eth0 0 own interface",
  ]);
  assert.deepEqual(
    trackersIn(`track_file f {; file /f; }; ${instance("dont_track_primary; track_file {; f; }")}`),
    ["file f 1 tracked"],
  );
});

test("keepalived tracks its own interface and those that addresses, routes and rules name", () => {
  const text = instance(
    "virtual_routes {; 10.5.0.0/16 dev eth2; 10.6.0.0/16 dev eth3 no_track; }; virtual_rules {; from 10.5.0.0/16 iif eth4 table 100 priority 10; }; virtual_ipaddress_excluded {; 10.2.0.5 dev eth5; }",
    "v",
    5,
    "10.0.0.5; 10.1.0.5 dev eth1; 10.1.0.6 dev eth6 no_track",
  );
  assert.deepEqual(trackersIn(text), [
    "interface eth0 0 own interface",
    "interface eth1 0 address",
    "interface eth5 0 address",
    "interface eth2 0 route",
    "interface eth4 0 rule",
  ]);
});

/** A file, what is found, and what v tracks beside its own interface. */
const CASES: readonly (readonly [
  text: string,
  found: readonly string[],
  tracked: readonly string[],
])[] = [
  [
    `vrrp_script s {; weight 5; }; ${instance("track_script {; s; }")}`,
    ["1:13 vk401 vrrp_script s has no script"],
    [],
  ],
  [
    `${SCRIPT}; ${instance("track_script {; chk; t; }")}`,
    [
      "9:1 vk402 there is no vrrp_script 'chk'",
      "10:1 vk402 there is no vrrp_script 't' (did you mean s?)",
    ],
    [],
  ],
  [
    `${instance("track_script {; s; }")}; ${SCRIPT}`,
    ["5:1 vk403 vrrp_script 's' is defined below, where keepalived does not look"],
    [],
  ],
  [
    `${SCRIPT}; ${instance("track_script {; s; s weight 5; }")}`,
    ["10:1 vk404 's' is tracked before"],
    ["script s -20 tracked"],
  ],
  [
    instance("track_interface {; eth0 weight 5; }"),
    ["5:1 vk405 eth0 is the interface of vrrp_instance v, and watched anyway"],
    [],
  ],
  [
    `bfd_instance b {; neighbor_ip 10.0.0.3; checker; }; ${instance("track_bfd {; b; }")}`,
    ["9:1 vk402 bfd_instance 'b' is of the health checks alone"],
    [],
  ],
  [
    `bfd_instance b {; neighbor_ip 10.0.0.3; source_ip fe80::1; }; ${instance("track_bfd {; b; }")}`,
    ["3:11 vk414 source_ip of bfd_instance b is IPv6, neighbor_ip IPv4"],
    ["bfd b 0 tracked"],
  ],
  [
    `bfd_instance b {; neighbor_ip 10.0.0.3; }; bfd_instance b {; neighbor_ip 10.0.0.4; }; ${instance("track_bfd {; b; }")}`,
    ["4:14 vk413 bfd_instance b is defined before"],
    ["bfd b 0 tracked"],
  ],
  [
    `${SCRIPT}; vrrp_script s {; script /bin/false; }; ${instance("track_script {; s; }")}`,
    ["5:13 vk412 vrrp_script s is defined before"],
    ["script s -20 tracked"],
  ],
  [
    `vrrp_track_process p {; process x; quorum 3; quorum_max 2; }; ${instance("track_process {; p; }")}`,
    ["4:12 vk415 quorum_max 2 is below quorum 3: it is ignored"],
    ["process p 0 tracked"],
  ],
  [
    instance("track_interface {; eth1 weight 5; }", "v", 5, "10.0.0.5; 10.1.0.5 dev eth1"),
    [
      "5:13 vk411 weight 5 of eth1 means nothing: without it vrrp_instance v is in FAULT, for it has an address there",
    ],
    ["interface eth1 0 tracked", "interface eth1 0 address"],
  ],
  [
    `${SCRIPT}; ${instance("priority 255; track_script {; s; }")}`,
    ["10:1 vk407 weight -20 of script s does not go with priority 255: it is not watched"],
    [],
  ],
  [
    instance("priority 255; track_interface {; eth1 weight 5; }"),
    ["6:13 vk407 weight 5 of interface eth1 does not go with priority 255: it changes nothing"],
    ["interface eth1 5 tracked"],
  ],
  [
    `track_file f {; file /f; }; ${instance("priority 255; track_file {; f; }")}`,
    ["9:1 vk407 weight 1 of file f does not go with priority 255: it becomes 0"],
    ["file f 0 tracked"],
  ],
  [
    `track_file f {; file /f; }; ${instance("priority 255; track_file {; f weight 2; }")}`,
    ["9:10 vk407 weight 2 of file f does not go with priority 255: it is not watched"],
    [],
  ],
  [
    `${SCRIPT}; ${two("track_script {; s; }")}; ${GROUP}`,
    ["9:1 vk406 weight -20 of script s does not go with sync group G: it is not watched"],
    [],
  ],
  [
    `${two("track_interface {; eth1 weight 5; }")}; ${GROUP}`,
    [
      "5:13 vk406 weight 5 of interface eth1 does not go with sync group G: it changes this member alone",
    ],
    ["interface eth1 5 tracked"],
  ],
  [
    `${SCRIPT}; ${two("track_script {; s; }")}; vrrp_sync_group G {; group {; v; w; }; sync_group_tracking_weight; track_script {; s weight 7; }; }`,
    ["9:1 vk409 script s is watched by vrrp_instance v and by vrrp_sync_group G"],
    ["script s 7 tracked"],
  ],
  [
    `${two("")}; vrrp_sync_group G {; group {; v; w; }; track_interface {; eth1; }; }`,
    [],
    ["interface eth1 0 group"],
  ],
  [
    `${SCRIPT}; ${two("priority 255")}; vrrp_sync_group G {; group {; v; w; }; track_script {; s; }; }`,
    [
      "26:1 vk408 weight -20 of script s becomes 0: a member of vrrp_sync_group G has priority 255",
      "5:15 vk325 state MASTER becomes BACKUP in vrrp_sync_group G",
    ],
    ["script s 0 group"],
  ],
  [
    `vrrp_script s {; script /bin/true; }; ${two("track_script {; s; }")}; vrrp_sync_group G {; group {; v; w; }; sync_group_tracking_weight; track_script {; s weight 7; }; }`,
    ["8:1 vk409 script s is watched by vrrp_instance v and by vrrp_sync_group G"],
    ["script s 0 tracked"],
  ],
  [
    `vrrp_track_process p {; process x; quorum 1; quorum_max 0; }; ${instance("track_process {; p; }")}`,
    ["3:8 vk416 quorum 1 becomes 0 with quorum_max 0"],
    ["process p 0 tracked"],
  ],
];

test("what is tracked is looked up, and what cannot be so is found", () => {
  for (const [text, found, tracked] of CASES) {
    const read = effective(text);
    assert.deepEqual(
      read.found,
      found.map((line) => `a.conf:${line}`),
      text,
    );
    const its = instanceOf(read).trackers.filter(({ because }) => because !== "own interface");
    assert.deepEqual(its.map(told), tracked, text);
  }
});

test("an interface with an address of a member is watched without the weight of its group", () => {
  const text = (weight: string): string =>
    `${instance("", "v", 5, "10.0.0.5; 10.1.0.5 dev eth1")}; ${instance("", "w", 6, "10.0.0.6")}; vrrp_sync_group G {; group {; v; w; }; track_interface {; eth1 ${weight}; }; }`;
  assert.deepEqual(effective(text("")).found, []);
  const weighed = effective(text("weight 5"));
  assert.deepEqual(weighed.found, [
    "a.conf:22:13 vk411 weight 5 of eth1 means nothing: without it vrrp_instance v is in FAULT, for it has an address there",
  ]);
  const its = instanceOf(weighed, "v").trackers.filter(({ name }) => name === "eth1");
  assert.deepEqual(its.map(told), ["interface eth1 0 address"]);
});

test("an interface that a member watches anyway is an error in its group", () => {
  const { found } = effective(
    `${two("")}; vrrp_sync_group G {; group {; v; w; }; track_interface {; eth0; }; }`,
  );
  assert.deepEqual(found, [
    "a.conf:2:11 vk410 interface eth0 is watched by vrrp_instance v (own interface) and by vrrp_sync_group G",
    "a.conf:9:11 vk410 interface eth0 is watched by vrrp_instance w (own interface) and by vrrp_sync_group G",
  ]);
});

test("times of scripts and processes, and the TTL of a session, complete each other", () => {
  const { vrrp } = effective(
    "vrrp_script s {; script /bin/true; interval 3; }; vrrp_track_process p {; process x; delay 2; fork_delay 1; quorum_max 0; }; bfd_instance b {; neighbor_ip fe80::1; }",
  );
  const { script, process, bfd } = vrrp.definitions;
  assert.equal(script.get("s")?.values.timeout.value, 3000);
  assert.deepEqual(
    [process.get("p")?.values.fork_delay.value, process.get("p")?.values.terminate_delay.value],
    [1000, 2000],
  );
  assert.equal(process.get("p")?.values.quorum.value, 0);
  assert.equal(bfd.get("b")?.values.ttl.value, 64);
});

test("two addresses have one BFD session, as keepalived -t was seen to say", () => {
  const told = (...sources: readonly string[]): string[] =>
    effective(
      sources
        .map(
          (source, n) =>
            `bfd_instance b${n} {; neighbor_ip 10.0.0.2; ${source && `source_ip ${source}`}; }`,
        )
        .join("; "),
    ).found.map((line) => line.replace(/.*vk417 bfd_instance (b.) .*(b.) is$/, "$1 is $2"));
  assert.deepEqual(told("", ""), ["b1 is b0"]);
  assert.deepEqual(told("", "10.0.0.1"), ["b1 is b0"]);
  assert.deepEqual(told("10.0.0.1", "", "10.0.0.3"), ["b1 is b0"]);
  assert.deepEqual(told("10.0.0.1", "10.0.0.3"), []);
});
