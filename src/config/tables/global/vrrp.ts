/** global_defs: what holds for each virtual router that says nothing else. */
import { multicastGroup } from "../../addresses.ts";
import {
  flag,
  integer,
  interfaceName,
  oneOf,
  optional,
  present,
  seconds,
  text,
} from "../../arguments.ts";
import { OFF_WAS_ON, OPTIONS_CLASH } from "../../codes/values.ts";
import { type Argument, acting, keyword } from "../../keyword.ts";

/** Read since 2.3.0. */
const lateFlag: Argument<boolean> = {
  usage: flag.usage,
  read(reading) {
    const word = reading.peek();
    const isOn = flag.read(reading);
    if (isOn === false && word !== undefined) {
      const message = `'${reading.keyword.text} ${word.text}' switches it on before 2.3.0`;
      reading.refuse(OFF_WAS_ON, word.span, message, { help: "leave the keyword out" });
    }
    return isOn;
  },
};

/** How large the buffers of received adverts are. */
export interface BufferPolicy {
  readonly size: "MTU" | "ADVERT" | number | null; // null: as the system has it
  readonly isNoneOfSenders: boolean; // sockets that send have no buffer
}

const U32 = 2 ** 32 - 1;
const bufferBytes = integer(0, U32);

const bufferPolicy: Argument<BufferPolicy> = {
  usage: "MTU|ADVERT|NO_SEND_RX|BYTES",
  read(reading) {
    let size: BufferPolicy["size"] = null;
    let isNoneOfSenders = false;
    do {
      const word = reading.peek();
      const name = word?.text.toUpperCase();
      if (name === "NO_SEND_RX") {
        reading.take();
        isNoneOfSenders = true;
        continue;
      }
      if (name === "MTU" || name === "ADVERT") reading.take();
      const read = name === "MTU" || name === "ADVERT" ? name : bufferBytes.read(reading);
      if (read === undefined) return undefined;
      if (size !== null && word !== undefined) {
        reading.refuse(OPTIONS_CLASH, word.span, `'${word.text}' would be a second size`);
      } else size = read;
    } while (reading.peek() !== undefined);
    return { size, isNoneOfSenders };
  },
};

const startDelay = seconds(0.001, U32 / 1e6);

const DEFAULTS = {
  vrrp_version: keyword("Version of VRRP", integer(2, 3), { default: "2, 3 of IPv6" }),
  vrrp_strict: keyword("Does what the RFC says and nothing else", lateFlag, { default: "off" }),
  vrrp_skip_check_adv_addr: keyword(
    "Compares the addresses in adverts of a new MASTER alone",
    lateFlag,
    { default: "off" },
  ),
  vrrp_check_unicast_src: keyword("Discards unicast adverts of others than the peers", present),
  vrrp_lower_prio_no_advert: keyword("Answers an advert of lower priority with silence", flag, {
    default: "off, on with vrrp_strict",
  }),
  vrrp_higher_prio_send_advert: keyword("Sends one more advert before it gives way", flag, {
    default: "off",
  }),
  vrrp_owner_ignore_adverts: keyword("Ignores all adverts where it owns the addresses", flag, {
    default: "off",
    since: "2.3.3",
  }),
  vrrp_down_timer_adverts: keyword(
    "Adverts that may be missing before a BACKUP takes over",
    integer(1, 100),
    { default: "3" },
  ),
  v3_checksum_as_v2: keyword("Leaves the pseudo header out of checksums of version 3", present, {
    since: "2.2.8",
  }),
  log_unknown_vrids: keyword("Logs adverts of routers that are not configured", present),
  vrrp_notify_priority_changes: keyword("Tells FIFOs of each change of a priority", flag, {
    default: "off",
    actsIn: "up",
  }),
  vrrp_mcast_group4: keyword("Group that IPv4 adverts are sent to", multicastGroup(4), {
    default: "224.0.0.18",
  }),
  vrrp_mcast_group6: keyword("Group that IPv6 adverts are sent to", multicastGroup(6), {
    default: "ff02::12",
  }),
  default_interface: keyword("Interface of static addresses that name none", interfaceName, {
    default: "eth0",
  }),
  dynamic_interfaces: keyword(
    "Takes interfaces that are not there yet, and perhaps others of the same name later",
    optional(oneOf("allow_if_changes"), null),
  ),
  disable_local_igmp: keyword("Keeps the kernel from reporting groups of the link", present),
  vrrp_startup_delay: keyword("Time before the first router takes part", startDelay, {
    unit: "s",
    default: "none",
  }),
  vrrp_delay_after_boot: keyword("The same from the start of the host on", startDelay, {
    unit: "s",
    default: "none",
    since: "2.4.0",
  }),
  vrrp_rx_bufs_policy: keyword("Size of the buffers that adverts wait in", bufferPolicy, {
    default: "that of the system",
  }),
  vrrp_rx_bufs_multiplier: keyword("Adverts of that size that a buffer holds", integer(1, U32), {
    default: "3",
  }),
  vmac_prefix: keyword("Beginning of the names of VMACs", text("PREFIX"), {
    default: "vrrp",
    isFirst: true,
  }),
  vmac_addr_prefix: keyword("The same of VMACs on other interfaces", text("PREFIX"), {
    default: "that of vmac_prefix",
    isFirst: true,
  }),
} as const;

export const VRRP_DEFAULTS = acting("up", DEFAULTS, [
  "log_unknown_vrids",
  "disable_local_igmp",
  "vmac_addr_prefix",
]);
