/** A server behind virtual services, as each of them has it. */
import type { IpvsDestination } from "../../core/netlink/ipvs-destination.ts";
import type { ServiceId } from "../../core/netlink/ipvs-service.ts";

/** One behind several services is one value. */
export interface RealServer extends Omit<IpvsDestination, "weight"> {
  readonly port: number; // where addresses are translated; other packets keep the port that they came to
}

export function destinationIn(
  service: ServiceId,
  { port, ...server }: RealServer,
  weight: number,
): IpvsDestination {
  const own = service.by === "address" ? service.port : 0;
  return { ...server, port: server.forwarding.by === "masq" ? port : own, weight };
}
