/** From entries of virtual_routes and virtual_rules, and of static ones, to routes and rules as `vrrp run` has them. */
import type { RouteEntry } from "../../../../config/entries/route.ts";
import type { RuleEntry } from "../../../../config/entries/rule.ts";
import { type Cidr, type Family, familyOf, formatCidr } from "../../../../core/addr.ts";
import { anyPrefix, TABLES } from "../../../../core/clauses.ts";
import { MAIN_TABLE } from "../../../../core/netlink/rtnl-route.ts";
import { ROUTE_WORDS, type RouteType, type VirtualRoute } from "../../../../core/virtual-route.ts";
import type { VirtualRule } from "../../../../core/virtual-rule.ts";
import type { VirtualRouting } from "../../../vrrp/virtual-routing.ts";

/** Told of what is written and does not happen. */
export type Note = (text: string) => void;

export const routingOf = (
  routes: readonly RouteEntry[],
  rules: readonly RuleEntry[],
  note: Note,
): VirtualRouting => ({
  routes: routes.flatMap((entry) => routeOf(entry, note)),
  rules: rules.flatMap((entry) => ruleOf(entry, note)),
});

function routeOf({ type, destination, options }: RouteEntry, note: Note): VirtualRoute[] {
  const { via, src, from, dev, onlink, metric, scope, mtu } = options;
  const family: Family =
    familyIn(destination, via?.value, src?.value, from?.value) ?? (options.inet6 ? 6 : 4);
  const to = destination === "any" ? anyPrefix(family) : destination;
  const table = tableOf(options.table?.value ?? MAIN_TABLE);
  const unsaid = saidBeside(options, ROUTE_SAID);
  const meant = ROUTE_WORDS.find((one): one is RouteType => one === type);
  const reasons = [
    ...(meant === undefined ? [`a route of type ${type}`] : []),
    ...(table === undefined ? [`table ${options.table?.value} by its name`] : []),
    ...unsaid.filter((name) => !TUNING.has(name)),
  ];
  const text = `route to ${formatCidr(to)}`;
  if (meant === undefined || table === undefined || reasons.length > 0) {
    note(`${text} is left out: ${reasons.join(", ")} is not supported`);
    return [];
  }
  if (unsaid.length > 0) note(`${text} is without ${unsaid.join(", ")}, which is not supported`);
  const source = from?.value;
  return [
    {
      type: meant,
      destination: to,
      from: source === undefined || source === "any" ? null : source,
      gateway: via?.value ?? null,
      onlink: onlink !== null,
      device: dev?.value ?? null,
      preferredSource: src?.value ?? null,
      table,
      metric: metric?.value ?? null,
      scope: scope?.value ?? null,
      mtuBytes: mtu?.value.value ?? null,
    },
  ];
}

/** A rule that would take other packets than those that are meant is worse than none. */
function ruleOf({ family, options }: RuleEntry, note: Note): VirtualRule[] {
  const { from, to, fwmark, iif, oif, preference, suppress_prefixlength: suppress } = options;
  const table = options.table && tableOf(options.table.value);
  const reasons = [
    ...(table === undefined ? [`table ${options.table?.value} by its name`] : []),
    ...saidBeside(options, RULE_SAID),
  ];
  if (table === undefined || reasons.length > 0) {
    const which = preference === null ? "" : ` of preference ${preference.value}`;
    note(`the rule${which} is left out: ${reasons.join(", ")} is not supported`);
    return [];
  }
  const action = (["blackhole", "unreachable", "prohibit"] as const).find((one) => options[one]);
  return [
    {
      family,
      inverted: options.not !== null,
      from: prefixOf(from?.value),
      to: prefixOf(to?.value),
      fwmark: fwmark?.value ?? null,
      inputInterface: iif?.value ?? null,
      outputInterface: oif?.value ?? null,
      priority: preference?.value ?? null,
      action: action ?? "lookup",
      table: action === undefined ? table : null,
      suppressPrefixLength: suppress?.value ?? null,
    },
  ];
}

const prefixOf = (said: Cidr | "any" | undefined): Cidr | null =>
  said === undefined || said === "any" ? null : said;

function familyIn(...said: readonly (Cidr | Uint8Array | "any" | undefined)[]): Family | undefined {
  for (const one of said) {
    if (one !== undefined && one !== "any") return familyOf("ip" in one ? one.ip : one);
  }
  return undefined;
}

const tableOf = (said: number | string): number | undefined =>
  typeof said === "number" ? said : TABLES[said];

/** Which options are written, but for those that are acted on or change nothing. */
const saidBeside = (options: object, acted: ReadonlySet<string>): string[] =>
  Object.entries(options).flatMap(([name, said]) => {
    const isSaid = Array.isArray(said) ? said.length > 0 : said !== null;
    return isSaid && !acted.has(name) ? [name] : [];
  });

const ALWAYS = ["inet", "inet6", "no_track", "protocol"];
const ROUTE_SAID: ReadonlySet<string> = new Set([
  ...ALWAYS,
  ...["to", "from", "via", "src", "dev", "onlink", "metric", "scope", "mtu", "table"],
  ...["add", "append", "prepend"],
]);
const RULE_SAID: ReadonlySet<string> = new Set([
  ...ALWAYS,
  ...["not", "from", "to", "table", "preference", "fwmark", "iif", "oif"],
  ...["suppress_prefixlength", "type", "blackhole", "unreachable", "prohibit"],
]);

/** How fast TCP goes by a route: without it packets go the same way. */
const TUNING: ReadonlySet<string> = new Set([
  ...["advmss", "rtt", "rttvar", "rto_min", "reordering", "cwnd", "ssthresh", "hoplimit"],
  ...["window", "initcwnd", "initrwnd", "features", "quickack", "congctl", "pref"],
  ...["fastopen_no_cookie", "ttl-propagate", "realms", "track_group"],
]);
