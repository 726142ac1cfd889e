/** Real servers that a table file names: a destination for each address that the name has, of the service's family. */
import type { IpBytes } from "../../core/addr.ts";
import { SystemError } from "../../core/errors.ts";
import type { IpvsDestination } from "../../core/netlink/ipvs-destination.ts";
import { type ServiceId, serviceFamily } from "../../core/netlink/ipvs-service.ts";
import type { Limit, Ports } from "../../io/ports.ts";
import { destinationKey, serviceKey } from "../../proto/ipvs/table.ts";
import { destinationSubject, type PlacedTarget } from "../../proto/ipvs/target.ts";

/** What a file says, before names are looked up. */
export interface WrittenTarget extends PlacedTarget {
  readonly named: readonly NamedServer[];
}

export interface NamedServer {
  readonly service: ServiceId;
  readonly name: string;
  readonly place: string;
  readonly destination: Omit<IpvsDestination, "ip">;
}

/**
 * All names are looked up at the same time. An address that a service has already stays as it was written first.
 * @throws SystemError with the place of a name that has no address, or of which none could say; the reason of `signal`
 */
export async function withAddresses(
  { named, ...target }: WrittenTarget,
  ports: Pick<Ports, "resolveName">,
  signal: Limit,
): Promise<PlacedTarget> {
  if (named.length === 0) return target;
  const [table, places] = [new Map(target.table), new Map(target.places)];
  const addresses = await Promise.all(named.map((one) => addressesOf(one, ports, signal)));
  for (const [index, { service: id, place, destination }] of named.entries()) {
    const key = serviceKey(id);
    const known = table.get(key);
    if (known === undefined) continue;
    const servers = new Map(known.destinations.map((one) => [destinationKey(one), one]));
    for (const ip of addresses[index] ?? []) {
      const server = { ip, ...destination };
      if (servers.has(destinationKey(server))) continue;
      servers.set(destinationKey(server), server);
      places.set(destinationSubject(id, server), place);
    }
    table.set(key, { ...known, destinations: [...servers.values()] });
  }
  return { ...target, table, places };
}

async function addressesOf(
  { service, name, place }: NamedServer,
  { resolveName }: Pick<Ports, "resolveName">,
  signal: Limit,
): Promise<IpBytes[]> {
  try {
    return await resolveName(name, serviceFamily(service), signal);
  } catch (error) {
    if (!(error instanceof SystemError)) throw error;
    const { op, code, detail } = error;
    throw new SystemError(op, `${name} at ${place}`, code, detail, { cause: error });
  }
}
