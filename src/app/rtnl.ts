/** Links, addresses, routes and rules of this network namespace, asked of the kernel (rtnetlink(7)). */
import { type Family, formatIp, type IpBytes } from "../core/addr.ts";
import { didYouMean } from "../core/closest.ts";
import { SystemError } from "../core/errors.ts";
import type { NetlinkRequest } from "../core/netlink/message.ts";
import {
  decodeAddress,
  dumpAddresses,
  type InterfaceAddress,
} from "../core/netlink/rtnl-address.ts";
import { decodeLink, dumpLinks, getLink, type Link } from "../core/netlink/rtnl-link.ts";
import { decodeRoute, dumpRoutes, getRoute, type Route } from "../core/netlink/rtnl-route.ts";
import { decodeRule, dumpRules, type Rule } from "../core/netlink/rtnl-rule.ts";
import type { Decoded } from "../core/result.ts";
import type { NetlinkSocket } from "../io/ports.ts";

/** IFA_PROTO of the addresses that a virtual router adds, so that it knows them again: VRRP's protocol number. */
export const ROUTER_ADDRESS_PROTOCOL = 112;

/** The same of those that `vip add` adds. */
export const HAND_ADDRESS_PROTOCOL = 113;

/** RTPROT_* of the routes and FRA_PROTOCOL of the rules that vipkit adds, for the same reason. */
export const VIPKIT_ROUTE_PROTOCOL = 112;

/** @returns undefined where there is no such interface. @throws SystemError */
export function readLink(netlink: NetlinkSocket, name: string): Link | undefined {
  try {
    return ask(netlink, getLink({ name }), decodeLink, "link get", name)[0];
  } catch (error) {
    if (error instanceof SystemError && NO_SUCH_LINK.has(error.code)) return undefined;
    throw error;
  }
}

/** @throws SystemError ENODEV where there is no such interface, with the name that was perhaps meant */
export function findLink(netlink: NetlinkSocket, name: string): Link {
  const link = readLink(netlink, name);
  if (link !== undefined) return link;
  const names = listLinks(netlink).map((other) => other.name);
  const detail = `no such interface${didYouMean(name, names)}`;
  throw new SystemError("link get", name, "ENODEV", detail);
}

/** In the order of their indices. @throws SystemError */
export function listLinks(netlink: NetlinkSocket): Link[] {
  return ask(netlink, dumpLinks(), decodeLink, "link list", "all");
}

/** Of one interface in the kernel's order, or of all. @throws SystemError */
export function listAddresses(
  netlink: NetlinkSocket,
  of: { ifIndex?: number },
): InterfaceAddress[] {
  return ask(netlink, dumpAddresses(of), decodeAddress, "address list", `${of.ifIndex ?? "all"}`);
}

/** Of one table, or of all, that came from one origin (RTPROT_*). @throws SystemError */
export function listRoutes(
  netlink: NetlinkSocket,
  of: { family: Family; table?: number; protocol: number },
): Route[] {
  try {
    return ask(netlink, dumpRoutes(of), decodeRoute, "route list", `table ${of.table ?? "all"}`);
  } catch (error) {
    if (error instanceof SystemError && error.code === "ENOENT") return []; // no such table
    throw error;
  }
}

/**
 * The next hop of the default route over one interface, null where there is none. One route is asked
 * for: a list of all would keep a router with those of the whole Internet busy for a second.
 * @throws SystemError
 */
export function findGateway(
  netlink: NetlinkSocket,
  family: Family,
  ifIndex: number,
): IpBytes | null {
  try {
    const request = getRoute(FAR_AWAY[family], { ifIndex });
    const [route] = ask(netlink, request, decodeRoute, "route get", `IPv${family}`);
    return route?.ifIndex === ifIndex ? route.gateway : null;
  } catch (error) {
    if (error instanceof SystemError && NO_ROUTE.has(error.code)) return null;
    throw error;
  }
}

/** Which way packets to an address take; undefined where there is none. @throws SystemError */
export function routeTo(netlink: NetlinkSocket, ip: IpBytes): Route | undefined {
  try {
    return ask(netlink, getRoute(ip), decodeRoute, "route get", formatIp(ip))[0];
  } catch (error) {
    if (error instanceof SystemError && NO_ROUTE.has(error.code)) return undefined;
    throw error;
  }
}

/** Which way packets to the rest of the world take. @throws SystemError */
export const routeOut = (netlink: NetlinkSocket, family: Family): Route | undefined =>
  routeTo(netlink, FAR_AWAY[family]);

/** In the order in which the kernel goes through them. @throws SystemError */
export function listRules(netlink: NetlinkSocket, family: Family): Rule[] {
  return ask(netlink, dumpRules(family), decodeRule, "rule list", `IPv${family}`);
}

/** The values of one answer. A body of a family that is not ours is left out. */
function ask<T>(
  netlink: NetlinkSocket,
  request: NetlinkRequest,
  decode: (body: Uint8Array) => Decoded<T>,
  op: string,
  subject: string,
): T[] {
  const [answer] = netlink.transact([request]);
  if (answer?.refusal)
    throw new SystemError(op, subject, answer.refusal.code, answer.refusal.detail);
  return (answer?.messages ?? []).flatMap(({ body }) => {
    const result = decode(body);
    if (result.ok) return [result.value];
    if (result.fault.code === "other-family") return [];
    throw new SystemError(op, subject, "bad-answer", result.fault.code);
  });
}

/** Nobody's neighbours: only the kernel is asked about them. */
const FAR_AWAY: Readonly<Record<Family, IpBytes>> = {
  4: Uint8Array.of(128, 0, 0, 1),
  6: Uint8Array.of(0x20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1),
};
/** No route, or one that forbids. */
const NO_ROUTE: ReadonlySet<string> = new Set(["ENETUNREACH", "EHOSTUNREACH", "EACCES", "EINVAL"]);

/** ERANGE: a name that is longer than any interface can have. */
const NO_SUCH_LINK: ReadonlySet<string> = new Set(["ENODEV", "ERANGE"]);
