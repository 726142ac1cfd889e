/** Virtual services of IPVS: IPVS_SVC_ATTR_* and IP_VS_SVC_F_* of linux/ip_vs.h. */
import { addressBits, type Family, familyOf, type IpBytes } from "../addr.ts";
import { mustFit } from "../bytes.ts";
import type { Decoded } from "../result.ts";
import { decodeGenl } from "./genl.ts";
import { HostReader, HostWriter } from "./host-bytes.ts";
import {
  addressFamilyOf,
  familyOfNumber,
  IPVS,
  IPVS_COMMANDS,
  type IpvsRequest,
  inetAddress,
  ipvsRequest,
  type ServiceAttributes,
} from "./ipvs.ts";
import { type IpvsStats, statsOf } from "./ipvs-stats.ts";
import { REQUEST_FLAGS } from "./message.ts";

/** By what packets are known to be for a service. */
export type ServiceId =
  | {
      readonly by: "address";
      readonly protocol: IpvsProtocol;
      readonly ip: IpBytes;
      readonly port: number; // u16, 0: all ports, of a persistent service alone
    }
  | { readonly by: "fwmark"; readonly mark: number; readonly family: Family }; // u32, not 0

export type IpvsProtocol = keyof typeof PROTOCOLS;

export interface IpvsService {
  readonly id: ServiceId;
  readonly scheduler: string;
  readonly schedulerFlags: number; // bits 1, 2 and 4 are flag-1, flag-2 and flag-3
  readonly onePacket: boolean; // each packet of UDP is scheduled anew
  readonly persistence: Persistence | null;
}

export interface Persistence {
  readonly timeoutS: number; // u32, 1 at least
  readonly netmask: number; // IPv4: u32 mask, 0xffffffff for one host; IPv6: prefix length 1..128
  readonly engine: string | null; // IP_VS_PE: "sip"
}

/** A service as the kernel tells it. */
export interface CountedService {
  readonly service: IpvsService;
  readonly stats: IpvsStats;
}

export const serviceFamily = (id: ServiceId): Family =>
  id.by === "address" ? familyOf(id.ip) : id.family;

/** The netmask that makes each host a client of its own. */
export const hostNetmask = (family: Family): number => (family === 4 ? 0xffffffff : 128);

/** An answer to `dumpServices`. Codes: `short`, `other-family`, `no-*`, those of attributes. */
export const decodeService = (body: Uint8Array): Decoded<CountedService> =>
  decodeGenl("ipvs-service", body, IPVS, ({ service }, r) => {
    if (service === undefined) return r.fail("no-service");
    const { scheduler, flags = 0 } = service;
    if (scheduler === undefined) return r.fail("no-scheduler");
    const id = idOf(service, r);
    return {
      service: {
        id,
        scheduler,
        schedulerFlags: (flags >>> SCHEDULER_FLAGS_SHIFT) & SCHEDULER_FLAGS_MASK,
        onePacket: (flags & ONE_PACKET) !== 0,
        persistence: (flags & PERSISTENT) === 0 ? null : persistenceOf(service, id, r),
      },
      stats: statsOf(r, service.stats64),
    };
  });

export const dumpServices = (): IpvsRequest =>
  ipvsRequest(IPVS_COMMANDS.getService, {}, REQUEST_FLAGS.dump);

/** Refused with EEXIST where there is one of this id, with ENOENT without its scheduler or engine. */
export const addService = (service: IpvsService): IpvsRequest =>
  ipvsRequest(IPVS_COMMANDS.newService, { service: attributesOf(service) });

/** Refused with ESRCH where there is none. Connections and destinations stay. */
export const setService = (service: IpvsService): IpvsRequest =>
  ipvsRequest(IPVS_COMMANDS.setService, { service: attributesOf(service) });

/** Its destinations go with it. Refused with ESRCH where there is none. */
export const deleteService = (id: ServiceId): IpvsRequest =>
  ipvsRequest(IPVS_COMMANDS.deleteService, { service: idAttributes(id) });

/** Sets the counters of a service and its destinations to 0, or those of all. */
export const zeroCounters = (id: ServiceId | null): IpvsRequest =>
  ipvsRequest(IPVS_COMMANDS.zero, id === null ? {} : { service: idAttributes(id) });

/** Removes all services. */
export const flushServices = (): IpvsRequest => ipvsRequest(IPVS_COMMANDS.flush, {});

/** What names a service in a request. */
export function idAttributes(id: ServiceId): ServiceAttributes {
  const family = addressFamilyOf(serviceFamily(id));
  if (id.by === "fwmark") return { family, fwmark: id.mark };
  return { family, protocol: PROTOCOLS[id.protocol], address: id.ip, port: id.port };
}

function idOf(service: ServiceAttributes, r: HostReader): ServiceId {
  const family = familyOfNumber(r, service.family);
  if (service.fwmark) return { by: "fwmark", mark: service.fwmark, family };
  const protocol = PROTOCOL_NAMES.get(service.protocol ?? 0);
  if (protocol === undefined || service.port === undefined) return r.fail("no-protocol");
  const ip = inetAddress(r, service.address, family);
  return { by: "address", protocol, ip, port: service.port };
}

function persistenceOf(
  { timeoutS = 0, netmask, engine }: ServiceAttributes,
  id: ServiceId,
  r: HostReader,
): Persistence {
  if (netmask?.length !== 4) return r.fail("no-netmask");
  const bits = new HostReader(netmask);
  const told = serviceFamily(id) === 4 ? bits.be32() : bits.u32();
  return { timeoutS, netmask: told, engine: engine ?? null };
}

function attributesOf(service: IpvsService): ServiceAttributes {
  const { id, scheduler, schedulerFlags, onePacket, persistence } = service;
  const family = serviceFamily(id);
  const netmask = persistence?.netmask ?? hostNetmask(family);
  mustFit(schedulerFlags, SCHEDULER_FLAGS_MASK);
  const w = new HostWriter();
  if (family === 4) w.be32(netmask);
  else if (netmask < 1 || netmask > addressBits(6)) throw new RangeError("no prefix length");
  else w.u32(netmask);
  const { protocol, address, port, fwmark } = idAttributes(id);
  return {
    family: addressFamilyOf(family),
    protocol,
    address,
    port,
    fwmark,
    scheduler,
    flags:
      (persistence === null ? 0 : PERSISTENT) |
      (onePacket ? ONE_PACKET : 0) |
      (schedulerFlags << SCHEDULER_FLAGS_SHIFT),
    timeoutS: persistence?.timeoutS ?? 0,
    netmask: w.bytes(),
    engine: persistence?.engine ?? undefined,
  };
}

/** IPPROTO_*. */
const PROTOCOLS = { tcp: 6, udp: 17, sctp: 132 } as const;
const PROTOCOL_NAMES = new Map<number, IpvsProtocol>(
  (Object.keys(PROTOCOLS) as IpvsProtocol[]).map((name) => [PROTOCOLS[name], name]),
);

/** IP_VS_SVC_F_*. */
const PERSISTENT = 0x1;
const ONE_PACKET = 0x4;
const SCHEDULER_FLAGS_SHIFT = 3;
const SCHEDULER_FLAGS_MASK = 7;
