/**
 * How long the kernel keeps the addresses of a MASTER that no longer renews them, because it was
 * killed or does not run. The aim is that they are gone before any peer takes over.
 *
 * Linux counts lifetimes in whole seconds and ends them late, never early: `check_lifetime` of
 * net/ipv4/devinet.c and `addrconf_verify_rtnl` of net/ipv6/addrconf.c allow themselves a quarter of a
 * second, and the timer behind them is rounded up by as much as 8/63 of the wait (kernel/time/timer.c).
 */
import { formatDurationMs } from "../../core/duration.ts";
import type { VrrpConfig } from "./config.ts";
import { fastestTakeoverMs, type Pace } from "./times.ts";

/** The longest lease that ends before the fastest peer takes over, but no shorter than adverts renew it. */
export function chooseLeaseS(pace: Pace): number {
  const longestS = longestLeaseS(fastestTakeoverMs(pace));
  return Math.max(Math.floor(pace.adverIntervalMs / 1000) + 1, longestS);
}

/** Of those that have ended when so much time has gone by; below 1: none has. */
export const longestLeaseS = (withinMs: number): number =>
  Math.floor((withinMs - SLACK_MS) / 1000 / (1 + WHEEL_ROUNDING));

/** When an address is gone at the latest, after its last renewal. */
export function leaseEndMs(leaseS: number): number {
  return leaseS * 1000 * (1 + WHEEL_ROUNDING) + SLACK_MS;
}

/** What a lease of this length cannot promise beside such peers: a sentence, or null. */
export function leaseCaveat(config: VrrpConfig): string | null {
  const { leaseS, adverIntervalMs } = config;
  if (leaseS === null) return null;
  const [endMs, limitMs] = [leaseEndMs(leaseS), fastestTakeoverMs(config)];
  if (endMs <= limitMs) return null;
  const [end, limit, interval] = [endMs, limitMs, adverIntervalMs].map((ms) =>
    formatDurationMs(Math.round(ms)),
  );
  return (
    `the kernel ends a lease of ${leaseS}s within ${end}, and at an interval of ${interval} peers take over ` +
    `after ${limit}: for the time between, a router that was killed or froze answers beside its successor`
  );
}

const SLACK_MS = 250;
const WHEEL_ROUNDING = 8 / 63;
