/** keepalived's JSON; that it is keepalived's, name by name, a peer test shows. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { keepalivedJson } from "../../../../../src/app/ha/dump/json.ts";
import { dumpPlan, INIT, instanceConf, moment } from "../../../../support/dump-plan.ts";

const PROCESS = `vrrp_track_process web {
  process nginx -g daemon
  quorum 2
  weight 5 reverse
  fork_delay 1.5
}`;

test("version 1 is an array, version 2 an object with the processes", () => {
  const v1 = JSON.parse(keepalivedJson(dumpPlan(instanceConf()), [INIT], []));
  assert.deepEqual(Object.keys(v1[0]), ["data", "stats"]);
  const text = `global_defs { ; json_version 2 ; }\n${PROCESS}\n${instanceConf("track_process { ; web; }")}`;
  const news = [{ kind: "process", name: "web", state: "up" }] as const;
  const v2 = JSON.parse(keepalivedJson(dumpPlan(text), [INIT], news));
  assert.deepEqual(Object.keys(v2), ["vrrp", "track_process"]);
  assert.deepEqual(v2.vrrp[0].data.track_process, ["web"]);
  assert.deepEqual(v2.track_process, [
    {
      process: "nginx",
      parameters: "-g daemon",
      param_match: "exact",
      min_processes: 2,
      current_processes: 2,
      have_quorum: true,
      weight: -5,
      terminate_delay: 0,
      fork_delay: 1.5,
      fork_delay_timer_running: false,
      terminate_delay_timer_running: false,
      full_command: false,
    },
  ]);
});

test("states are numbers, and a password is not told", () => {
  const conf = instanceConf("state MASTER\nauthentication { ; auth_type PASS; auth_pass secret; }");
  const dataAt = (now: Parameters<typeof moment>) =>
    JSON.parse(keepalivedJson(dumpPlan(conf), [moment(...now)], []))[0].data;
  const states = (now: Parameters<typeof moment>) => {
    const { state, wantstate, vipset } = dataAt(now);
    return [state, wantstate, vipset];
  };
  assert.deepEqual(states([{ state: "init" }]), [0, 0, false]);
  assert.deepEqual(states([{ state: "backup" }]), [1, 2, false]);
  assert.deepEqual(states([{ state: "backup" }, { became_master: 1 }]), [1, 1, false]);
  assert.deepEqual(states([{ state: "master" }]), [2, 2, true]);
  assert.deepEqual(states([{ state: "fault" }]), [3, 3, false]);
  const { auth_type, auth_data, last_transition } = dataAt([]);
  assert.deepEqual([auth_type, auth_data, last_transition], [1, "***", 7.5]);
});

test("an address that is there is marked, each in its own list", () => {
  const conf = instanceConf("virtual_ipaddress_excluded { ; 10.0.0.52; 10.0.0.53; }");
  const vip = { address: "", interface: "eth0", advertised: true };
  const vips = [true, false, true].map((present) => ({ ...vip, present }));
  const { data } = JSON.parse(keepalivedJson(dumpPlan(conf), [moment({ vips })], []))[0];
  assert.deepEqual(data.vips, ["10.0.0.51/24 dev eth0 scope global set"]);
  assert.deepEqual(data.evips, [
    "10.0.0.52 dev eth0 scope global",
    "10.0.0.53 dev eth0 scope global set",
  ]);
});
