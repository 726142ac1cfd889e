/** From the garp_ keywords of a vrrp_instance and of garp_group to when and how fast addresses are announced. */

import type { Globals } from "../../../../config/effective/globals.ts";
import type { EffectiveInstance } from "../../../../config/effective/instance.ts";
import type { Configuration } from "../../../../config/tables/root.ts";
import type { VrrpConfig } from "../../../../proto/vrrp/config.ts";
import type { VrrpInstance } from "../../../vrrp/instance.ts";
import type { PlannedPacing } from "./plan.ts";

type Announcing = Pick<
  VrrpConfig,
  "garpRepeat" | "garpDelayMs" | "garpRefreshMs" | "garpRefreshRepeat" | "garpLower" | "garpExtraMs"
>;

export function announcingOf(one: EffectiveInstance, extraGarpOn: readonly string[]): Announcing {
  const extraS = one.garp_extra_if.value?.intervalS ?? 0;
  return {
    garpRepeat: bounded(one.garp_master_repeat.value),
    garpDelayMs: one.garp_master_delay.value * 1000,
    garpRefreshMs: one.garp_master_refresh.value * 1000,
    garpRefreshRepeat: bounded(one.garp_master_refresh_repeat.value),
    garpLower: {
      repeat: Math.min(one.garp_lower_prio_repeat.value, MOST),
      delayMs: one.garp_lower_prio_delay.value * 1000,
    },
    garpExtraMs: extraGarpOn.length > 0 ? extraS * 1000 : 0,
  };
}

/** As keepalived: those that no advert leaves from, without `all` its VMAC alone. */
export function extraGarpOn(
  one: EffectiveInstance,
  { ifName, vmac, vips }: Pick<VrrpInstance, "ifName" | "vmac" | "vips">,
): readonly string[] {
  const { isForAll = false } = one.garp_extra_if.value ?? {};
  const sender = vmac?.sendsAdverts ? vmac.ifName : ifName;
  const others = new Set(vips.map((vip) => vip.ifName).filter((name) => name !== sender));
  return [...others].filter((name) => isForAll || name === vmac?.ifName);
}

/** The least time between two announcements: that of its group, or that which each interface has for itself. */
export function pacingOf({ garp_group: groups }: Configuration, globals: Globals): PlannedPacing {
  const usual = {
    garpMs: globals.vrrp_garp_interval.value ?? 0,
    gnaMs: globals.vrrp_gna_interval.value ?? 0,
  };
  return {
    usual,
    groups: groups.map(
      ({ value: { interface: one, interfaces, garp_interval, gna_interval } }) => ({
        ifNames: [
          ...(one === null ? [] : [one.value]),
          ...(interfaces?.value ?? []).map(({ value }) => value),
        ],
        garpMs: garp_interval?.value ?? usual.garpMs,
        gnaMs: gna_interval?.value ?? usual.gnaMs,
      }),
    ),
  };
}

const bounded = (repeat: number): number => Math.min(Math.max(repeat, 1), MOST);

const MOST = 100; // of them nobody would hear more
