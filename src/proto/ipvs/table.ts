/** A table of IPVS: services with their destinations, as the kernel has it or as it is to be. */
import { formatIp } from "../../core/addr.ts";
import type { IpvsDestination } from "../../core/netlink/ipvs-destination.ts";
import type { IpvsService, ServiceId } from "../../core/netlink/ipvs-service.ts";

export interface VirtualService {
  readonly service: IpvsService;
  readonly destinations: readonly IpvsDestination[];
}

/** By `serviceKey`, in their order. */
export type IpvsTable = ReadonlyMap<string, VirtualService>;

/** The same for the same service: `tcp 192.0.2.1:80`, `udp [2001:db8::1]:53`, `fwmark 5 inet6`. */
export const serviceKey = (id: ServiceId): string =>
  id.by === "fwmark"
    ? `fwmark ${id.mark}${id.family === 6 ? " inet6" : ""}`
    : `${id.protocol} ${endpointText(id)}`;

/** The same for the same destination of a service: `10.0.0.1:80`. */
export const destinationKey = (one: Pick<IpvsDestination, "ip" | "port">): string =>
  endpointText(one);

function endpointText({ ip, port }: Pick<IpvsDestination, "ip" | "port">): string {
  const address = formatIp(ip);
  return ip.length === 4 ? `${address}:${port}` : `[${address}]:${port}`;
}

export const tableOf = (services: Iterable<VirtualService>): IpvsTable =>
  new Map(Array.from(services, (one) => [serviceKey(one.service.id), one]));
