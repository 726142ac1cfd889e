/** Which services and destinations of the table a check is about. */
import { type Family, familyOf, formatIp, type IpBytes } from "../../../core/addr.ts";
import type { IpvsDestination, IpvsForwarding } from "../../../core/netlink/ipvs-destination.ts";
import { listed } from "../../doctor/speakers.ts";
import { serviceKey, type VirtualService } from "../table.ts";
import type { IpvsFacts, Way } from "./facts.ts";

/** A destination with its service. */
export interface Member {
  readonly of: VirtualService;
  readonly destination: IpvsDestination;
}

export const membersOf = ({ services }: Pick<IpvsFacts, "services">): Member[] =>
  services.flatMap((of) => of.destinations.map((destination) => ({ of, destination })));

type Reached = Pick<IpvsFacts, "services" | "ways">;

/** To other hosts, by one way of forwarding. */
export const forwardedBy = (by: IpvsForwarding["by"], facts: Reached): Member[] =>
  membersOf(facts).filter(
    (one) =>
      one.destination.forwarding.by === by && wayTo(one.destination.ip, facts)?.isLocal !== true,
  );

/** null where there is none; undefined where the address is none of the table. */
export const wayTo = (ip: IpBytes, { ways }: Pick<IpvsFacts, "ways">): Way | null | undefined =>
  ways.get(formatIp(ip));

/** The virtual address; null of a mark. */
export const vipOf = ({ service: { id } }: VirtualService): IpBytes | null =>
  id.by === "address" ? id.ip : null;

/** Whether connections of the protocol can come by it: a mark has those of all. */
export const takes = (
  protocol: "tcp" | "udp" | "sctp",
  { service: { id } }: VirtualService,
): boolean => id.by === "fwmark" || id.protocol === protocol;

export const namesOf = (services: Iterable<VirtualService>): string =>
  listed([...new Set(Array.from(services, ({ service }) => serviceKey(service.id)))], MOST_NAMES);

/** Each address once. */
export const addressesOf = (members: readonly Member[]): string =>
  listed([...new Set(members.map(({ destination }) => formatIp(destination.ip)))], MOST_NAMES);

export const ofFamily = (family: Family, members: readonly Member[]): Member[] =>
  members.filter(({ destination }) => familyOf(destination.ip) === family);

const MOST_NAMES = 8;
