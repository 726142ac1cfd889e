/** What `vrrp doctor` asks the kernel about this host: links, addresses, memberships, filters. */

import type { IpBytes } from "../../core/addr.ts";
import { type Family, formatIp, formatMac, includesIp, parseIp } from "../../core/addr.ts";
import { SystemError } from "../../core/errors.ts";
import { parseMemberships } from "../../core/group-memberships.ts";
import { type BaseChain, decodeBaseChain, dumpChains } from "../../core/netlink/nft-chains.ts";
import { NETLINK_NETFILTER } from "../../core/netlink/nftables.ts";
import { NETLINK_ROUTE } from "../../core/netlink/rtnl.ts";
import type { InterfaceAddress } from "../../core/netlink/rtnl-address.ts";
import { decodeBridgeMulticast } from "../../core/netlink/rtnl-bridge.ts";
import { getLink, type Link } from "../../core/netlink/rtnl-link.ts";
import type { NetlinkSocket, Ports } from "../../io/ports.ts";
import type {
  BridgeFact,
  DoctorFacts,
  FilterFact,
  HostIdentity,
} from "../../proto/doctor/facts.ts";
import { VRRP_GROUP } from "../../proto/vrrp/reach.ts";
import { requireEthernet } from "../announcements.ts";
import { findLink, listAddresses, listLinks, routeTo } from "../rtnl.ts";

/** Of this host, as it is before we do anything. */
export interface Standing
  extends Pick<DoctorFacts, "link" | "master" | "addresses" | "vmacs" | "routerHere" | "bridge"> {
  readonly host: HostIdentity;
  /** Addresses of all its interfaces, each with the name of its interface. */
  readonly places: ReadonlyMap<string, string>;
  readonly joinedBefore: Readonly<Record<Family, boolean | null>>;
}

/** @throws SystemError, UsageError where the interface is none of Ethernet */
export function readStanding(
  ifName: string,
  ports: Pick<Ports, "openNetlink" | "readNetTable">,
): Standing {
  const netlink = ports.openNetlink(NETLINK_ROUTE);
  try {
    const link = findLink(netlink, ifName);
    requireEthernet(link);
    const links = listLinks(netlink);
    const everywhere = listAddresses(netlink, {});
    const nameOf = (ifIndex: number): string =>
      links.find((it) => it.ifIndex === ifIndex)?.name ?? `${ifIndex}`;
    const master = links.find((it) => it.ifIndex === link.masterIndex) ?? null;
    return {
      link,
      master,
      addresses: everywhere.filter((it) => it.ifIndex === link.ifIndex),
      vmacs: links
        .filter((it) => it.lowerIndex === link.ifIndex && isVmac(it))
        .map((it) => ({ ifName: it.name, mac: formatMac(it.mac) })),
      routerHere: { 4: hasRouter("raw", ports), 6: hasRouter("raw6", ports) },
      bridge: findBridge(netlink, link, links),
      host: identityOf(links, everywhere),
      places: new Map(everywhere.map(({ ip, ifIndex }) => [formatIp(ip), nameOf(ifIndex)])),
      joinedBefore: { 4: hasJoined(4, ifName, ports), 6: hasJoined(6, ifName, ports) },
    };
  } finally {
    netlink.close();
  }
}

/** By which interface the host reaches each of them; null where it has no way. @throws SystemError */
export function readWaysBack(
  sources: readonly string[],
  ports: Pick<Ports, "openNetlink">,
): Map<string, string | null> {
  const netlink = ports.openNetlink(NETLINK_ROUTE);
  try {
    const links = listLinks(netlink);
    return new Map(
      sources.slice(0, MOST_SOURCES).map((source) => {
        const ip = parseIp(source) as IpBytes;
        const ifIndex = routeTo(netlink, ip)?.ifIndex;
        return [source, links.find((it) => it.ifIndex === ifIndex)?.name ?? null] as const;
      }),
    );
  } finally {
    netlink.close();
  }
}

/** What may drop packets for this host; only who has CAP_NET_ADMIN is told. */
export function readFilter(ports: Pick<Ports, "openNetlink" | "readNetTable">): FilterFact {
  const tables = ["ip_tables_names", "ip6_tables_names"].map((name) => ports.readNetTable(name));
  return {
    chains: readChains(ports),
    legacyTables: tables.flatMap((text) => (text ?? "").split("\n").filter((name) => name !== "")),
  };
}

function readChains(ports: Pick<Ports, "openNetlink">): BaseChain[] | null {
  try {
    const netlink = ports.openNetlink(NETLINK_NETFILTER);
    try {
      const [answer] = netlink.transact([dumpChains()]);
      if (answer === undefined || answer.refusal !== undefined) return null;
      return answer.messages
        .map(({ body }) => decodeBaseChain(body))
        .flatMap((chain) => (chain.ok ? [chain.value] : []))
        .sort((a, b) => a.priority - b.priority);
    } finally {
      netlink.close();
    }
  } catch (error) {
    if (error instanceof SystemError) return null; // a kernel without nf_tables
    throw error;
  }
}

function hasJoined(
  family: Family,
  ifName: string,
  ports: Pick<Ports, "readNetTable">,
): boolean | null {
  const table = ports.readNetTable(family === 4 ? "igmp" : "igmp6");
  if (table === undefined) return null;
  return includesIp(parseMemberships(family, table, ifName), VRRP_GROUP[family]);
}

/** A table of raw sockets has the protocol where others have the local port. */
const hasRouter = (table: string, ports: Pick<Ports, "readNetTable">): boolean =>
  /^\s*\d+: [\dA-F]+:0070 /m.test(ports.readNetTable(table) ?? "");

/** That the interface is, or is a port of, or stands on. */
function findBridge(netlink: NetlinkSocket, link: Link, links: readonly Link[]): BridgeFact | null {
  const near = [link.ifIndex, link.masterIndex, link.kind === "veth" ? null : link.lowerIndex];
  const bridge = links.find((it) => it.kind === "bridge" && near.includes(it.ifIndex));
  if (bridge === undefined) return null;
  const [answer] = netlink.transact([getLink({ ifIndex: bridge.ifIndex })]);
  const [message] = answer?.messages ?? [];
  const multicast = message === undefined ? undefined : decodeBridgeMulticast(message.body);
  return multicast?.ok ? { name: bridge.name, ...multicast.value } : null;
}

/** What others know it by. */
export const identityOf = (
  links: readonly Link[],
  addresses: readonly InterfaceAddress[],
): HostIdentity => ({
  macs: new Set(links.map(({ mac }) => formatMac(mac)).filter((mac) => mac !== "")),
  ips: new Set(addresses.map(({ ip }) => formatIp(ip))),
});

/** A macvlan with 00:00:5e:00:01:VRID or 00:00:5e:00:02:VRID. */
const isVmac = ({ kind, mac }: Link): boolean =>
  kind === "macvlan" && /^00:00:5e:00:0[12]:/.test(formatMac(mac));

const MOST_SOURCES = 64;
