/** Gratuitous ARP and neighbour advertisements: of an instance, and how fast a group of interfaces sends them. */
import { integer, interfaceName, seconds } from "../arguments.ts";
import { INCOMPLETE_ENTRY } from "../codes/values.ts";
import { type Argument, keyword, spelling } from "../keyword.ts";
import { listOfWords } from "../list.ts";

/** What garp_extra_if says. */
export interface ExtraGarp {
  readonly isForAll: boolean; // for all interfaces with addresses, not those with a VMAC alone
  readonly intervalS: number; // 0: none
}

const extraGarp: Argument<ExtraGarp> = {
  usage: "[all] 0..86400",
  read(reading) {
    const isForAll = reading.peek()?.text === "all";
    if (isForAll) reading.take();
    if (reading.peek() === undefined) {
      const message = `'${reading.keyword.text}' needs the time between two announcements`;
      return reading.refuse(INCOMPLETE_ENTRY, reading.end, message);
    }
    const intervalS = integer(0, 86_400).read(reading);
    return intervalS === undefined ? undefined : { isForAll, intervalS };
  },
};

const U32 = 2 ** 32 - 1;
const EXTRA = keyword(
  "Announces addresses on other interfaces and VMACs again and again",
  extraGarp,
  { unit: "s" },
);

export const GARP = {
  garp_master_delay: keyword(
    "Time to the second burst of announcements of a new MASTER",
    integer(0, 4294),
    {
      unit: "s",
      default: "vrrp_garp_master_delay of global_defs",
    },
  ),
  garp_master_repeat: keyword(
    "Announcements of each address in a burst",
    integer(1, U32, { 0: 1 }),
    {
      default: "vrrp_garp_master_repeat of global_defs",
    },
  ),
  garp_master_refresh: keyword(
    "Time between bursts while it is MASTER, 0 for none",
    integer(0, U32),
    {
      unit: "s",
      default: "vrrp_garp_master_refresh of global_defs",
    },
  ),
  garp_master_refresh_repeat: keyword("Announcements in each of those", integer(1, U32, { 0: 1 }), {
    default: "vrrp_garp_master_refresh_repeat of global_defs",
  }),
  garp_lower_prio_delay: keyword(
    "Time to the second burst after a MASTER of lower priority",
    integer(0, 4294),
    {
      unit: "s",
      default: "vrrp_garp_lower_prio_delay of global_defs",
    },
  ),
  garp_lower_prio_repeat: keyword("Announcements in each of those", integer(0, U32), {
    default: "vrrp_garp_lower_prio_repeat of global_defs",
  }),
  garp_extra_if: EXTRA,
  vmac_garp_intvl: spelling("garp_extra_if", EXTRA, {
    insteadOf: "garp_extra_if",
    isRefused: true,
  }),
} as const;

export const GARP_GROUP = {
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
} as const;
