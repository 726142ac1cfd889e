/** From what is in force of a file to a node: each value that decides the election, by its keyword. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { SimulatedNode } from "../../../../../src/app/ha/simulate/cluster.ts";
import { nodeOf } from "../../../../../src/app/ha/simulate/node-of.ts";
import { formatIp } from "../../../../../src/core/addr.ts";
import { effective, instance } from "../../../../support/effective.ts";
import { ip } from "../../../../support/packets.ts";

const node = (text: string): SimulatedNode =>
  nodeOf("a", effective(text).vrrp, () => ({ lan: "", source: ip("10.0.0.1") }));
const only = (text: string) => node(text).instances[0] ?? assert.fail("no instance");
const configOf = (inside: string, before = "") => only(`${before}; ${instance(inside)}`).config;

test("the defaults are keepalived's", () => {
  const { onLoss, lossLimit, ...all } = configOf("");
  const config = Object.fromEntries(
    Object.entries(all).filter(([name]) => !name.startsWith("garp")), // nobody hears them
  );
  assert.deepEqual(config, {
    version: 2,
    vrid: 5,
    priority: 100,
    adverIntervalMs: 1000,
    preempt: true,
    preemptDelayMs: 0,
    downAdverts: 3,
    startupDelayMs: 0,
    ownerIgnoresAdverts: false,
    answersLower: true,
    advertisesOnYield: false,
    strongestPeer: 254,
    checksum: "pseudo-header",
    leaseS: null,
  });
});

const SETTINGS: readonly (readonly [inside: string, expected: object, before?: string])[] = [
  ["version 3; advert_int 0.333", { version: 3, adverIntervalMs: 330 }],
  ["advert_int 1.4", { adverIntervalMs: 1000 }],
  ["priority 150; nopreempt", { priority: 150, preempt: false }],
  ["preempt_delay 7", { preemptDelayMs: 7000 }],
  ["down_timer_adverts 5", { downAdverts: 5 }],
  ["lower_prio_no_advert", { answersLower: false }],
  ["higher_prio_send_advert", { advertisesOnYield: true }],
  ["priority 255; owner_ignore_adverts", { ownerIgnoresAdverts: true }],
  ["owner_ignore_adverts", { ownerIgnoresAdverts: false }],
  [
    "priority 255; owner_ignore_adverts; higher_prio_send_advert",
    { ownerIgnoresAdverts: true, advertisesOnYield: false },
  ],
  ["priority 255; nopreempt; preempt_delay 5", { preempt: true, preemptDelayMs: 0 }],
  ["", { startupDelayMs: 12_500 }, "global_defs {; vrrp_startup_delay 12.5; }"],
  ["", { version: 3 }, "global_defs {; vrrp_version 3; }"],
];
for (const [inside, expected, before] of SETTINGS) {
  test(`${inside} ${before ?? ""}`.trim(), () => {
    const config = configOf(inside, before);
    assert.deepEqual({ ...config, ...expected }, config);
  });
}

test("addresses, peers and passwords are those that are in force", () => {
  const text = instance(
    "virtual_ipaddress_excluded {; 10.0.0.6; }; authentication {; auth_type PASS; auth_pass 123456789; }; unicast_peer {; 10.0.0.9 min_ttl 254; }",
  );
  const { vips, excludedVips, authPass, reach } = only(text);
  assert.deepEqual([...vips, ...excludedVips].map(formatIp), ["10.0.0.5", "10.0.0.6"]);
  assert.equal(authPass, "12345678");
  const peers = [{ ip: ip("10.0.0.9"), minTtl: 254, maxTtl: 255 }];
  assert.deepEqual(reach, { kind: "peers", peers });
  assert.deepEqual(only(instance("")).reach, { kind: "group", group: ip("224.0.0.18") });
});

test("its own link is tracked, unless it is told not to", () => {
  assert.deepEqual([only(instance("")).tracksOwnLink, only(instance("")).trackers], [true, []]);
  assert.equal(only(instance("dont_track_primary")).tracksOwnLink, false);
});

test("scripts, files and processes have the pace and values that are written, or the default", () => {
  const { scripts, files, watched } = node(
    "vrrp_script s {; script /bin/true; }; vrrp_script t {; script /bin/true; interval 2.5; timeout 1; rise 2; fall 3; init_fail; };" +
      "track_file f {; file /f; init_file 7; }; track_file g {; file /g; };" +
      "vrrp_track_process p {; process nginx; }; vrrp_script unusable {; }",
  );
  const usual = { intervalMs: 1000, timeoutMs: 1000, rise: 1, fall: 1, initFail: false };
  const own = { intervalMs: 2500, timeoutMs: 1000, rise: 2, fall: 3, initFail: true };
  assert.deepEqual(scripts, [
    { name: "s", ...usual, takesMs: 0 },
    { name: "t", ...own, takesMs: 0 },
  ]);
  assert.deepEqual(files, [
    { name: "f", value: 7 },
    { name: "g", value: 0 },
  ]);
  assert.deepEqual(watched, ["p"]);
});

test("what a sync group tracks its members track", () => {
  const group =
    "vrrp_sync_group G {; group {; v; w; }; track_script {; s; }; track_interface {; eth9 weight 5 reverse; }; }";
  const text = `vrrp_script s {; script /bin/true; weight -20; }; ${group}; ${instance("")}; ${instance("", "w", 6, "10.0.0.6")}`;
  const { instances, syncGroups } = node(text);
  for (const { trackers } of instances) {
    assert.deepEqual(trackers, [
      { kind: "interface", name: "eth9", weight: 5, isReverse: true },
      { kind: "script", name: "s", weight: -20, isReverse: false },
    ]);
  }
  assert.deepEqual(syncGroups, [{ name: "G", members: ["v", "w"], mayWeigh: true }]);
});
