import assert from "node:assert/strict";
import { test } from "node:test";
import { dumpPlan, instanceConf } from "../../../../support/dump-plan.ts";

test("files have keepalived's names, those of its instance, or names of their own", () => {
  assert.deepEqual(dumpPlan(instanceConf()).paths, {
    data: "/tmp/keepalived.data",
    statistics: "/tmp/keepalived.stats",
    json: "/tmp/keepalived.json",
  });
  const named = "net_namespace blue\ninstance I\nglobal_defs { ; data_use_instance; }\n";
  assert.equal(dumpPlan(named + instanceConf()).paths.json, "/tmp/keepalived_blue_I.json");
  const own = "global_defs { ; json_dump_file /run/k.json; stats_dump_file /run/k.stats; }\n";
  assert.deepEqual(dumpPlan(own + instanceConf()).paths, {
    data: "/tmp/keepalived.data",
    statistics: "/run/k.stats",
    json: "/run/k.json",
  });
});

test("the interface is the VMAC, where there is one, and addresses stand on it", () => {
  const [one] = dumpPlan(instanceConf("use_vmac\nvmac_xmit_base")).instances;
  assert.deepEqual(
    [one?.ifName, one?.baseIfName, one?.hasVmac, one?.sendsBelow],
    ["vrrp.51", "eth0", true, true],
  );
  assert.deepEqual(one?.vips, ["10.0.0.51/24 dev vrrp.51@eth0 scope global"]);
});

test("it goes from process to process", () => {
  const plan = dumpPlan(`vrrp_script s { ; script /bin/true; }\n${instanceConf()}`);
  assert.deepEqual(structuredClone(plan), plan);
});
