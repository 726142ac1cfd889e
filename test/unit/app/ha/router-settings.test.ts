/** What of an instance means the same for a router that runs and for one that is simulated. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  configOf,
  isOwnInterface,
  reachOf,
  scriptSettings,
  takingPart,
  trackerOf,
} from "../../../../src/app/ha/router-settings.ts";
import { formatIp } from "../../../../src/core/addr.ts";
import { effective, instance, instanceOf } from "../../../support/effective.ts";

const of = (inside: string) => instanceOf(effective(instance(inside)));
const config = (inside: string) => configOf(of(inside), 0);

test("an instance that stays in FAULT takes no part, nor do those of its group", () => {
  const broken = instance("unicast_fault_no_peer", "broken");
  const others = [instance("", "with", 6, "10.0.0.6"), instance("", "alone", 7, "10.0.0.7")].join(
    "; ",
  );
  const names = (group: string) =>
    takingPart(effective(`${group}; ${broken}; ${others}`).vrrp).map(({ name }) => name);
  assert.deepEqual(names("vrrp_sync_group g {; group {; broken; with; }; }"), ["alone"]);
  assert.deepEqual(names(""), ["with", "alone"]);
});

test("what is written is in the settings of the router, in their units", () => {
  const said = config(`version 2; priority 90; advert_int 3; down_timer_adverts 4
    nopreempt; lower_prio_no_advert; higher_prio_send_advert`);
  assert.deepEqual(
    [said.version, said.vrid, said.priority, said.adverIntervalMs, said.downAdverts],
    [2, 5, 90, 3000, 4],
  );
  assert.deepEqual([said.preempt, said.answersLower, said.advertisesOnYield], [false, false, true]);
  const { preempt, answersLower, advertisesOnYield, leaseS } = config("");
  assert.deepEqual([preempt, answersLower, advertisesOnYield, leaseS], [true, true, false, null]);
  assert.equal(config("version 3").version, 3);
  assert.equal(config("preempt_delay 7").preemptDelayMs, 7000);
  assert.equal(configOf(of(""), 1500).startupDelayMs, 1500);
});

test("an owner preempts at once, whatever is written, and alone can ignore adverts", () => {
  const owner = config("priority 255; nopreempt; preempt_delay 7; owner_ignore_adverts");
  assert.deepEqual(
    [owner.preempt, owner.preemptDelayMs, owner.ownerIgnoresAdverts],
    [true, 0, true],
  );
  assert.equal(config("priority 254; owner_ignore_adverts").ownerIgnoresAdverts, false);
  const both = "owner_ignore_adverts; higher_prio_send_advert";
  assert.equal(config(`priority 255; ${both}`).advertisesOnYield, false);
  assert.equal(config(`priority 100; ${both}`).advertisesOnYield, true);
});

test("peers are told by unicast, within the TTL that each of them may have; else the group is", () => {
  const group = reachOf(of("mcast_dst_ip 224.0.0.99"));
  assert.equal(group.kind === "group" && formatIp(group.group), "224.0.0.99");
  const reach = reachOf(of("unicast_peer {; 10.0.0.2; 10.0.0.3 min_ttl 254 max_ttl 254; }"));
  assert.deepEqual(
    reach.kind === "peers" &&
      reach.peers.map(({ ip, minTtl, maxTtl }) => [formatIp(ip), minTtl, maxTtl]),
    [
      ["10.0.0.2", 0, 255],
      ["10.0.0.3", 254, 254],
    ],
  );
});

test("what is tracked keeps its weight and its sign, and the own interface is known as such", () => {
  const { trackers } = of("track_interface {; eth1 weight -10 reverse; eth2; }");
  assert.deepEqual(trackers.map((one) => [one.name, isOwnInterface(one)]).sort(), [
    ["eth0", true],
    ["eth1", false],
    ["eth2", false],
  ]);
  assert.deepEqual(trackers.filter((one) => one.name !== "eth0").map(trackerOf), [
    { kind: "interface", name: "eth1", weight: -10, isReverse: true },
    { kind: "interface", name: "eth2", weight: 0, isReverse: false },
  ]);
});

test("a script has its own times and counts, else a run each second in which it has to end", () => {
  const script = (inside: string) => {
    const { definitions } = effective(`vrrp_script chk {; script /bin/true; ${inside}; }`).vrrp;
    return scriptSettings(definitions.script.get("chk") ?? assert.fail("no script"));
  };
  const usual = { name: "chk", rise: 1, fall: 1, initFail: false };
  assert.deepEqual(script(""), { ...usual, intervalMs: 1000, timeoutMs: 1000 });
  assert.deepEqual(script("interval 5"), { ...usual, intervalMs: 5000, timeoutMs: 5000 });
  assert.deepEqual(script("interval 5; timeout 2; rise 3; fall 4; init_fail"), {
    name: "chk",
    intervalMs: 5000,
    timeoutMs: 2000,
    rise: 3,
    fall: 4,
    initFail: true,
  });
});
