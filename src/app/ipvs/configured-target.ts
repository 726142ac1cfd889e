/** What a keepalived.conf wants of IPVS, with all its real servers: as where all of them are up. */
import type { Globals } from "../../config/effective/globals.ts";
import { spanOf } from "../../config/effective/in-force.ts";
import type { EffectiveLvs } from "../../config/effective/lvs.ts";
import { formatPlace, type Span } from "../../config/place.ts";
import type { IpvsDestination } from "../../core/netlink/ipvs-destination.ts";
import type { IpvsService } from "../../core/netlink/ipvs-service.ts";
import { destinationIn } from "../../proto/ipvs/real-server.ts";
import { destinationKey, serviceKey, tableOf } from "../../proto/ipvs/table.ts";
import { daemonSubject, destinationSubject, type PlacedTarget } from "../../proto/ipvs/target.ts";
import { syncDaemonsOf, timeoutsOf } from "./configured-globals.ts";
import { ipvsServicesOf, realServerOf } from "./configured-servers.ts";

/** A sync daemon that follows a vrrp_instance is not wanted: nobody knows its role here. @throws UsageError where a group is too large */
export function targetOfConfiguration(
  { servers }: Pick<EffectiveLvs, "servers">,
  globals: Pick<Globals, "lvs_timeouts" | "lvs_sync_daemon">,
): PlacedTarget {
  const places = new Map<string, string>();
  const place = (subject: string, span: Span | null): void => {
    if (span !== null && !places.has(subject)) places.set(subject, formatPlace(span.place));
  };
  const found = new Map<string, Gathered>();
  for (const server of servers) {
    const real = server.servers.map((one) => ({ one, server: realServerOf(one) }));
    for (const service of ipvsServicesOf(server)) {
      const key = serviceKey(service.id);
      // What several have in common is one service, of the first, with the servers of all.
      const gathered = found.get(key) ?? { service, destinations: new Map() };
      found.set(key, gathered);
      place(key, server.span);
      for (const { one, server: behind } of real) {
        const destination = destinationIn(service.id, behind, one.weight.value);
        const own = destinationKey(destination);
        if (gathered.destinations.has(own)) continue;
        gathered.destinations.set(own, destination);
        place(destinationSubject(service.id, destination), one.span);
      }
    }
  }
  const { value: daemon, origin } = globals.lvs_sync_daemon;
  const daemons = daemon === null || daemon.instance !== null ? null : syncDaemonsOf(daemon, 0);
  for (const one of daemons ?? []) place(daemonSubject(one), spanOf(origin));
  for (const { origin } of globals.lvs_timeouts) place("timeouts", spanOf(origin));
  const table = tableOf(
    Array.from(found.values(), ({ service, destinations }) => ({
      service,
      destinations: [...destinations.values()],
    })),
  );
  return { table, timeouts: timeoutsOf(globals), daemons, places };
}

interface Gathered {
  readonly service: IpvsService;
  readonly destinations: Map<string, IpvsDestination>;
}
