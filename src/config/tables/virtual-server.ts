/** `virtual_server SERVICE { ... }`: an address that IPVS spreads over real servers. */

import { parseIp } from "../../core/addr.ts";
import {
  flag,
  integer,
  oneOf,
  oneOfAnyCase,
  oneWord,
  optional,
  present,
  text,
} from "../arguments.ts";
import { blockOf, named } from "../block.ts";
import { BAD_NETMASK } from "../codes/lvs.ts";
import { NOT_AN_ADDRESS } from "../codes/values.ts";
import { commandOf } from "../compound.ts";
import { forwarding } from "../entries/forwarding.ts";
import { endpoint } from "../entries/service.ts";
import { type Argument, acting, keyword, keywords, spelling } from "../keyword.ts";
import { onlyName } from "../list.ts";
import { checkDefaults } from "./checker-common.ts";
import { REAL_SERVER } from "./real-server.ts";

const schedulers = oneOf(
  ...(["rr", "wrr", "lc", "wlc", "lblc", "sh", "mh", "dh", "fo", "ovf"] as const),
  ...(["lblcr", "sed", "nq", "twos"] as const),
);

const SCHEDULER = keyword("How connections are spread", schedulers, { default: "wlc" });
const METHOD = keyword("How packets get to the real servers", forwarding, { default: "NAT" });

const bits = integer(1, 128);

/** How many bits of an IPv6 address, or the mask of an IPv4 address. */
const granularity: Argument<number | Uint8Array> = {
  usage: "NETMASK|1..128",
  read: (reading) =>
    reading.peek()?.text.includes(".") ? netmask.read(reading) : bits.read(reading),
};

const netmask = oneWord("NETMASK", (word, reading) => {
  const mask = parseIp(word.text);
  if (mask === undefined) {
    return reading.refuse(NOT_AN_ADDRESS, word.span, `'${word.text}' is no mask`);
  }
  const digits = Array.from(mask, (octet) => octet.toString(2).padStart(8, "0")).join("");
  if (!/^1+0*$/.test(digits)) {
    reading.refuse(BAD_NETMASK, word.span, `${word.text} is not ones followed by zeros`);
  }
  return mask;
});

const BALANCING = {
  ip_family: keyword("Family of a service by firewall mark", oneOf("inet", "inet6")),
  lvs_sched: SCHEDULER,
  lb_algo: spelling("lvs_sched", SCHEDULER),
  hashed: keyword("Sets the flag of hashed services", present),
  ops: keyword("Spreads each packet of UDP anew", present),
  "flag-1": keyword("Sets flag 1 of the scheduler", present),
  "flag-2": keyword("Sets flag 2 of the scheduler", present),
  "flag-3": keyword("Sets flag 3 of the scheduler", present),
  "sh-port": keyword("Lets sh look at the port too", present),
  "sh-fallback": keyword("Lets sh take another server where one has weight 0", present),
  "mh-port": keyword("Lets mh look at the port too", present),
  "mh-fallback": keyword("Lets mh take another server where one has weight 0", present),
  lvs_method: METHOD,
  lb_kind: spelling("lvs_method", METHOD),
  persistence_engine: keyword("What else keeps a client at its server", text("NAME")),
  persistence_timeout: keyword(
    "Time that a client stays at its server",
    optional(integer(1, 2_678_400), 360),
    { unit: "s", default: "none, 360 where the number is left out" },
  ),
  persistence_granularity: keyword("Clients that count as one for it", granularity, {
    default: "255.255.255.255, 128",
  }),
  protocol: keyword("Protocol of the service", oneOfAnyCase("TCP", "UDP", "SCTP"), {
    default: "UDP",
  }),
} as const;

const U32 = 2 ** 32 - 1;

const QUORUM = {
  alpha: keyword("Has its servers down until their checks have succeeded", present),
  omega: keyword("Tells of the servers and the quorum when keepalived stops", present),
  quorum: keyword("Weight of servers up that is enough", integer(1, U32, { 0: 1 }), {
    default: "1",
  }),
  hysteresis: keyword("Weight by which the quorum has to be passed to count", integer(0, U32), {
    default: "0",
  }),
  quorum_up: keyword("Run when the quorum is reached", commandOf, { isFirst: true }),
  quorum_down: keyword("Run when the quorum is lost", commandOf, { isFirst: true }),
  ha_suspend: keyword("Does not check while the host lacks its address", present),
} as const;

const SORRY = {
  sorry_server: keyword("Server that gets the connections while the quorum is lost", endpoint),
  sorry_server_inhibit: keyword("Leaves it in IPVS with weight 0 meanwhile", present),
  sorry_server_lvs_method: keyword("How packets get to it", forwarding, {
    default: "lvs_method of virtual_server",
  }),
} as const;

const SERVICE = {
  ...BALANCING,
  ...QUORUM,
  ...SORRY,
  ...checkDefaults(null),
  weight: keyword("Share of the connections of servers that have none", integer(1, 2 ** 31 - 1), {
    default: "1",
  }),
  inhibit_on_failure: keyword("Leaves servers that are down in IPVS with weight 0", present),
  smtp_alert: keyword("Sends a mail when the quorum is reached or lost", flag, {
    default: "smtp_alert_checker of global_defs, else off",
  }),
  virtualhost: keyword("Host header of HTTP checks", text("HOST")),
  snmp_name: keyword("Name that SNMP tells", onlyName("NAME")),
  real_server: keywords("A server behind it", named(endpoint, blockOf(REAL_SERVER))),
} as const;

export const VIRTUAL_SERVER = acting("up", SERVICE, ["snmp_name"]);
