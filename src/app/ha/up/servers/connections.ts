/** How many connections IPVS has to the real servers of a virtual one. */
import { destinationIn } from "../../../../proto/ipvs/real-server.ts";
import { destinationKey } from "../../../../proto/ipvs/table.ts";
import type { IpvsKernel } from "../../../ipvs/kernel.ts";
import type { PlannedService } from "../plan/lvs-plan.ts";
import type { Connections } from "./ipvs-port.ts";

/** Of each server in all services that the virtual one is; none where it is not there. @throws SystemError */
export function connectionsOf(
  kernel: Pick<IpvsKernel, "destinations">,
  { ipvs, servers }: Pick<PlannedService, "ipvs" | "servers">,
): Connections[] {
  const sums = servers.map(() => ({ active: 0, inactive: 0, persistent: 0 }));
  for (const { id } of ipvs) {
    const all = kernel.destinations(id) ?? [];
    const found = new Map(all.map((one) => [destinationKey(one.destination), one]));
    for (const [index, sum] of sums.entries()) {
      const server = servers[index]?.ipvs;
      const own = server && found.get(destinationKey(destinationIn(id, server, 0)));
      sum.active += own?.active ?? 0;
      sum.inactive += own?.inactive ?? 0;
      sum.persistent += own?.persistent ?? 0;
    }
  }
  return sums;
}
