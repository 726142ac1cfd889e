/** What global_defs has in force: its defaults, and what vrrp_min_garp makes of them. */
import type { Setting, Values } from "../keyword.ts";
import { GLOBAL_DEFS } from "../tables/global-defs.ts";
import { effectiveOf, nothingOf } from "./defaults.ts";
import { type Effective, type InForce, isSaid } from "./in-force.ts";

export type Globals = Effective<typeof GLOBAL_DEFS>;

export function globalsOf(block: Setting<Values<typeof GLOBAL_DEFS>> | null): Globals {
  const said = effectiveOf(GLOBAL_DEFS, block?.value ?? nothingOf(GLOBAL_DEFS));
  const { vrrp_min_garp: isMin, vrrp_garp_lower_prio_delay, vrrp_garp_lower_prio_repeat } = said;
  const least = <V>(written: InForce<V>, value: V): InForce<V> =>
    isMin.value === true && !isSaid(written) ? { ...isMin, value } : written;
  const vrrp_garp_master_delay = least(said.vrrp_garp_master_delay, 0);
  const vrrp_garp_master_repeat = least(said.vrrp_garp_master_repeat, 1);
  return {
    ...said,
    vrrp_garp_master_delay,
    vrrp_garp_master_repeat,
    vrrp_garp_master_refresh: least(said.vrrp_garp_master_refresh, 0),
    vrrp_garp_master_refresh_repeat: least(said.vrrp_garp_master_refresh_repeat, 0),
    // Those that were taken from the others are so once more.
    vrrp_garp_lower_prio_delay: least(vrrp_garp_lower_prio_delay, vrrp_garp_master_delay.value),
    vrrp_garp_lower_prio_repeat: least(vrrp_garp_lower_prio_repeat, vrrp_garp_master_repeat.value),
  };
}
