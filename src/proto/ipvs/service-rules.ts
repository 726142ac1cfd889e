/** What a virtual service cannot be: the kernel looks at little of it, and does nothing with what does not fit. */
import { isMulticastIp, isUnspecifiedIp } from "../../core/addr.ts";
import { type IpvsService, serviceFamily } from "../../core/netlink/ipvs-service.ts";
import type { Rule } from "./rules.ts";
import { schedulerFlagNames } from "./scheduler-flags.ts";

export const serviceRules: readonly Rule<IpvsService>[] = [
  {
    code: "scheduler-name",
    severity: "error",
    tell: ({ scheduler }) =>
      !NAME.test(scheduler) && "the name of a scheduler has 1 to 15 characters",
  },
  {
    code: "engine-name",
    severity: "error",
    tell: ({ persistence }) =>
      !NAME.test(persistence?.engine ?? "none") &&
      "the name of a persistence engine has 1 to 15 characters",
  },
  {
    code: "persistence-timeout",
    severity: "error",
    tell: ({ persistence }) =>
      persistence !== null &&
      persistence.timeoutS > MOST_SECONDS &&
      `a persistence of more than ${MOST_SECONDS} seconds is cut by the kernel`,
  },
  {
    code: "persistence-mask",
    severity: "error",
    tell: ({ id, persistence }) =>
      persistence !== null &&
      serviceFamily(id) === 6 &&
      (persistence.netmask < 1 || persistence.netmask > 128) &&
      "the netmask of IPv6 is a length of 1..128",
  },
  {
    code: "persistence-zero",
    severity: "warning",
    tell: ({ persistence }) =>
      persistence?.timeoutS === 0 && "a persistence of 0 seconds is none: leave it out",
  },
  {
    code: "persistence-mask-holes",
    severity: "warning",
    tell: ({ id, persistence }) =>
      persistence !== null &&
      serviceFamily(id) === 4 &&
      hasHoles(persistence.netmask) &&
      "the netmask of its persistence has holes",
  },
  {
    code: "port-zero",
    severity: "warning",
    tell: ({ id, persistence }) =>
      id.by === "address" &&
      id.port === 0 &&
      persistence === null &&
      "without persistence a service of all ports gets no connection: add persistence, or name the port",
  },
  {
    code: "service-address",
    severity: "warning",
    tell: ({ id }) =>
      id.by === "address" &&
      (isUnspecifiedIp(id.ip) || isMulticastIp(id.ip) || isBroadcast(id.ip)) &&
      "no packet to this address comes to IPVS: a service has an address of its own",
  },
  {
    code: "one-packet",
    severity: "warning",
    tell: ({ id, onePacket }) =>
      onePacket &&
      id.by === "address" &&
      id.protocol !== "udp" &&
      `one-packet scheduling does nothing for ${id.protocol}: only packets of udp are scheduled one by one`,
  },
  {
    code: "one-packet-persistent",
    severity: "warning",
    tell: ({ onePacket, persistence }) =>
      onePacket &&
      persistence !== null &&
      persistence.engine === null &&
      "persistence sends all packets of a client to one server: they are not scheduled one by one",
  },
  {
    code: "engine-protocol",
    severity: "warning",
    tell: ({ id, persistence }) =>
      persistence?.engine === "sip" &&
      id.by === "address" &&
      id.protocol !== "udp" &&
      `with the engine sip no connection of ${id.protocol} is scheduled: it reads udp alone`,
  },
  {
    code: "scheduler-flags",
    severity: "warning",
    tell({ scheduler, schedulerFlags }) {
      const names = schedulerFlagNames(scheduler, schedulerFlags);
      const [idle] = names.filter((name) => name.startsWith("flag-"));
      return idle !== undefined && `${idle} does nothing for the scheduler ${scheduler}`;
    },
  },
];

/** Ones behind a zero. */
const hasHoles = (netmask: number): boolean => ((~netmask + 1) & ~netmask) !== 0;

const isBroadcast = (ip: Uint8Array): boolean =>
  ip.length === 4 && ip.every((byte) => byte === 255);

/** IP_VS_SCHEDNAME_MAXLEN, IP_VS_PENAME_MAXLEN. */
const NAME = /^[!-~]{1,15}$/;
/** Of a 32-bit counter of milliseconds, where the kernel has a thousand ticks a second. */
const MOST_SECONDS = 4_294_967;
