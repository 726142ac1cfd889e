/** Which services and real servers of IPVS a command line means. */
import { type IpBytes, sameIp } from "../../core/addr.ts";
import type { IpvsDestination } from "../../core/netlink/ipvs-destination.ts";
import type { ServiceId } from "../../core/netlink/ipvs-service.ts";
import { parseEndpoint, parseService } from "../../proto/ipvs/service-name.ts";
import { serviceKey } from "../../proto/ipvs/table.ts";

/** A real server; port null: with each port that it has. */
export interface WantedServer {
  readonly ip: IpBytes;
  readonly port: number | null;
}

/** `ADDR[:PORT]`, an IPv6 address with a port in brackets. @returns or why not */
export function parseWantedServer(text: string): WantedServer | string {
  const endpoint = parseEndpoint(text);
  if (typeof endpoint === "string") return endpoint;
  const { ip, port } = endpoint;
  return ip === null ? "is a name: write the address that IPVS has" : { ip, port };
}

/** A service by its name, or by its address, or by that and its port, those of each protocol. @returns or why not */
export function parseWantedServices(text: string): ((id: ServiceId) => boolean) | string {
  if (/^[a-z]+[ /]/.test(text)) {
    const id = parseService(text);
    return typeof id === "string" ? id : (one) => serviceKey(one) === serviceKey(id);
  }
  const wanted = parseWantedServer(text);
  if (typeof wanted === "string") return wanted;
  return (one) => one.by === "address" && isWanted(wanted, one);
}

export const isWanted = (
  { ip, port }: WantedServer,
  one: Pick<IpvsDestination, "ip" | "port">,
): boolean => sameIp(ip, one.ip) && (port === null || port === one.port);
