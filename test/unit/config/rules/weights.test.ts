/** Weights that cannot do what they are written for. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { instance, ruled } from "../../../support/effective.ts";

const ifs = (...entries: string[]): string => `track_interface {; ${entries.join("; ")}; }`;

/** What is in the instance, and what is found of its weights. */
const CASES: readonly (readonly [inside: string, found: readonly string[]])[] = [
  [
    `priority 254; ${ifs("eth1 weight 10")}`,
    [
      "6:13 vk421 weight 10 of interface eth1 never changes the priority of vrrp_instance v: it stays at 254, the most",
    ],
  ],
  [`priority 253; ${ifs("eth1 weight 10")}`, []],
  [
    `priority 1; ${ifs("eth1 weight -10")}`,
    [
      "6:13 vk421 weight -10 of interface eth1 never changes the priority of vrrp_instance v: it stays at 1, the least",
    ],
  ],
  [`priority 1; ${ifs("eth1 weight -10", "eth2 weight 5")}`, []],
  [`priority 254; ${ifs("eth1 weight 10", "eth2 weight -3")}`, []],
  [`priority 254; ${ifs("eth1 weight 10 reverse")}`, []],
  [
    `priority 254; ${ifs("eth1 weight -10 reverse")}`,
    [
      "6:13 vk421 weight -10 of interface eth1 never changes the priority of vrrp_instance v: it stays at 254, the most",
    ],
  ],
  [
    ifs("eth1 weight 0 reverse"),
    ["5:13 vk427 vrrp_instance v is in FAULT while interface eth1 is up"],
  ],
  [
    `nopreempt; ${ifs("eth1 weight -10")}`,
    [
      "4:1 vk423 a failure of interface eth1 lowers the priority, but nopreempt leaves the addresses where they are",
    ],
  ],
  [`nopreempt; ${ifs("eth1")}`, []],
  [`nopreempt; priority 9; state MASTER; ${ifs("eth1 weight -5")}`, []],
];

test("a weight that the ends of priorities, an owner or nopreempt undo is found", () => {
  for (const [inside, found] of CASES) {
    assert.deepEqual(
      ruled(instance(inside)),
      found.map((line) => `a.conf:${line}`),
      inside,
    );
  }
});

test("a file may have any number, and undoes what its neighbours cannot do alone", () => {
  const text = `track_file f {; file /f; }; ${instance(`priority 254; track_file {; f; }; ${ifs("eth1 weight 10")}`)}`;
  assert.deepEqual(ruled(text), []);
});

test("a process of one member of a sync group changes that member alone, and of an owner nothing", () => {
  const process = "vrrp_track_process p {; process x; weight 5; }";
  const two = `${instance("track_process {; p; }")}; ${instance("", "w", 6, "10.0.0.6")}`;
  const group = "vrrp_sync_group G {; group {; v; w; }; }";
  assert.deepEqual(ruled(`${process}; ${two}; ${group}`), [
    "a.conf:9:1 vk422 weight 5 of process p changes the priority of vrrp_instance v alone, which is in vrrp_sync_group G",
  ]);
  assert.deepEqual(ruled(`${process}; ${instance("priority 255; track_process {; p; }")}`), [
    "a.conf:10:1 vk421 weight 5 of process p never changes the priority of vrrp_instance v: it stays 255",
  ]);
});
