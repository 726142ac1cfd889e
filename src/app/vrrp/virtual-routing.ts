/** Virtual routes and rules as the kernel's: what to ask of it, and what of it is ours. */
import { type Family, familyOf, type IpBytes, sameIp } from "../../core/addr.ts";
import { SystemError } from "../../core/errors.ts";
import type { NetlinkRequest } from "../../core/netlink/message.ts";
import { SCOPES } from "../../core/netlink/rtnl.ts";
import {
  addRoute,
  deleteRoute,
  type NewRoute,
  ROUTE_TYPES,
  type Route,
} from "../../core/netlink/rtnl-route.ts";
import {
  addRule,
  deleteRule,
  type NewRule,
  RULE_ACTIONS,
  type Rule,
} from "../../core/netlink/rtnl-rule.ts";
import {
  defaultMetric,
  formatVirtualRoute,
  routeKey,
  type VirtualRoute,
} from "../../core/virtual-route.ts";
import { formatVirtualRule, type VirtualRule } from "../../core/virtual-rule.ts";
import type { NetlinkSocket } from "../../io/ports.ts";
import { listRoutes, listRules, readLink, VIPKIT_ROUTE_PROTOCOL } from "../rtnl.ts";

/** What one router wants of the routing while it is MASTER. */
export interface VirtualRouting {
  readonly routes: readonly VirtualRoute[];
  readonly rules: readonly VirtualRule[];
}

/** One route or rule that is wanted. */
export interface RoutingEntry {
  readonly kind: "route" | "rule";
  readonly text: string; // as its user could have written it
  /** @throws SystemError where its device is not there */
  add(): NetlinkRequest;
  /** `altered`: another one of ours is in its place, or it has lost its source. */
  find(kernel: RoutingSnapshot): "present" | "altered" | "absent";
  /** What makes it go, and what is in its place if that is ours. */
  remove(kernel: RoutingSnapshot): readonly NetlinkRequest[];
  /** Whether the notification may mean that it has gone or was replaced. */
  concerns(changed: RoutingChange): boolean;
}

/** What a notification tells of. */
export type RoutingChange =
  | { readonly kind: "route"; readonly gone: boolean; readonly route: Route }
  | { readonly kind: "rule"; readonly gone: boolean; readonly rule: Rule };

/** In the order in which they are added: rules come last, for they lead to routes. */
export const routingEntries = (
  netlink: NetlinkSocket,
  { routes, rules }: VirtualRouting,
): RoutingEntry[] => [
  ...routes.map((wanted) => routeEntry(netlink, wanted)),
  ...rules.map((wanted) => ruleEntry(wanted)),
];

/** Those of the kernel's routes and rules that are ours, each list read when it is first asked for. */
export class RoutingSnapshot {
  readonly #netlink: NetlinkSocket;
  readonly #routes = new Map<string, Route[]>();
  readonly #rules = new Map<Family, Rule[]>();

  constructor(netlink: NetlinkSocket) {
    this.#netlink = netlink;
  }

  /** @throws SystemError */
  routes(family: Family, table: number): readonly Route[] {
    const key = `${family} ${table}`;
    const known = this.#routes.get(key);
    if (known !== undefined) return known;
    const read = listRoutes(this.#netlink, { family, table, protocol: VIPKIT_ROUTE_PROTOCOL });
    this.#routes.set(key, read);
    return read;
  }

  /** @throws SystemError */
  rules(family: Family): readonly Rule[] {
    const known = this.#rules.get(family);
    if (known !== undefined) return known;
    const isOurs = ({ protocol }: Rule): boolean => protocol === VIPKIT_ROUTE_PROTOCOL;
    const read = listRules(this.#netlink, family).filter(isOurs);
    this.#rules.set(family, read);
    return read;
  }
}

function routeEntry(netlink: NetlinkSocket, wanted: VirtualRoute): RoutingEntry {
  const { destination, from, table, device } = wanted;
  const text = formatVirtualRoute(wanted);
  const metric = wanted.metric ?? defaultMetric(destination);
  const key: NewRoute = { destination, from, table, metric, protocol: VIPKIT_ROUTE_PROTOCOL };
  const inPlace = (kernel: RoutingSnapshot): Route | undefined =>
    kernel.routes(familyOf(destination.ip), table).find((route) => routeKey(route) === ownKey);
  const ownKey = routeKey(wanted);
  return {
    kind: "route",
    text,
    add: () => {
      const link = device === null ? null : readLink(netlink, device);
      if (link === undefined) {
        throw new SystemError("route add", text, "ENODEV", `no such interface: ${device}`);
      }
      const { gateway, onlink, preferredSource, mtuBytes } = wanted;
      const ifIndex = link?.ifIndex ?? null;
      const rest = { gateway, onlink, preferredSource, mtuBytes, ifIndex };
      return addRoute({ ...key, ...rest, ...kernelsWords(wanted) });
    },
    find: (kernel) => {
      const found = inPlace(kernel);
      if (found === undefined) return "absent";
      const isIt =
        found.type === ROUTE_TYPES[wanted.type] &&
        isAsSaid(wanted.gateway, found.gateway) &&
        isAsSaid(wanted.preferredSource, found.preferredSource) &&
        found.mtuBytes === wanted.mtuBytes &&
        (device === null || found.ifIndex === readLink(netlink, device)?.ifIndex);
      return isIt ? "present" : "altered";
    },
    remove: () => [deleteRoute(key)],
    concerns: (changed) =>
      changed.kind === "route" &&
      // One of ours that comes is one that we have just added.
      changed.gone === (changed.route.protocol === VIPKIT_ROUTE_PROTOCOL) &&
      routeKey(changed.route) === ownKey,
  };
}

function ruleEntry(wanted: VirtualRule): RoutingEntry {
  const { fwmark } = wanted;
  const rule: NewRule = {
    ...wanted,
    fwmark: fwmark?.mark ?? null,
    fwmask: fwmark?.mask ?? null,
    action: RULE_ACTIONS[wanted.action],
    table: wanted.table ?? 0,
    protocol: VIPKIT_ROUTE_PROTOCOL,
  };
  const isIt = (found: Rule): boolean => {
    const priority = wanted.priority ?? found.priority; // the kernel has chosen one
    return String(addRule(found).body) === String(addRule({ ...rule, priority }).body);
  };
  return {
    kind: "rule",
    text: formatVirtualRule(wanted),
    add: () => addRule(rule),
    find: (kernel) => (kernel.rules(wanted.family).some(isIt) ? "present" : "absent"),
    remove: (kernel) => kernel.rules(wanted.family).filter(isIt).map(deleteRule),
    concerns: (changed) => changed.kind === "rule" && changed.gone && isIt(changed.rule),
  };
}

/** Scopes as ip-route(8) chooses them; IPv6 ignores them. */
function kernelsWords({ type, scope, gateway }: VirtualRoute): { type: number; scope: number } {
  const direct = type === "unicast" && gateway === null;
  const usual = type === "local" ? SCOPES.host : direct ? SCOPES.link : SCOPES.global;
  return { type: ROUTE_TYPES[type], scope: scope ?? usual };
}

const isAsSaid = (said: IpBytes | null, found: IpBytes | null): boolean =>
  said ? found !== null && sameIp(found, said) : true;
