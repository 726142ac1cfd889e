/** What keepalived corrects of an instance: each is found where the value is written, and in force afterwards. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { effective, instance, instanceOf } from "../../../support/effective.ts";

/** What is in the block, what is found, and what is in force afterwards. */
const CORRECTIONS: readonly (readonly [
  inside: string,
  found: string,
  key: string,
  value: unknown,
])[] = [
  [
    "strict_mode on; state MASTER; priority 100",
    "5:7 vk306 state MASTER with priority 100 becomes BACKUP in strict mode",
    "state",
    "BACKUP",
  ],
  [
    "strict_mode on; state BACKUP; priority 255",
    "5:7 vk306 state BACKUP with priority 255 becomes MASTER in strict mode",
    "state",
    "MASTER",
  ],
  [
    "version 3; authentication {; auth_type PASS; auth_pass x; }",
    "6:11 vk307 auth_type PASS is not used: VRRP version 3 has no authentication",
    "authentication",
    null,
  ],
  [
    "strict_mode on; authentication {; auth_type PASS; auth_pass x; }",
    "6:11 vk307 auth_type PASS is not used: strict mode has no authentication",
    "authentication",
    null,
  ],
  [
    "authentication {; auth_type AH; }",
    "5:11 vk307 auth_type AH is not used: there is no auth_pass",
    "authentication",
    null,
  ],
  [
    "state MASTER; priority 90; authentication {; auth_type AH; auth_pass x; }",
    "4:7 vk308 state MASTER becomes BACKUP with auth_type AH",
    "state",
    "BACKUP",
  ],
  [
    "nopreempt; priority 255",
    "4:1 vk312 nopreempt is not used with priority 255",
    "nopreempt",
    false,
  ],
  [
    "nopreempt; state MASTER; priority 9",
    "4:1 vk312 nopreempt is not used with state MASTER",
    "nopreempt",
    false,
  ],
  [
    "preempt_delay 5; state MASTER; priority 9",
    "4:15 vk313 preempt_delay is not used with state MASTER",
    "preempt_delay",
    0,
  ],
  [
    "preempt_delay 5; strict_mode on",
    "4:15 vk313 preempt_delay is not used with strict mode",
    "preempt_delay",
    0,
  ],
  [
    "preempt_delay 5; nopreempt",
    "4:15 vk313 preempt_delay is not used with nopreempt",
    "preempt_delay",
    0,
  ],
  [
    "strict_mode on; down_timer_adverts 5",
    "5:20 vk314 down_timer_adverts becomes 3 in strict mode",
    "down_timer_adverts",
    3,
  ],
  [
    "strict_mode on; accept",
    "5:1 vk314 accept is not used in strict mode of VRRP version 2",
    "accept",
    false,
  ],
  [
    "strict_mode on; garp_lower_prio_repeat 2",
    "5:24 vk314 garp_lower_prio_repeat becomes 0 in strict mode",
    "garp_lower_prio_repeat",
    0,
  ],
  [
    "strict_mode on; garp_lower_prio_delay 2",
    "5:23 vk314 garp_lower_prio_delay becomes 0 in strict mode",
    "garp_lower_prio_delay",
    0,
  ],
  [
    "strict_mode on; lower_prio_no_advert off",
    "5:22 vk314 lower_prio_no_advert becomes on in strict mode",
    "lower_prio_no_advert",
    true,
  ],
  [
    "strict_mode on; higher_prio_send_advert",
    "5:1 vk314 higher_prio_send_advert becomes off in strict mode",
    "higher_prio_send_advert",
    false,
  ],
  ["advert_int 1.5", "4:12 vk316 advert_int 1.5 becomes 2 in VRRP version 2", "advert_int", 2000],
  ["advert_int 0.1", "4:12 vk316 advert_int 0.1 becomes 1 in VRRP version 2", "advert_int", 1000],
  [
    "version 3; advert_int 0.015",
    "5:12 vk316 advert_int 0.015 becomes 0.02 in VRRP version 3",
    "advert_int",
    20,
  ],
  [
    "version 3; advert_int 50",
    "5:12 vk316 advert_int 50 becomes 40.95 in VRRP version 3",
    "advert_int",
    40_950,
  ],
  [
    "vmac_xmit_base",
    "4:1 vk317 vmac_xmit_base means nothing without use_vmac",
    "vmac_xmit_base",
    null,
  ],
  [
    "strict_mode on; use_vmac; vmac_xmit_base",
    "6:1 vk317 vmac_xmit_base is not used in strict mode",
    "vmac_xmit_base",
    null,
  ],
  [
    "use_vmac; promote_secondaries",
    "5:1 vk317 promote_secondaries goes without saying for an interface that keepalived makes",
    "promote_secondaries",
    null,
  ],
  [
    "use_vmac; unicast_peer {; 10.0.0.2; }",
    "4:1 vk317 use_vmac with unicast peers needs vmac_xmit_base: it is set",
    "vmac_xmit_base",
    true,
  ],
  [
    "track_src_ip",
    "4:1 vk329 track_src_ip needs unicast_src_ip or mcast_src_ip: it is ignored",
    "track_src_ip",
    null,
  ],
  ["nopreempt; preempt", "5:1 vk326 this undoes what was written before", "nopreempt", false],
  ["no_accept; accept", "5:1 vk326 this undoes what was written before", "accept", true],
];

test("each correction of keepalived's is found where the value is written, and is in force", () => {
  for (const [inside, line, key, value] of CORRECTIONS) {
    const read = effective(instance(inside));
    assert.deepEqual(read.found, [`a.conf:${line}`], inside);
    const now = instanceOf(read)[key as "state"];
    assert.equal(now.value, value, inside);
  }
});

test("strict mode is silent where nothing is written, and says where it undoes global_defs", () => {
  const read = effective(
    `global_defs {; vrrp_strict; vrrp_down_timer_adverts 6; vrrp_higher_prio_send_advert; vrrp_garp_lower_prio_repeat 4; }; ${instance("")}`,
  );
  const it = instanceOf(read);
  assert.deepEqual(read.found, [
    "a.conf:3:25 vk314 down_timer_adverts of global_defs becomes 3 in strict mode",
    "a.conf:4:1 vk315 higher_prio_send_advert of global_defs becomes off in strict mode",
  ]);
  assert.equal(it.garp_lower_prio_repeat.value, 0);
  assert.equal(it.lower_prio_no_advert.value, true);
  assert.equal(it.accept.value, false);
});

test("the MAC address of a VMAC is not used in strict mode", () => {
  const read = effective(instance("strict_mode on; use_vmac v5 02:00:00:00:00:05"));
  assert.deepEqual(read.found, [
    "a.conf:5:10 vk317 the MAC address of use_vmac is not used in strict mode",
  ]);
  assert.equal(instanceOf(read).use_vmac.value?.mac, null);
});

test("an owner takes packets for its addresses in strict mode too", () => {
  const read = effective(instance("strict_mode on; priority 255"));
  assert.deepEqual(read.found, []);
  assert.equal(instanceOf(read).accept.value, true);
});

test("a finding says what to write, and where else it is decided", () => {
  const { findings } = effective(instance("nopreempt; preempt; advert_int 1.5"));
  const told = findings.map(({ kind, help, related }) => [
    kind.code,
    help,
    related.map(({ span, message }) => `${span.place.line} ${message}`).join(),
  ]);
  assert.deepEqual(told, [
    ["vk326", null, "4 its contrary"],
    ["vk316", "write 2", ""],
  ]);
});
