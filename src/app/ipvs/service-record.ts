/** What IPVS has and counts, as records. */
import { formatIp } from "../../core/addr.ts";
import type { IpvsDaemon, IpvsTimeouts } from "../../core/netlink/ipvs-daemon.ts";
import type { CountedDestination } from "../../core/netlink/ipvs-destination.ts";
import type { IpvsStats } from "../../core/netlink/ipvs-stats.ts";
import { methodText, serviceFields } from "../../proto/ipvs/fields.ts";
import { schedulerFlagNames } from "../../proto/ipvs/scheduler-flags.ts";
import { destinationKey, serviceKey } from "../../proto/ipvs/table.ts";
import type { CountedVirtualService } from "./kernel.ts";

/** Since the counters were last set to 0, and in the last seconds. */
export interface StatsRecord {
  readonly connections: bigint;
  readonly in_packets: bigint;
  readonly out_packets: bigint;
  readonly in_bytes: bigint;
  readonly out_bytes: bigint;
  readonly connections_per_s: bigint;
  readonly in_packets_per_s: bigint;
  readonly out_packets_per_s: bigint;
  readonly in_bytes_per_s: bigint;
  readonly out_bytes_per_s: bigint;
}

/** Connections of now. */
export interface ConnectionsRecord {
  readonly weight: number;
  readonly active: number;
  readonly inactive: number;
  readonly persistent: number;
}

export interface IpvsServerRecord extends ConnectionsRecord, StatsRecord {
  readonly server: string; // 10.0.0.1:80
  readonly method: string; // nat, direct, tunnel gue:6080 sum
  readonly upper: number | null; // null: none
  readonly lower: number | null;
}

/** Weight and connections are the sums of its servers. */
export interface IpvsServiceRecord extends ConnectionsRecord, StatsRecord {
  readonly service: string; // tcp 192.0.2.1:80, fwmark 5 inet6
  readonly scheduler: string;
  readonly flags: readonly string[];
  readonly persistence_s: number | null;
  readonly netmask: string | null; // null: each host is a client of its own
  readonly engine: string | null;
  readonly one_packet: boolean;
  readonly servers: readonly IpvsServerRecord[];
}

export function ipvsServiceRecord(counted: CountedVirtualService): IpvsServiceRecord {
  const { service, stats, destinations } = counted;
  const { id, scheduler, schedulerFlags, onePacket, persistence } = service;
  const servers = destinations.map(ipvsServerRecord);
  const sum = (name: keyof ConnectionsRecord): number =>
    servers.reduce((all, one) => all + one[name], 0);
  return {
    service: serviceKey(id),
    scheduler,
    flags: schedulerFlagNames(scheduler, schedulerFlags),
    persistence_s: persistence?.timeoutS ?? null,
    netmask: serviceFields(service).netmask ?? null,
    engine: persistence?.engine ?? null,
    one_packet: onePacket,
    weight: sum("weight"),
    active: sum("active"),
    inactive: sum("inactive"),
    persistent: sum("persistent"),
    ...statsRecord(stats),
    servers,
  };
}

function ipvsServerRecord(counted: CountedDestination): IpvsServerRecord {
  const { destination, active, inactive, persistent, stats } = counted;
  const { forwarding, weight, upperThreshold, lowerThreshold } = destination;
  return {
    server: destinationKey(destination),
    method: methodText(forwarding),
    upper: upperThreshold || null,
    lower: lowerThreshold || null,
    ...{ weight, active, inactive, persistent },
    ...statsRecord(stats),
  };
}

const statsRecord = (stats: IpvsStats): StatsRecord => ({
  connections: stats.connections,
  in_packets: stats.inPackets,
  out_packets: stats.outPackets,
  in_bytes: stats.inBytes,
  out_bytes: stats.outBytes,
  connections_per_s: stats.connectionsPerS,
  in_packets_per_s: stats.inPacketsPerS,
  out_packets_per_s: stats.outPacketsPerS,
  in_bytes_per_s: stats.inBytesPerS,
  out_bytes_per_s: stats.outBytesPerS,
});

export interface IpvsSettingsRecord {
  readonly timeouts: { readonly tcp_s: number; readonly tcp_fin_s: number; readonly udp_s: number };
  readonly daemons: readonly IpvsDaemonRecord[];
}

export interface IpvsDaemonRecord {
  readonly role: IpvsDaemon["role"];
  readonly interface: string;
  readonly sync_id: number;
  readonly max_bytes: number;
  readonly group: string | null;
  readonly port: number;
  readonly ttl: number;
}

export const ipvsSettingsRecord = (
  { tcpS, tcpFinS, udpS }: IpvsTimeouts,
  daemons: readonly IpvsDaemon[],
): IpvsSettingsRecord => ({
  timeouts: { tcp_s: tcpS, tcp_fin_s: tcpFinS, udp_s: udpS },
  daemons: daemons.map(({ role, ifName, syncId, maxBytes, group, port, ttl }) => ({
    ...{ role, interface: ifName, sync_id: syncId, max_bytes: maxBytes },
    ...{ group: group && formatIp(group), port, ttl },
  })),
});
