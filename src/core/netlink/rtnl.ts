/** What the messages of linux/rtnetlink.h share: their types, groups, address families and scopes. */
import type { Family } from "../addr.ts";
import type { HostReader } from "./host-bytes.ts";

/** NETLINK_ROUTE, the protocol number of a socket for these messages. */
export const NETLINK_ROUTE = 0;

/** RTM_*. */
export const RTM = {
  newLink: 16,
  deleteLink: 17,
  getLink: 18,
  setLink: 19,
  newAddress: 20,
  deleteAddress: 21,
  getAddress: 22,
  newRoute: 24,
  deleteRoute: 25,
  getRoute: 26,
  newNeighbour: 28,
  deleteNeighbour: 29,
  getNeighbour: 30,
  newRule: 32,
  deleteRule: 33,
  getRule: 34,
} as const;

/** RTNLGRP_*: what a socket can be notified of. */
export const RTNL_GROUPS = {
  link: 1,
  neighbour: 3,
  ip4Address: 5,
  ip4Route: 7,
  ip4Rule: 8,
  ip6Address: 9,
  ip6Route: 11,
  ip6Rule: 19,
} as const;

/** RT_SCOPE_*: how far an address or a destination reaches; numbers between are allowed. */
export const SCOPES = {
  global: 0,
  site: 200,
  link: 253,
  host: 254,
  nowhere: 255,
} as const;

/** Its name, or the number of one that has none. */
export const scopeName = (scope: number): string =>
  Object.entries(SCOPES).find(([, number]) => number === scope)?.[0] ?? `${scope}`;

/** AF_INET, AF_INET6, or AF_UNSPEC to ask for both. */
export const addressFamily = (family: Family | undefined): number =>
  family === undefined ? 0 : family === 4 ? AF_INET : AF_INET6;

/** Reads the u8 that begins most bodies. Code: `other-family` for all but AF_INET and AF_INET6. */
export function readFamily(r: HostReader): Family {
  const number = r.u8();
  if (number !== AF_INET && number !== AF_INET6) r.fail("other-family");
  return number === AF_INET ? 4 : 6;
}

const AF_INET = 2;
const AF_INET6 = 10;
