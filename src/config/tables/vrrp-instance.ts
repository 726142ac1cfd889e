/** `vrrp_instance NAME { ... }`: a virtual router. */
import { addressAlone, multicastGroup } from "../addresses.ts";
import {
  flag,
  insteadOfRefused,
  integer,
  interfaceName,
  oneOf,
  optional,
  present,
  seconds,
} from "../arguments.ts";
import { blockOf } from "../block.ts";
import { OFF_IS_ON } from "../codes/values.ts";
import { commandOf } from "../compound.ts";
import { virtualAddress } from "../entries/address.ts";
import { unicastPeer } from "../entries/peer.ts";
import { virtualRoute } from "../entries/route.ts";
import { virtualRule } from "../entries/rule.ts";
import { type Argument, acting, keyword, keywords, spelling } from "../keyword.ts";
import { listOf } from "../list.ts";
import { ipvlan, vmac } from "../vmac.ts";
import { AUTH_HMAC, AUTHENTICATION } from "./authentication.ts";
import { GARP } from "./garp.ts";
import { NOTIFY } from "./notify.ts";
import { TRACK } from "./track.ts";

/** keepalived reads off, and sets it. */
const flagThatStays: Argument<true> = {
  usage: "[on]",
  read(reading) {
    const word = reading.peek();
    const isOn = flag.read(reading);
    if (isOn === false && word !== undefined) {
      const message = `'${reading.keyword.text} ${word.text}' switches it on`;
      reading.refuse(OFF_IS_ON, word.span, message, { help: "leave the keyword out" });
    }
    return isOn === undefined ? undefined : true;
  },
};

const EXPIRED = keyword(
  "Becomes BACKUP when, as MASTER, it ran so late that a router of this priority has taken over",
  optional(integer(1, 254), 254),
  { default: "254", since: "2.2.8" },
);

const IDENTITY = {
  state: keyword("State to begin with", oneOf("MASTER", "BACKUP"), {
    default: "BACKUP, MASTER with priority 255",
    isFirst: true,
  }),
  interface: keyword("Interface of the adverts", interfaceName),
  vrf: keyword("VRF of the adverts, where no interface is named", interfaceName),
  version: keyword("Version of VRRP", integer(2, 3), {
    default: "vrrp_version of global_defs",
    isFirst: true,
  }),
  virtual_router_id: keyword("Number of the virtual router on its link", integer(1, 255)),
  priority: keyword(
    "Of the routers the highest becomes MASTER; 255 owns the addresses",
    insteadOfRefused(integer(1, 255), 100),
    {
      default: "100, 255 with state MASTER",
    },
  ),
  advert_int: keyword("Time between two adverts", seconds(0.01, 255), { unit: "s", default: "1" }),
  native_ipv6: keyword("Makes it an IPv6 router", present, {
    insteadOf: "an IPv6 address in virtual_ipaddress",
  }),
} as const;

const INTERFACES = {
  use_vmac: keyword("Makes a macvlan with the virtual MAC address for the addresses", vmac),
  use_vmac_addr: keyword("Makes one too on other interfaces where addresses are", present),
  vmac_xmit_base: keyword("Sends adverts from the interface below the macvlan", present),
  use_ipvlan: keyword("Makes an ipvlan for the addresses instead", ipvlan, { isFirst: true }),
  promote_secondaries: keyword(
    "Lets other addresses of a network stay when the first of them goes",
    present,
  ),
  dont_track_primary: keyword("Is not in FAULT when its interface is down", present),
  linkbeat_use_polling: keyword("Asks the interface by polling whether it is up", present, {
    insteadOf: "the interface into linkbeat_interfaces",
    isRefused: true,
  }),
  lvs_sync_daemon_interface: keyword(
    "Synchronises IPVS connections over this interface",
    interfaceName,
    {
      insteadOf: "lvs_sync_daemon in global_defs",
      isRefused: true,
    },
  ),
} as const;

const TRANSPORT = {
  unicast_peer: keywords(
    "Sends adverts to these routers instead of a multicast group",
    listOf(unicastPeer),
  ),
  unicast_src_ip: keyword("Source address of unicast adverts", addressAlone),
  mcast_src_ip: keyword("Source address of adverts", addressAlone),
  mcast_dst_ip: keyword("Group that adverts are sent to", multicastGroup(null), {
    default: "224.0.0.18, ff02::12",
  }),
  unicast_ttl: keyword("TTL or hop limit of unicast adverts", integer(0, 255), {
    default: "255, of IPv6 that of the kernel",
  }),
  check_unicast_src: keyword("Discards unicast adverts of others than the peers", present, {
    default: "vrrp_check_unicast_src of global_defs",
  }),
  unicast_fault_no_peer: keyword(
    "Is in FAULT where no peer is named, instead of multicasting",
    present,
  ),
  old_unicast_checksum: keyword(
    "Computes the checksum of unicast adverts of version 3 as old versions did, or never accepts that one",
    optional(oneOf("never"), true),
  ),
  v3_checksum_as_v2: keyword("Leaves the pseudo header out of checksums of version 3", flag, {
    default: "v3_checksum_as_v2 of global_defs",
    since: "2.2.8",
  }),
  track_src_ip: keyword("Is in FAULT while the host lacks the source address", present),
  skip_check_adv_addr: keyword(
    "Compares the addresses in adverts of a new MASTER alone",
    flagThatStays,
    {
      default: "vrrp_skip_check_adv_addr of global_defs",
    },
  ),
  kernel_rx_buf_size: keyword("Size of the buffer that adverts wait in", integer(0, 2 ** 32 - 1), {
    unit: "bytes",
  }),
  authentication: keyword(
    "Password of version 2, which anybody on the link can read",
    blockOf(AUTHENTICATION),
  ),
  auth_hmac: keyword("Signs adverts", blockOf(AUTH_HMAC), { since: "2.4.0" }),
} as const;

const HOLDINGS = {
  virtual_ipaddress: keywords(
    "Addresses that the MASTER has and advertises",
    listOf(virtualAddress),
  ),
  virtual_ipaddress_excluded: keywords(
    "Addresses that the MASTER has and does not advertise",
    listOf(virtualAddress),
  ),
  no_virtual_ipaddress: keyword("There is no address, and that is meant", present, {
    since: "2.2.8",
  }),
  virtual_routes: keywords("Routes that the MASTER has", listOf(virtualRoute)),
  virtual_rules: keywords("Policy rules that the MASTER has", listOf(virtualRule)),
  accept: keyword("Takes packets for the addresses without owning them", present),
  no_accept: keyword("Drops packets for the addresses unless it owns them", present),
} as const;

const ELECTION = {
  nopreempt: keyword("Leaves a MASTER of lower priority alone", present),
  preempt: keyword("Takes over from a MASTER of lower priority, as is the default", present),
  preempt_delay: keyword("Time before it takes over from a lower priority", seconds(0, 1000), {
    unit: "s",
    default: "0",
  }),
  down_timer_adverts: keyword("Adverts that may be missing before it takes over", integer(1, 100), {
    default: "vrrp_down_timer_adverts of global_defs",
  }),
  timer_expired_backup: EXPIRED,
  thread_timer_expired: spelling("timer_expired_backup", EXPIRED, {
    insteadOf: "timer_expired_backup",
    isRefused: true,
    since: "2.3.2",
  }),
  lower_prio_no_advert: keyword("Answers an advert of lower priority with silence", flag, {
    default: "vrrp_lower_prio_no_advert of global_defs",
  }),
  higher_prio_send_advert: keyword("Sends one more advert before it gives way", flag, {
    default: "vrrp_higher_prio_send_advert of global_defs",
  }),
  owner_ignore_adverts: keyword("Ignores all adverts where it owns the addresses", flag, {
    default: "vrrp_owner_ignore_adverts of global_defs",
    since: "2.3.3",
  }),
  strict_mode: keyword("Does what the RFC says and nothing else", flag, {
    default: "vrrp_strict of global_defs",
  }),
  debug: keyword("Does nothing", integer(0, 4)),
} as const;

/** Of the others a note is told at the start of `ha up`, or they are of IPVS. */
const INTERFACES_UP = acting("up", INTERFACES, [
  "use_vmac_addr",
  "use_ipvlan",
  "linkbeat_use_polling",
  "lvs_sync_daemon_interface",
]);

export const VRRP_INSTANCE = {
  ...acting("up", IDENTITY, ["vrf"]),
  ...INTERFACES_UP,
  ...acting("up", TRANSPORT, ["old_unicast_checksum"]),
  ...acting("up", HOLDINGS),
  ...acting("up", ELECTION, ["debug"]),
  ...acting("up", GARP),
  ...TRACK,
  ...NOTIFY,
  notify_deleted: keyword(
    "Tells DELETED instead of FAULT when a reload removes the instance, and may run a command",
    optional(commandOf, null),
    { isFirst: true, actsIn: "up" },
  ),
  notify_master_rx_lower_pri: keyword("Run when, as MASTER, it hears a lower priority", commandOf, {
    isFirst: true,
    actsIn: "up",
  }),
} as const;
