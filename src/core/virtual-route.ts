/** A route that follows mastership, as a person writes it: the words of ip-route(8). */
import {
  type Cidr,
  type Family,
  familyOf,
  formatCidr,
  formatIp,
  type IpBytes,
  isLinkLocalIp6,
  isMulticastIp,
  isUnspecifiedIp,
} from "./addr.ts";
import {
  anyPrefix,
  type ClauseValues,
  choiceClause,
  clause,
  flagClause,
  formatTable,
  interfaceClause,
  ipClause,
  MAX_U32,
  numberClause,
  type Parsed,
  parseClauses,
  parseNumber,
  prefixClause,
  tableClause,
  type WordReader,
} from "./clauses.ts";
import { SCOPES } from "./netlink/rtnl.ts";
import { MAIN_TABLE, type ROUTE_TYPES } from "./netlink/rtnl-route.ts";

export interface VirtualRoute {
  readonly type: RouteType;
  readonly destination: Cidr; // 0.0.0.0/0 or ::/0 is the default route
  readonly from: Cidr | null; // IPv6 only: for packets from there
  readonly gateway: IpBytes | null; // of an IPv4 route it may be an IPv6 one (RFC 5549)
  readonly onlink: boolean; // believe that the gateway is on the device
  readonly device: string | null; // null: the one on which the gateway is
  readonly preferredSource: IpBytes | null;
  readonly table: number; // u32, 254 = main
  readonly metric: number | null; // u32, null is the kernel's: 0 for IPv4, 1024 for IPv6
  readonly scope: number | null; // u8, SCOPES; null: what the rest suggests
  readonly mtuBytes: number | null;
}

/** Those that can be meant here; `local` is for transparent proxies. */
export type RouteType = Extract<keyof typeof ROUTE_TYPES, (typeof ROUTE_WORDS)[number]>;

/**
 * Total over any text.
 * @param family that of a route whose words do not tell: `default dev tun0`
 */
export function parseVirtualRoute(text: string, family: Family): Parsed<VirtualRoute> {
  return parseClauses(text, CLAUSES, "to", (said, words) => make(said, family, words));
}

/** In the words that `parseVirtualRoute` understands, the same for the same route. */
export function formatVirtualRoute(route: VirtualRoute): string {
  const { type, destination, from, gateway, onlink, device, preferredSource } = route;
  const family = familyOf(destination.ip);
  const crossing = gateway !== null && familyOf(gateway) !== family ? "inet6 " : "";
  return [
    ...(type === "unicast" ? [] : [type]),
    family === 4 && destination.prefixLength === 0 ? "default" : formatCidr(destination),
    ...(from === null ? [] : [`from ${formatCidr(from)}`]),
    ...(gateway === null ? [] : [`via ${crossing}${formatIp(gateway)}`]),
    ...(device === null ? [] : [`dev ${device}`]),
    ...(onlink ? ["onlink"] : []),
    ...(preferredSource === null ? [] : [`src ${formatIp(preferredSource)}`]),
    ...(route.metric === null ? [] : [`metric ${route.metric}`]),
    ...(route.table === MAIN_TABLE ? [] : [`table ${formatTable(route.table)}`]),
    ...(route.scope === null ? [] : [`scope ${formatScope(route.scope)}`]),
    ...(route.mtuBytes === null ? [] : [`mtu ${route.mtuBytes}`]),
  ].join(" ");
}

/** What the kernel tells two routes apart by: of one key it has one route. */
export function routeKey({ destination, from, table, metric }: RouteKey): string {
  const source = from === null ? "" : formatCidr(from);
  return `${formatCidr(destination)} ${source} ${table} ${metric ?? defaultMetric(destination)}`;
}

type RouteKey = Pick<VirtualRoute, "destination" | "from" | "table" | "metric">;

/** What the kernel takes where no metric is said. */
export const defaultMetric = ({ ip }: Cidr): number => (familyOf(ip) === 4 ? 0 : 1024);

function make(said: ClauseValues<typeof CLAUSES>, unsaid: Family, words: WordReader): VirtualRoute {
  if (said.to === undefined) return words.fail("names no destination");
  const addresses = [said.to, said.from].flatMap((prefix) =>
    prefix === undefined || prefix === "any" ? [] : [prefix.ip],
  );
  const [first = said.src ?? said.via] = addresses;
  const family = first === undefined ? unsaid : familyOf(first);
  const destination = said.to === "any" ? anyPrefix(family) : said.to;
  const from = said.from === undefined || said.from === "any" ? null : said.from;
  refuseFamilies(said, family, from, words);
  refuseClashes(said, words);
  return {
    type: said.type ?? "unicast",
    destination,
    from: from?.prefixLength === 0 ? null : from,
    gateway: said.via ?? null,
    onlink: said.onlink ?? false,
    device: said.dev ?? null,
    preferredSource: said.src ?? null,
    table: said.table ?? MAIN_TABLE,
    metric: said.metric ?? null,
    scope: said.scope ?? null,
    mtuBytes: said.mtu ?? null,
  };
}

function refuseFamilies(
  { to, src, via }: ClauseValues<typeof CLAUSES>,
  family: Family,
  from: Cidr | null,
  words: WordReader,
): void {
  const isOther = (ip: IpBytes | undefined): boolean => ip !== undefined && familyOf(ip) !== family;
  if (from !== null && family === 4) {
    words.fail("says from, which IPv4 routes lack: a rule can have it");
  }
  if (from !== null && isOther(from.ip)) words.fail("has to and from of two families");
  if (isOther(src)) words.fail(`has ${to === "any" ? "via" : "to"} and src of two families`);
  // IPv4 by an IPv6 gateway is RFC 5549; the other way round there is none.
  if (isOther(via) && family === 6) words.fail("leads to IPv6 via an IPv4 gateway");
}

function refuseClashes(said: ClauseValues<typeof CLAUSES>, words: WordReader): void {
  const { type = "unicast", via, dev, src, onlink } = said;
  if (DEAD_ENDS.includes(type)) {
    const way = { via, dev, src, onlink };
    const [clash] = Object.entries(way).flatMap(([name, value]) =>
      value === undefined ? [] : name,
    );
    if (clash !== undefined) words.fail(`says ${type} and ${clash}, which clash`);
    return;
  }
  if (type === "local" && dev === undefined) words.fail("is local and names no dev, mostly lo");
  if (via === undefined && dev === undefined) words.fail("names neither via nor dev");
  if (onlink && (via === undefined || dev === undefined)) {
    words.fail("says onlink, which needs both via and dev");
  }
  if (via === undefined) return;
  if (isMulticastIp(via) || isUnspecifiedIp(via)) {
    words.fail(`says via ${formatIp(via)}, which no router can have`);
  }
  if (isLinkLocalIp6(via) && dev === undefined) {
    words.fail(`says via ${formatIp(via)}, which is link-local and needs dev`);
  }
}

const formatScope = (scope: number): string =>
  Object.entries(SCOPES).find(([, number]) => number === scope)?.[0] ?? `${scope}`;

function parseScope(word: string): number | undefined {
  const named = Object.entries(SCOPES).find(([name]) => name === word)?.[1];
  const number = named ?? parseNumber(word);
  return number !== undefined && number <= 255 ? number : undefined;
}

export const ROUTE_WORDS = [
  "unicast",
  "local",
  "blackhole",
  "unreachable",
  "prohibit",
  "throw",
] as const;
const DEAD_ENDS: readonly string[] = ["blackhole", "unreachable", "prohibit", "throw"];

const VIA = ipClause("via", "gw");

const CLAUSES = {
  type: choiceClause(ROUTE_WORDS),
  to: prefixClause("to", "dst"),
  from: prefixClause("from"),
  via: {
    keywords: VIA.keywords,
    read: (words: WordReader, keyword: string) => {
      if (words.next === "inet" || words.next === "inet6") words.skip();
      return VIA.read(words, keyword);
    },
  },
  dev: interfaceClause("dev", "oif"),
  onlink: flagClause("onlink"),
  src: ipClause("src"),
  metric: numberClause(0, MAX_U32, "metric", "priority", "preference"),
  table: tableClause("table"),
  scope: clause(["scope"], "is no scope: global, site, link, host or 0..255", parseScope),
  mtu: numberClause(68, 65_535, "mtu"),
} as const;
