/**
 * The addresses of a MASTER whose process is silent or being replaced: how long they may be kept for its
 * successor. Their lease is as short as the peers are fast, and may end before the successor is there; who
 * prolongs it in its place must let it end before a peer takes over all the same, as counted from the last
 * renewal by the MASTER itself, which goes with its adverts.
 */
import type { VrrpConfig } from "../vrrp/config.ts";
import { leaseEndMs, longestLeaseS } from "../vrrp/lease.ts";
import { fastestTakeoverMs, type Pace } from "../vrrp/times.ts";

export interface KeptLease {
  readonly pace: Pace;
  readonly renewedMs: number; // by the MASTER
  readonly untilMs: number; // it does not end before
}

/** A new lease of whole seconds that lasts longer than this one and still ends in time; undefined: none does. */
export function prolongedS(
  { pace, renewedMs, untilMs }: KeptLease,
  nowMs: number,
): number | undefined {
  const leaseS = longestLeaseS(renewedMs + fastestTakeoverMs(pace) - nowMs);
  return leaseS >= 1 && nowMs + leaseS * 1000 > untilMs ? leaseS : undefined;
}

/** Whether there could be such a lease at all: at short intervals the shortest one lasts too long. */
export const canProlong = (config: Pace & Pick<VrrpConfig, "leaseS">): boolean =>
  config.leaseS !== null && leaseEndMs(1) < fastestTakeoverMs(config);
