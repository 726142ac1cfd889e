import assert from "node:assert/strict";
import { test } from "node:test";
import { dataText } from "../../../../../src/app/ha/dump/data-text.ts";
import { dumpPlan, INIT, instanceConf, moment } from "../../../../support/dump-plan.ts";
import { parseData, parseScripts } from "../../../../support/exporter.ts";

const CONF = `vrrp_script chk { ; script "/bin/chk -a 'b c'"; interval 2; weight -3; }
track_file load { ; file /run/load; weight 2; }
vrrp_track_process web { ; process nginx; quorum 1; }
vrrp_sync_group G { ; sync_group_tracking_weight; group { ; VI; } ; notify_master /bin/group; }
${instanceConf(`track_script { ; chk; }
track_file { ; load; }
track_process { ; web weight 7; }
unicast_peer { ; 10.0.0.2; }
notify_fault /bin/fault
preempt_delay 3`)}`;

const news = [
  { kind: "script", name: "chk", state: "down" },
  { kind: "file", name: "load", state: -4 },
  { kind: "process", name: "web", state: "up" },
] as const;

test("an exporter reads states, addresses and scripts", () => {
  const vip = { address: "", interface: "eth0", advertised: true, present: true };
  const text = dataText(dumpPlan(CONF), [moment({ state: "master", vips: [vip] })], news);
  assert.deepEqual(parseData(text).get("VI"), {
    State: "MASTER",
    Wantstate: "MASTER",
    Interface: "eth0",
    "Gratuitous ARP delay": "5",
    "Virtual Router ID": "51",
    addresses: ["10.0.0.51/24 dev eth0 scope global set"],
  });
  assert.deepEqual(parseScripts(text).get("chk"), { Status: "BAD", State: "idle" });
});

test("what is tracked is told with who tracks it, and groups with their members", () => {
  const lines = dataText(dumpPlan(CONF), [INIT], news).split("\n");
  const within = (head: string): string[] => {
    const from = lines.indexOf(head) + 1;
    const end = lines.findIndex((line, index) => index >= from && !line.startsWith("   "));
    return lines.slice(from, end).map((line) => line.trim());
  };
  assert.deepEqual(within(" VRRP Sync Group = G, INIT"), [
    "Num member fault 0, num member init 1",
    "VRRP member instances :",
    "VI",
    "Using smtp notification = no",
    "Master state transition script = '/bin/group'",
  ]);
  assert.deepEqual(within(" VRRP Script = chk").slice(0, 2), [
    "Command = '/bin/chk' '-a' 'b c'",
    "Interval = 2 sec",
  ]);
  assert.deepEqual(within(" Track file = load"), [
    "File = /run/load",
    "Status = -4",
    "Weight = 2",
    "Tracking instances :",
    "VI, weight 2",
  ]);
  assert.ok(within(" VRRP Track process = web").includes("Have quorum = true"));
  const instance = within(" VRRP Instance = VI");
  for (const line of [
    "Sync group = G",
    "10.0.0.2 min_ttl 0 max_ttl 255",
    "chk weight -3",
    "web, weight 7",
    "Fault state transition script = '/bin/fault'",
    "Preempt delay = 3 secs",
  ]) {
    assert.ok(instance.includes(line), line);
  }
  assert.ok(!instance.some((line) => line.startsWith("Multicast address")));
});
