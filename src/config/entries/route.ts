/** An entry of virtual_routes and static_routes. */
import type { Cidr } from "../../core/addr.ts";
import { ROUTE_TYPES } from "../../core/netlink/rtnl-route.ts";
import { isAny, oneFamily, prefix } from "../addresses.ts";
import {
  INCOMPLETE_ENTRY,
  OTHER_FAMILY,
  PROTOCOL_RESET,
  UNTRACKED_ROUTE,
} from "../codes/values.ts";
import { OVERWRITTEN_SETTING } from "../codes/words.ts";
import type { Argument, Values } from "../keyword.ts";
import { readOptions, refuseOption, usageOf } from "../options.ts";
import type { Reading } from "../reading.ts";
import type { Word } from "../statement.ts";
import { ROUTE } from "./route-options.ts";
import { STATIC } from "./static.ts";

const STATIC_ROUTE = { ...ROUTE, ...STATIC } as const;

export interface RouteEntry {
  readonly type: RouteType;
  readonly destination: Cidr | "any";
  readonly options: Values<typeof ROUTE> | Values<typeof STATIC_ROUTE>;
}

export type RouteType = (typeof TYPES)[number];

export const virtualRoute = entry(ROUTE);
export const staticRoute = entry(STATIC_ROUTE);

function entry(table: typeof ROUTE | typeof STATIC_ROUTE): Argument<RouteEntry> {
  return {
    usage: `[TYPE] [to] PREFIX ${usageOf(table)}`,
    table,
    read(reading) {
      const place = { type: "unicast" as RouteType, to: null as Cidr | "any" | null };
      let isGood = true;
      const { values, isWhole } = readOptions(reading, table, (word) => {
        const type = TYPES.find((one) => one === word.text);
        if (type !== undefined) {
          reading.take();
          place.type = type;
        } else if (!looksLikeDestination(word)) return false;
        if (place.to !== null) {
          const message = `'${word.text}' replaces the destination that was written before`;
          reading.refuse(OVERWRITTEN_SETTING, word.span, message);
        }
        place.to = prefix.read(reading) ?? null;
        isGood = place.to !== null;
        return isGood;
      });
      const [unknown] = reading.takeAll();
      if (!isWhole || !isGood) return undefined;
      if (unknown !== undefined) return refuseOption(reading, unknown, table, "a route");
      const to = place.to ?? values.to?.value;
      if (to !== undefined) {
        return finish({ type: place.type, destination: to, options: values }, reading);
      }
      return reading.refuse(INCOMPLETE_ENTRY, reading.end, "the route has no destination");
    },
  };
}

function finish(route: RouteEntry, reading: Reading): RouteEntry | undefined {
  const { via, from, src, dev, nexthop, no_track, protocol, expires, pref, realms } = route.options;
  const [first] = reading.statement.words;
  const to = { value: route.destination, span: first.span };
  const gateways = nexthop.map((one) => one.value.via);
  const family = oneFamily([to, from, src, via, ...gateways], reading);
  if (family === undefined) return undefined;
  const ofOther = family === 6 ? [realms] : [from, expires, pref];
  for (const said of ofOther) {
    if (said === null || (family === null && said !== from)) continue;
    const message = `only routes of IPv${family === 6 ? 4 : 6} have this`;
    return reading.refuse(OTHER_FAMILY, said.keyword, message);
  }
  if (no_track !== null) return route;
  if (dev === null) {
    const message = "keepalived before 2.3.2 does not watch a route without dev";
    reading.refuse(UNTRACKED_ROUTE, first.span, message, { help: "add dev, or no_track" });
  }
  if (protocol !== null && ![18, "keepalived"].includes(protocol.value)) {
    const message = `protocol ${protocol.value} becomes 18, by which the route is watched`;
    reading.refuse(PROTOCOL_RESET, protocol.span, message, { help: "add no_track to keep it" });
  }
  return route;
}

const looksLikeDestination = (word: Word): boolean =>
  isAny(word) || /^[0-9a-f]*[.:]|^[0-9a-f.:]+\//i.test(word.text);

const TYPES = [
  ...(Object.keys(ROUTE_TYPES) as (keyof typeof ROUTE_TYPES)[]),
  "nat",
  "xresolve",
] as const;
