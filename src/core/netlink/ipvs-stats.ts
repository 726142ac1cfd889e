/** What IPVS counts for a service or a destination: IPVS_STATS_ATTR_* of linux/ip_vs.h, 64 bits each. */
import type { HostReader } from "./host-bytes.ts";
import type { StatsAttributes } from "./ipvs.ts";

/** Rates are of the last seconds, as the kernel estimates them. */
export interface IpvsStats {
  readonly connections: bigint;
  readonly inPackets: bigint;
  readonly outPackets: bigint;
  readonly inBytes: bigint;
  readonly outBytes: bigint;
  readonly connectionsPerS: bigint;
  readonly inPacketsPerS: bigint;
  readonly outPacketsPerS: bigint;
  readonly inBytesPerS: bigint;
  readonly outBytesPerS: bigint;
}

/** Fails with `no-stats` where one is not told. */
export function statsOf(r: HostReader, stats: StatsAttributes | undefined): IpvsStats {
  for (const name of NAMES) if (stats?.[name] === undefined) r.fail("no-stats");
  return stats as IpvsStats;
}

const NAMES = [
  ...(["connections", "inPackets", "outPackets", "inBytes", "outBytes"] as const),
  ...(["connectionsPerS", "inPacketsPerS", "outPacketsPerS"] as const),
  ...(["inBytesPerS", "outBytesPerS"] as const),
];
