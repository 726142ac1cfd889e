/** What global_defs says of IPVS, planned. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ipvsSettingsOf } from "../../../../../../src/app/ha/up/plan/ipvs-settings-of.ts";
import { effective, instance } from "../../../../../support/effective.ts";

function settings(inside: string) {
  const { vrrp } = effective(`global_defs {; ${inside}; }; ${instance("")}`);
  return ipvsSettingsOf(vrrp.globals, vrrp.instances);
}

test("nothing where nothing is said", () => {
  const nothing = { flushesFirst: false, flushesLast: false, timeouts: null, daemon: null };
  assert.deepEqual(settings(""), nothing);
});

test("flushes", () => {
  assert.equal(settings("lvs_flush").flushesFirst, true);
  assert.equal(settings("lvs_flush_on_stop").flushesLast, true);
  assert.equal(settings("lvs_flush_on_stop VS").flushesLast, false);
});

test("a sync daemon has the number of the router that it follows", () => {
  const of = (line: string) => {
    const { daemon } = settings(`lvs_sync_daemon ${line}`);
    return [daemon?.instance, daemon?.settings.ifName, daemon?.settings.syncId];
  };
  assert.deepEqual(of("eth0 v"), ["v", "eth0", 5]);
  assert.deepEqual(of("eth0 v id 9"), ["v", "eth0", 9]);
  assert.deepEqual(of("eth0"), [null, "eth0", 0]);
});
