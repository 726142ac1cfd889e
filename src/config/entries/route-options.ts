/** The words of routes and of their nexthops, as keepalived reads them: those of ip-route(8). */
import type { IpBytes } from "../../core/addr.ts";
import { MAX_U32 } from "../../core/clauses.ts";
import { prefix } from "../addresses.ts";
import {
  address,
  integer,
  interfaceName,
  numberOrName,
  oneOf,
  oneWord,
  present,
  text,
} from "../arguments.ts";
import { NOT_ONE_OF, WRAPPED_NUMBER } from "../codes/values.ts";
import { type Argument, keyword, keywords, spelling, type Values } from "../keyword.ts";
import { options, refuseOption } from "../options.ts";
import { scope } from "./address.ts";
import { encap } from "./encap.ts";
import { FAMILY } from "./family.ts";
import { kernelTime, lockable, realms } from "./values.ts";

/** A gateway; its family may be said. */
const gateway: Argument<IpBytes> = {
  usage: "[inet|inet6] ADDRESS",
  read(reading) {
    if (reading.peek()?.text === "inet" || reading.peek()?.text === "inet6") reading.take();
    return address.read(reading);
  },
};

const NEXTHOP = {
  via: keyword("Sends the packets to this router", gateway),
  dev: keyword("Sends the packets out of this interface", interfaceName),
  weight: keyword("Share of the packets that go this way", integer(1, 256), { default: "1" }),
  onlink: keyword("Believes that the router is on the link", present),
  realms: keyword("Counts the packets for these realms", realms),
  encap: keyword("Wraps the packets into others", encap),
} as const;

/** One way; behind it there is at most another one. */
const nexthop: Argument<Values<typeof NEXTHOP>> = {
  ...options(NEXTHOP),
  read(reading) {
    const values = options(NEXTHOP).read(reading);
    const next = reading.peek();
    if (next === undefined || next.text === "nexthop") return values;
    return refuseOption(reading, next, NEXTHOP, "a nexthop");
  },
};

/** Of routers; the kernel has numbers for them. */
const preference: Argument<number | "low" | "medium" | "high"> = oneWord(
  "low|medium|high",
  (word, reading) => {
    const name = (["low", "medium", "high"] as const).find((one) => one === word.text);
    if (name !== undefined) return name;
    if (/^\d{1,3}$/.test(word.text) && Number(word.text) <= 255) return Number(word.text);
    const message = `'${word.text}' is not low, medium or high`;
    return reading.refuse(NOT_ONE_OF, word.span, message);
  },
);

const u32 = integer(0, MAX_U32);
const count = lockable(u32);
const VIA = keyword("Sends the packets to this router", gateway);
const METRIC = keyword("Of routes to one destination the lowest counts", u32);
const DEV = keyword("Sends the packets out of this interface", interfaceName);
const TOS = keyword("Takes packets with this type of service alone", numberOrName(255));

export const ROUTE = {
  ...FAMILY,
  to: keyword("Takes packets to here, which may stand without the word", prefix),
  via: VIA,
  gw: spelling("via", VIA, { insteadOf: "via", isRefused: true }),
  or: keyword("Sends the packets to this router too", gateway, {
    insteadOf: "nexthop via ADDRESS for each router",
    isRefused: true,
  }),
  from: keyword("Takes packets from here alone, of IPv6", prefix),
  src: keyword("Address that the host takes for packets of its own", address),
  tos: TOS,
  dsfield: spelling("tos", TOS),
  table: keyword(
    "Routing table that the route is put into",
    numberOrName(MAX_U32, WRAPPED_NUMBER),
    {
      default: "main",
    },
  ),
  protocol: keyword("Says who put the route there", numberOrName(255), { default: "keepalived" }),
  scope: keyword("How far away the destination is", scope),
  metric: METRIC,
  priority: spelling("metric", METRIC),
  preference: spelling("metric", METRIC),
  dev: DEV,
  oif: spelling("dev", DEV),
  onlink: NEXTHOP.onlink,
  encap: NEXTHOP.encap,
  expires: keyword("Time after which the kernel removes the route, of IPv6", u32, { unit: "s" }),
  mtu: keyword("Largest packet that goes this way", count, { unit: "bytes" }),
  advmss: keyword("Segment size that TCP asks of the other end", count, { unit: "bytes" }),
  rtt: keyword("Round trip time to begin with", lockable(kernelTime(8)), { unit: "ms/8" }),
  rttvar: keyword("Variance of that time to begin with", lockable(kernelTime(4)), { unit: "ms/4" }),
  rto_min: keyword("Least time before TCP sends again", lockable(kernelTime(1)), { unit: "ms" }),
  reordering: keyword("Packets that may overtake others before TCP takes one for lost", count),
  cwnd: keyword("Largest congestion window of TCP", count),
  ssthresh: keyword("Slow start threshold of TCP", count),
  hoplimit: keyword("How far packets of this host go", integer(0, 255)),
  window: keyword("Largest window that TCP advertises", u32, { unit: "bytes" }),
  realms: NEXTHOP.realms,
  initcwnd: keyword("Congestion window that TCP begins with", u32),
  initrwnd: keyword("Receive window that TCP begins with", u32),
  features: keyword("Switches on explicit congestion notification", oneOf("ecn")),
  quickack: keyword("Acknowledges each segment at once", integer(0, 1)),
  congctl: keyword("Congestion control of TCP", lockable(text("NAME"))),
  pref: keyword("Preference among IPv6 routers", preference, { default: "medium" }),
  "ttl-propagate": keyword(
    "Whether MPLS takes over the TTL of a packet",
    oneOf("enabled", "disabled"),
  ),
  fastopen_no_cookie: keyword("Opens TCP connections fast without a cookie", integer(0, 1)),
  add: keyword("Adds the route unless there is such a one", present),
  prepend: keyword("Adds the route in front of such as there are", present),
  append: keyword("Adds the route behind such as there are", present),
  vrf: keyword("Puts the route into the table of this VRF", interfaceName),
  nexthop: keywords("One of several ways, at the end of the line", nexthop),
  no_track: keyword("Leaves it at that when somebody deletes the route", present),
} as const;
