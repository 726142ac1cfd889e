/** Gratuitous ARP and neighbour advertisements: of an instance and by default, and how fast a group of interfaces sends them. */
import { flag, integer, interfaceName, seconds } from "../arguments.ts";
import { INCOMPLETE_ENTRY } from "../codes/values.ts";
import { type Argument, acting, keyword, spelling } from "../keyword.ts";
import { listOfWords } from "../list.ts";

/** What garp_extra_if says. */
export interface ExtraGarp {
  readonly isForAll: boolean; // for all interfaces with addresses, not those with a VMAC alone
  readonly intervalS: number; // 0: none
}

/** @param least 0: which also switches it off */
const extraGarp = (least: 0 | 1): Argument<ExtraGarp> => ({
  usage: `[all] ${least}..86400`,
  read(reading) {
    const isForAll = reading.peek()?.text === "all";
    if (isForAll) reading.take();
    if (reading.peek() === undefined) {
      const message = `'${reading.keyword.text}' needs the time between two announcements`;
      return reading.refuse(INCOMPLETE_ENTRY, reading.end, message);
    }
    const intervalS = integer(least, 86_400).read(reading);
    return intervalS === undefined ? undefined : { isForAll, intervalS };
  },
  format: ({ isForAll, intervalS }) => `${isForAll ? "all " : ""}${intervalS}`,
});

const U32 = 2 ** 32 - 1;

const delay = integer(0, 4294);
const some = integer(1, U32, { 0: 1 });
const someOrNone = integer(0, U32);

const masterDelay = (default_: string) =>
  keyword("Time to the second burst of announcements of a new MASTER, 0 for none", delay, {
    unit: "s",
    default: default_,
  });
const masterRepeat = (default_: string) =>
  keyword("Announcements of each address in a burst", some, { default: default_ });
const refresh = (default_: string) =>
  keyword("Time between bursts while it is MASTER, 0 for none", someOrNone, {
    unit: "s",
    default: default_,
  });
const refreshRepeat = (default_: string) =>
  keyword("Announcements in each of those", some, { default: default_ });
const lowerDelay = (default_: string) =>
  keyword("Time to the second burst after a MASTER of lower priority", delay, {
    unit: "s",
    default: default_,
  });
const lowerRepeat = (default_: string) =>
  keyword("Announcements in each of those", someOrNone, { default: default_ });
const extra = (least: 0 | 1, default_: string | null) =>
  keyword("Announces addresses on other interfaces and VMACs again and again", extraGarp(least), {
    unit: "s",
    default: default_,
  });

const EXTRA = extra(0, "vrrp_garp_extra_if of global_defs");
const GLOBAL_EXTRA = extra(1, null);

/** Of an instance. */
export const GARP = {
  garp_master_delay: masterDelay("vrrp_garp_master_delay of global_defs"),
  garp_master_repeat: masterRepeat("vrrp_garp_master_repeat of global_defs"),
  garp_master_refresh: refresh("vrrp_garp_master_refresh of global_defs"),
  garp_master_refresh_repeat: refreshRepeat("vrrp_garp_master_refresh_repeat of global_defs"),
  garp_lower_prio_delay: lowerDelay("vrrp_garp_lower_prio_delay of global_defs"),
  garp_lower_prio_repeat: lowerRepeat("vrrp_garp_lower_prio_repeat of global_defs"),
  garp_extra_if: EXTRA,
  vmac_garp_intvl: spelling("garp_extra_if", EXTRA, {
    insteadOf: "garp_extra_if",
    isRefused: true,
  }),
} as const;

const spacing = seconds(0.000001, U32 / 1e6);

/** Of global_defs: the defaults of all instances. */
export const GLOBAL_GARP = acting("up", {
  vrrp_garp_master_delay: masterDelay("5"),
  vrrp_garp_master_repeat: masterRepeat("5"),
  vrrp_garp_master_refresh: refresh("0"),
  vrrp_garp_master_refresh_repeat: refreshRepeat("1"),
  vrrp_garp_lower_prio_delay: lowerDelay("that of vrrp_garp_master_delay"),
  vrrp_garp_lower_prio_repeat: lowerRepeat("that of vrrp_garp_master_repeat"),
  vrrp_garp_interval: keyword("Least time between two gratuitous ARPs of an interface", spacing, {
    unit: "s",
    default: "none",
  }),
  vrrp_gna_interval: keyword(
    "Least time between two neighbour advertisements of an interface",
    spacing,
    { unit: "s", default: "none" },
  ),
  vrrp_min_garp: keyword("Announces each address once, where nothing else is said", flag, {
    default: "off",
  }),
  vrrp_garp_extra_if: GLOBAL_EXTRA,
  vrrp_vmac_garp_intvl: spelling("vrrp_garp_extra_if", GLOBAL_EXTRA, {
    insteadOf: "vrrp_garp_extra_if",
    isRefused: true,
  }),
} as const);

export const GARP_GROUP = acting("up", {
  garp_interval: keyword("Least time between two gratuitous ARPs", seconds(0, 2147.483647), {
    unit: "s",
  }),
  gna_interval: keyword(
    "Least time between two neighbour advertisements",
    seconds(0, 2147.483647),
    {
      unit: "s",
    },
  ),
  interface: keyword("The interface", interfaceName),
  interfaces: keyword(
    "Interfaces that share the limit, as those on one switch",
    listOfWords(interfaceName),
  ),
} as const);
