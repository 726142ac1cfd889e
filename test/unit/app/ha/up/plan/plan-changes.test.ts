/** What a reload does, from plan to plan. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { HaPlan } from "../../../../../../src/app/ha/up/plan/plan.ts";
import { planChanges } from "../../../../../../src/app/ha/up/plan/plan-changes.ts";
import type { Vmac } from "../../../../../../src/app/vrrp/vmac.ts";
import { haPlan, plannedRouter, plannedScript } from "../../../../../support/ha-plan.ts";
import { vip, vrrpConfig } from "../../../../../support/vrrp.ts";

const textOf = (former: Partial<HaPlan>, next: Partial<HaPlan>): string[] => {
  const { routers, syncGroups, scripts } = planChanges(haPlan(former), haPlan(next));
  return [...routers, ...syncGroups, ...scripts].map(
    ({ kind, name, nextName, what }) =>
      `${name}${name === nextName ? "" : `>${nextName}`} ${[kind, ...what].join(" ")}`,
  );
};

const routersOf = (...routers: HaPlan["routers"]) => ({ routers });
const one = plannedRouter(51);
const vmac: Vmac = { ifName: "vrrp.51", mac: new Uint8Array(6), sendsAdverts: true };

test("what is the same is kept, even where it went from process to process", () => {
  assert.deepEqual(textOf(routersOf(one), structuredClone(routersOf(one))), ["VI_51 kept"]);
});

test("what is there in one of them alone is added or removed", () => {
  assert.deepEqual(textOf(routersOf(one), routersOf(plannedRouter(52))), [
    "VI_51 removed",
    "VI_52 added",
  ]);
});

const CHANGES = [
  ["priority", { config: vrrpConfig({ vrid: 51, garpRepeat: 1, priority: 50 }) }, "changed"],
  ["auth_pass", { authPass: "word" }, "changed"],
  ["virtual_ipaddress", { vips: [vip("10.0.0.52/24")] }, "changed"],
  [
    "advert_int",
    { config: vrrpConfig({ vrid: 51, garpRepeat: 1, adverIntervalMs: 500 }) },
    "changed",
  ],
  ["use_vmac", { vmac }, "restarted"],
] as const;

for (const [what, changes, kind] of CHANGES) {
  test(`another ${what}: ${kind}`, () => {
    const next = routersOf(plannedRouter(51, changes));
    assert.deepEqual(textOf(routersOf(one), next), [`VI_51 ${kind} ${what}`]);
  });
}

test("a router that is or becomes an owner begins anew where that matters", () => {
  const owner = (changes = {}) =>
    routersOf(plannedRouter(51, { config: vrrpConfig({ vrid: 51, priority: 255 }), ...changes }));
  assert.deepEqual(textOf(routersOf(one), owner()), [
    "VI_51 restarted priority garp_master_repeat",
  ]);
  const other = owner({ vips: [vip("10.0.0.52/24")] });
  assert.deepEqual(textOf(owner(), other), ["VI_51 restarted virtual_ipaddress"]);
});

test("a router is known by where it is, and else by its name", () => {
  const renamed = plannedRouter(51, { name: "other" });
  assert.deepEqual(textOf(routersOf(one), routersOf(renamed)), ["VI_51>other changed name"]);
  const moved = plannedRouter(52, { name: "VI_51", vips: one.instance.vips });
  assert.deepEqual(textOf(routersOf(one), routersOf(moved)), ["VI_51 restarted virtual_router_id"]);
});

test("who joins a sync group changes", () => {
  const group = { name: "G", members: ["VI_51"] };
  const next = { ...routersOf(one), syncGroups: [group] };
  assert.deepEqual(textOf(routersOf(one), next), ["VI_51 changed vrrp_sync_group", "G added"]);
});

test("scripts go by their names", () => {
  const former = { scripts: [plannedScript(), plannedScript({ name: "gone" })] };
  const next = { scripts: [plannedScript({ argv: ["/bin/true"] })] };
  assert.deepEqual(textOf(former, next), ["gone removed", "chk changed script"]);
});
