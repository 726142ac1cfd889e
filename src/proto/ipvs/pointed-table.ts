/** The table that virtual servers want: each is one service or several, with the servers to which connections are to go. */
import type { IpvsDestination } from "../../core/netlink/ipvs-destination.ts";
import type { IpvsService } from "../../core/netlink/ipvs-service.ts";
import { destinationIn, type RealServer } from "./real-server.ts";
import { destinationKey, type IpvsTable, serviceKey, tableOf } from "./table.ts";

export interface PointedServer {
  readonly services: readonly IpvsService[];
  readonly servers: readonly WeightedServer[];
}

export interface WeightedServer {
  readonly server: RealServer;
  readonly weight: number;
  readonly isSorry: boolean; // it may be a real server too: the heavier of the two counts
}

/** What several have in common is one service, of the first, with the servers of all. @param keys those that are asked for */
export function pointedTable(
  pointed: Iterable<PointedServer>,
  keys: ReadonlySet<string> | null = null,
): IpvsTable {
  const found = new Map<string, Gathered>();
  for (const { services, servers } of pointed) {
    for (const service of services) {
      const key = serviceKey(service.id);
      if (keys !== null && !keys.has(key)) continue;
      const gathered = found.get(key) ?? { service, destinations: new Map() };
      found.set(key, gathered);
      for (const one of servers) gather(gathered, one);
    }
  }
  return tableOf(
    Array.from(found.values(), ({ service, destinations }) => ({
      service,
      destinations: [...destinations.values()],
    })),
  );
}

interface Gathered {
  readonly service: IpvsService;
  readonly destinations: Map<string, IpvsDestination>;
}

function gather(
  { service, destinations }: Gathered,
  { server, weight, isSorry }: WeightedServer,
): void {
  const destination = destinationIn(service.id, server, weight);
  const key = destinationKey(destination);
  const before = destinations.get(key);
  if (before === undefined || (isSorry && weight > before.weight))
    destinations.set(key, destination);
}
