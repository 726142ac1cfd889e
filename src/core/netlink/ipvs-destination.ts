/** Destinations of IPVS, its real servers: IPVS_DEST_ATTR_* and IP_VS_CONN_F_* of linux/ip_vs.h. */
import { familyOf, type IpBytes } from "../addr.ts";
import { mustFit } from "../bytes.ts";
import type { Decoded } from "../result.ts";
import { decodeGenl } from "./genl.ts";
import type { HostReader } from "./host-bytes.ts";
import {
  addressFamilyOf,
  type DestinationAttributes,
  type DestinationSettings,
  familyOfNumber,
  IPVS,
  IPVS_COMMANDS,
  IPVS_SETTINGS,
  type IpvsRequest,
  inetAddress,
  ipvsRequest,
} from "./ipvs.ts";
import { idAttributes, type ServiceId } from "./ipvs-service.ts";
import { type IpvsStats, statsOf } from "./ipvs-stats.ts";
import { REQUEST_FLAGS } from "./message.ts";

export interface IpvsDestination {
  readonly ip: IpBytes; // of another family than its service with a tunnel alone
  readonly port: number; // u16
  readonly forwarding: IpvsForwarding;
  readonly weight: number; // 0..2^31-1; 0: it keeps the connections that it has
  readonly upperThreshold: number; // u32, connections; 0: none
  readonly lowerThreshold: number; // u32
}

export type IpvsForwarding =
  | { readonly by: "masq" | "local" | "direct" | "bypass" }
  | ({ readonly by: "tunnel" } & IpvsTunnel);

export interface IpvsTunnel {
  readonly type: TunnelType;
  readonly port: number; // u16, of gue alone, else 0
  readonly checksum: TunnelChecksum; // of gue and gre, else "none"
}

export type TunnelType = (typeof TUNNEL_TYPES)[number];
export type TunnelChecksum = (typeof TUNNEL_CHECKSUMS)[number];

/** A destination as the kernel tells it. */
export interface CountedDestination {
  readonly destination: IpvsDestination;
  readonly active: number; // connections that are open
  readonly inactive: number; // that are being closed, or of UDP
  readonly persistent: number; // templates of persistence
  readonly stats: IpvsStats;
}

/** An answer to `dumpDestinations`. Codes: `short`, `other-family`, `no-*`, those of attributes. */
export const decodeDestination = (body: Uint8Array): Decoded<CountedDestination> =>
  decodeGenl("ipvs-destination", body, IPVS, ({ destination: told }, r) => ({
    destination: settingsOf(told, r),
    active: told?.activeConnections ?? 0,
    inactive: told?.inactiveConnections ?? 0,
    persistent: told?.persistentConnections ?? 0,
    stats: statsOf(r, told?.stats64),
  }));

/** The same, where nobody asks what is counted: in half of the time. */
export const decodeDestinationSettings = (body: Uint8Array): Decoded<IpvsDestination> =>
  decodeGenl("ipvs-destination", body, IPVS_SETTINGS, ({ destination }, r) =>
    settingsOf(destination, r),
  );

/** All of a service. */
export const dumpDestinations = (service: ServiceId): IpvsRequest =>
  ipvsRequest(IPVS_COMMANDS.getDestination, { service: idAttributes(service) }, REQUEST_FLAGS.dump);

/** Refused with EEXIST where there is one of this address and port, with ESRCH without the service. */
export const addDestination = (service: ServiceId, destination: IpvsDestination): IpvsRequest =>
  destinationRequest(IPVS_COMMANDS.newDestination, service, attributesOf(destination));

/** Refused with ENOENT where there is none. Its connections stay. */
export const setDestination = (service: ServiceId, destination: IpvsDestination): IpvsRequest =>
  destinationRequest(IPVS_COMMANDS.setDestination, service, attributesOf(destination));

/** Refused with ENOENT where there is none. */
export const deleteDestination = (
  service: ServiceId,
  destination: Pick<IpvsDestination, "ip" | "port">,
): IpvsRequest =>
  destinationRequest(IPVS_COMMANDS.deleteDestination, service, keyAttributes(destination));

const destinationRequest = (
  command: number,
  service: ServiceId,
  destination: DestinationAttributes,
): IpvsRequest => ipvsRequest(command, { service: idAttributes(service), destination });

const keyAttributes = ({
  ip,
  port,
}: Pick<IpvsDestination, "ip" | "port">): DestinationAttributes => ({
  address: ip,
  port,
  family: addressFamilyOf(familyOf(ip)),
});

/** Each named once: V8 takes its time for objects that are spread into others. */
function attributesOf(destination: IpvsDestination): DestinationAttributes {
  const { ip, port, forwarding, weight, upperThreshold, lowerThreshold } = destination;
  mustFit(weight, MOST_WEIGHT);
  const tunnel = forwarding.by === "tunnel" ? forwarding : undefined;
  return {
    address: ip,
    port,
    forwarding: FORWARDINGS.indexOf(forwarding.by),
    weight,
    upperThreshold,
    lowerThreshold,
    family: addressFamilyOf(familyOf(ip)),
    tunnelType: tunnel && TUNNEL_TYPES.indexOf(tunnel.type),
    tunnelPort: tunnel?.port,
    tunnelFlags: tunnel && TUNNEL_CHECKSUMS.indexOf(tunnel.checksum),
  };
}

function settingsOf(told: DestinationSettings | undefined, r: HostReader): IpvsDestination {
  if (told === undefined) return r.fail("no-destination");
  const by = FORWARDINGS[(told.forwarding ?? 0) & FORWARDING_MASK];
  if (by === undefined) return r.fail("other-forwarding");
  return {
    ip: inetAddress(r, told.address, familyOfNumber(r, told.family)),
    port: told.port ?? 0,
    forwarding: by === "tunnel" ? { by, ...tunnelOf(told) } : { by },
    weight: told.weight ?? 0,
    upperThreshold: told.upperThreshold ?? 0,
    lowerThreshold: told.lowerThreshold ?? 0,
  };
}

function tunnelOf({
  tunnelType = 0,
  tunnelPort = 0,
  tunnelFlags = 0,
}: DestinationSettings): IpvsTunnel {
  return {
    type: TUNNEL_TYPES[tunnelType] ?? "ipip",
    port: tunnelPort,
    checksum: TUNNEL_CHECKSUMS[tunnelFlags] ?? "none",
  };
}

/** IP_VS_CONN_F_MASQ and those that follow, by their numbers. */
const FORWARDINGS = ["masq", "local", "tunnel", "direct", "bypass"] as const;
const FORWARDING_MASK = 7;
/** An int of the kernel's. */
export const MOST_WEIGHT = 0x7fff_ffff;

/** IP_VS_CONN_F_TUNNEL_TYPE_*, by their numbers. */
export const TUNNEL_TYPES = ["ipip", "gue", "gre"] as const;

/** IP_VS_TUNNEL_ENCAP_FLAG_*, by their numbers. */
export const TUNNEL_CHECKSUMS = ["none", "sum", "remote"] as const;
