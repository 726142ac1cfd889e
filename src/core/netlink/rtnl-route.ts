/** Routes: struct rtmsg and RTA_* of linux/rtnetlink.h. */
import { addressBits, type Cidr, type Family, familyOf, type IpBytes } from "../addr.ts";
import { decodingWith } from "../bytes.ts";
import type { Decoded } from "../result.ts";
import { type AttrRow, ip, nested, readAttributes, u32, writeAttributes } from "./attributes.ts";
import { HostReader, HostWriter } from "./host-bytes.ts";
import { type NetlinkRequest, REQUEST_FLAGS } from "./message.ts";
import { addressFamily, RTM, readFamily, SCOPES } from "./rtnl.ts";

/** A route with at most one next hop; of a multipath route the next hops are left out. */
export interface Route {
  readonly destination: Cidr; // 0.0.0.0/0 or ::/0 is the default route
  readonly from: Cidr | null; // IPv6 only: for packets from there
  readonly gateway: IpBytes | null; // of an IPv4 route it may be an IPv6 one
  readonly onlink: boolean; // the gateway is believed to be on the interface
  readonly ifIndex: number | null; // outgoing interface
  readonly preferredSource: IpBytes | null;
  readonly table: number; // u32, 254 = main
  readonly protocol: number; // u8, RTPROT_*: who added it
  readonly scope: number; // u8, SCOPES
  readonly type: number; // u8, ROUTE_TYPES
  readonly metric: number; // u32, lower wins
  readonly mtuBytes: number | null;
}

/** A route to be added; what is left out is what `ip route add` takes. */
export type NewRoute = Pick<Route, "destination"> & Partial<Omit<Route, "destination">>;

/** The body of RTM_NEWROUTE or RTM_DELROUTE. Codes: `short`, `other-family`, `bad-NAME`. */
export function decodeRoute(body: Uint8Array): Decoded<Route> {
  return decodingWith("rtnl-route", new HostReader(body), (r) => {
    const family = readFamily(r);
    const prefixLength = r.u8();
    const fromLength = r.u8();
    r.skip(1); // type of service
    const [table, protocol, scope, type] = [r.u8(), r.u8(), r.u8(), r.u8()];
    const flags = r.u32();
    const values = readAttributes(r, RTA);
    return {
      destination: { ip: values.destination ?? anyAddress(family), prefixLength },
      from: values.from === undefined ? null : { ip: values.from, prefixLength: fromLength },
      gateway: values.gateway ?? values.via ?? null,
      onlink: (flags & ONLINK) !== 0,
      ifIndex: values.ifIndex ?? null,
      preferredSource: values.preferredSource ?? null,
      table: values.table ?? table,
      protocol,
      scope,
      type,
      metric: values.metric ?? 0,
      mtuBytes: values.metrics?.mtuBytes ?? null,
    };
  });
}

/** Asks for all routes, or those of one family, table or origin; no such table is refused with ENOENT. */
export function dumpRoutes(
  of: { family?: Family; table?: number; protocol?: number } = {},
): NetlinkRequest {
  const w = new HostWriter().u8(addressFamily(of.family)).zeros(4);
  w.u8(of.protocol ?? 0).zeros(6);
  writeAttributes(w, RTA, { table: of.table });
  return { type: RTM.getRoute, flags: REQUEST_FLAGS.dump, body: w.bytes() };
}

/** Asks which route a packet to `destination` takes; none is refused with ENETUNREACH. */
export function getRoute(destination: IpBytes, via: { ifIndex?: number } = {}): NetlinkRequest {
  const family = familyOf(destination);
  const w = new HostWriter().u8(addressFamily(family)).u8(addressBits(family)).zeros(10);
  writeAttributes(w, RTA, { destination, ifIndex: via.ifIndex });
  return { type: RTM.getRoute, flags: 0, body: w.bytes() };
}

/** Adds a route; one that is there already is refused with EEXIST. */
export function addRoute(route: NewRoute): NetlinkRequest {
  const flags = REQUEST_FLAGS.create | REQUEST_FLAGS.exclusive;
  return { type: RTM.newRoute, flags, body: routeBody(route, routeDefaults(route)) };
}

/** Removes the first route that has all that is given; none is refused with ESRCH. */
export function deleteRoute(route: NewRoute): NetlinkRequest {
  return { type: RTM.deleteRoute, flags: 0, body: routeBody(route, ANY_ROUTE) };
}

type RouteHeader = Pick<Route, "protocol" | "scope" | "type">;

function routeBody(route: NewRoute, defaults: RouteHeader): Uint8Array {
  const { destination, from, ifIndex, preferredSource, table = MAIN_TABLE, metric } = route;
  const { protocol, scope, type } = { ...defaults, ...route };
  const family = familyOf(destination.ip);
  const gateway = route.gateway ?? undefined;
  const crossing = gateway !== undefined && familyOf(gateway) !== family;
  const w = new HostWriter().u8(addressFamily(family)).u8(destination.prefixLength);
  w.u8(from?.prefixLength ?? 0).u8(0);
  w.u8(0).u8(protocol).u8(scope).u8(type);
  w.u32(route.onlink ? ONLINK : 0);
  writeAttributes(w, RTA, {
    destination: destination.prefixLength === 0 ? undefined : destination.ip,
    from: from?.ip,
    gateway: crossing ? undefined : gateway,
    via: crossing ? gateway : undefined,
    preferredSource: preferredSource ?? undefined,
    ifIndex: ifIndex ?? undefined,
    metric,
    metrics: typeof route.mtuBytes === "number" ? { mtuBytes: route.mtuBytes } : undefined,
    table,
  });
  return w.bytes();
}

/** IPv4 wants `link` for what is on the wire itself; IPv6 ignores the scope. */
const routeDefaults = (route: NewRoute): RouteHeader => ({
  protocol: STATIC,
  scope: (route.gateway ?? null) === null ? SCOPES.link : SCOPES.global,
  type: ROUTE_TYPES.unicast,
});

const anyAddress = (family: Family): IpBytes => new Uint8Array(addressBits(family) / 8);

/** struct rtvia: u16 address family, then a gateway of that family. */
const via = (type: number): AttrRow<IpBytes> => ({
  type,
  accepts: (length) => length === 2 + 4 || length === 2 + 16,
  read: (r) => {
    r.skip(2);
    return r.rest();
  },
  write: (w, gateway) => w.u16(addressFamily(familyOf(gateway))).raw(gateway),
});

/** RTAX_*, within RTA_METRICS. */
const RTAX = { mtuBytes: u32(2) } as const;

/** RTA_*. */
const RTA = {
  destination: ip(1),
  from: ip(2),
  gateway: ip(5),
  via: via(18),
  preferredSource: ip(7),
  ifIndex: u32(4),
  metric: u32(6),
  metrics: nested(8, RTAX),
  table: u32(15),
} as const;

/** RTN_*. */
export const ROUTE_TYPES = {
  unicast: 1,
  local: 2,
  broadcast: 3,
  anycast: 4,
  multicast: 5,
  blackhole: 6,
  unreachable: 7,
  prohibit: 8,
  throw: 9, // go on with the next rule
} as const;

/** Matches whatever the rest matches. */
const ANY_ROUTE: RouteHeader = { protocol: 0, scope: SCOPES.nowhere, type: 0 };

/** RT_TABLE_MAIN, which a route is in unless another one is said. */
export const MAIN_TABLE = 254;

const ONLINK = 4; // RTNH_F_ONLINK
const STATIC = 4; // RTPROT_STATIC: put there by the administrator
