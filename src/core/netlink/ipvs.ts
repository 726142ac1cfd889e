/** The generic netlink family of IPVS: its commands and attributes, as tables (linux/ip_vs.h). */
import type { Family, IpBytes } from "../addr.ts";
import {
  type AttrRow,
  type AttrValues,
  be16,
  nested,
  raw,
  text,
  u8,
  u16,
  u32,
  u64,
} from "./attributes.ts";
import { genlBody } from "./genl.ts";
import type { HostReader } from "./host-bytes.ts";
import type { NetlinkRequest } from "./message.ts";

/** IPVS_GENL_NAME. */
export const IPVS_FAMILY = "IPVS";

/** A request to IPVS without the number of its family, which is another on each host and boot. */
export type IpvsRequest = Omit<NetlinkRequest, "type">;

export const ipvsRequest = (
  command: number,
  values: AttrValues<typeof IPVS>,
  flags = 0,
): IpvsRequest => ({ flags, body: genlBody(command, IPVS_GENL_VERSION, IPVS, values) });

/** IPVS_CMD_*. */
export const IPVS_COMMANDS = {
  newService: 1,
  setService: 2,
  deleteService: 3,
  getService: 4,
  newDestination: 5,
  setDestination: 6,
  deleteDestination: 7,
  getDestination: 8,
  newDaemon: 9,
  deleteDaemon: 10,
  getDaemon: 11,
  setConfig: 12,
  getConfig: 13,
  getInfo: 15,
  zero: 16,
  flush: 17,
} as const;

/** AF_INET, AF_INET6. */
export const addressFamilyOf = (family: Family): number => (family === 4 ? 2 : 10);

/** Fails with `other-family`. */
export function familyOfNumber(r: HostReader, number: number | undefined): Family {
  if (number === 2) return 4;
  return number === 10 ? 6 : r.fail("other-family");
}

/** Of union nf_inet_addr, which has 16 bytes for either family. Fails with `no-address`. */
export function inetAddress(r: HostReader, bytes: Uint8Array | undefined, family: Family): IpBytes {
  const length = family === 4 ? 4 : 16;
  if (bytes === undefined || bytes.length < length) return r.fail("no-address");
  return bytes.slice(0, length);
}

/** struct ip_vs_flags: those bits of `flags` count that are in its mask; we write all. */
const serviceFlags = (type: number): AttrRow<number> => ({
  type,
  accepts: (length) => length === 8,
  read: (r) => {
    const flags = r.u32();
    r.skip(4);
    return flags;
  },
  write: (w, value) => w.u32(value).u32(0xffffffff),
});

/** IPVS_STATS_ATTR_*, as within STATS64. */
const STATS = {
  connections: u64(1),
  inPackets: u64(2),
  outPackets: u64(3),
  inBytes: u64(4),
  outBytes: u64(5),
  connectionsPerS: u64(6),
  inPacketsPerS: u64(7),
  outPacketsPerS: u64(8),
  inBytesPerS: u64(9),
  outBytesPerS: u64(10),
} as const;

/** IPVS_SVC_ATTR_*. */
const SERVICE = {
  family: u16(1),
  protocol: u16(2),
  address: raw(3),
  port: be16(4),
  fwmark: u32(5),
  scheduler: text(6),
  flags: serviceFlags(7),
  timeoutS: u32(8),
  netmask: raw(9),
  engine: text(11),
  stats64: nested(12, STATS),
} as const;

/** IPVS_DEST_ATTR_* that are asked for. */
const DESTINATION_SETTINGS = {
  address: raw(1),
  port: be16(2),
  forwarding: u32(3),
  weight: u32(4),
  upperThreshold: u32(5),
  lowerThreshold: u32(6),
  family: u16(11),
  tunnelType: u8(13),
  tunnelPort: be16(14),
  tunnelFlags: u16(15),
} as const;

/** All of them. */
const DESTINATION = {
  ...DESTINATION_SETTINGS,
  activeConnections: u32(7),
  inactiveConnections: u32(8),
  persistentConnections: u32(9),
  stats64: nested(12, STATS),
} as const;

/** IPVS_DAEMON_ATTR_*. */
const DAEMON = {
  state: u32(1),
  ifName: text(2),
  syncId: u32(3),
  maxBytes: u16(4),
  group4: raw(5),
  group6: raw(6),
  port: u16(7), // host order, unlike others
  ttl: u8(8),
} as const;

/** IPVS_CMD_ATTR_*. */
export const IPVS = {
  service: nested(1, SERVICE),
  destination: nested(2, DESTINATION),
  daemon: nested(3, DAEMON),
  tcpS: u32(4),
  tcpFinS: u32(5),
  udpS: u32(6),
} as const;

/** Of a destination no more than its settings: what is not read takes no time. */
export const IPVS_SETTINGS = { destination: nested(2, DESTINATION_SETTINGS) } as const;

/** IPVS_INFO_ATTR_*. */
export const IPVS_INFO = {
  version: u32(1),
  connectionTableSize: u32(2),
} as const;

export type ServiceAttributes = AttrValues<typeof SERVICE>;
export type DestinationAttributes = AttrValues<typeof DESTINATION>;
export type DestinationSettings = AttrValues<typeof DESTINATION_SETTINGS>;
export type DaemonAttributes = AttrValues<typeof DAEMON>;
export type StatsAttributes = AttrValues<typeof STATS>;

const IPVS_GENL_VERSION = 1;
