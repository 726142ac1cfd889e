/** What global_defs says of IPVS as a whole, for `ha up`. */
import type { Globals } from "../../../../config/effective/globals.ts";
import { isSaid } from "../../../../config/effective/in-force.ts";
import type { EffectiveInstance } from "../../../../config/effective/instance.ts";
import { syncDaemonOf, timeoutsOf } from "../../../ipvs/configured-globals.ts";
import type { IpvsSettings, PlannedDaemon } from "./lvs-plan.ts";

type Instance = Pick<EffectiveInstance, "name" | "virtual_router_id">;

export const ipvsSettingsOf = (globals: Globals, instances: readonly Instance[]): IpvsSettings => ({
  flushesFirst: globals.lvs_flush.value !== null,
  // With VS they go without their real servers first, as ours always do.
  flushesLast: isSaid(globals.lvs_flush_on_stop) && globals.lvs_flush_on_stop.value !== "VS",
  timeouts: timeoutsOf(globals),
  daemon: daemonOf(globals, instances),
});

function daemonOf(
  { lvs_sync_daemon: { value: written } }: Globals,
  instances: readonly Instance[],
): PlannedDaemon | null {
  if (written === null) return null;
  const { instance } = written;
  const followed = instances.find(({ name }) => name === instance);
  const { role: _, ...settings } = syncDaemonOf(
    written,
    "backup",
    followed?.virtual_router_id.value ?? 0,
  );
  return { settings, instance };
}
