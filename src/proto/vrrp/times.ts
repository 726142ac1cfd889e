/**
 * The times of VRRP: RFC 9568 section 6.1 (version 3) and RFC 3768 section 6.1 (version 2).
 * All in milliseconds with their fractions: a rounded skew would no longer order two priorities.
 */
import type { VrrpConfig } from "./config.ts";

type Rank = Pick<VrrpConfig, "version" | "priority">;
type Patience = Rank & Pick<VrrpConfig, "downAdverts">;

/** The head start of a higher priority. Version 2 counts in seconds, version 3 in the interval. */
export function skewMs({ version, priority }: Rank, masterIntervalMs: number): number {
  const unitMs = version === 2 ? 1000 : masterIntervalMs;
  return ((256 - priority) * unitMs) / 256;
}

/** How long a BACKUP waits for an advert before it takes over. */
export function masterDownMs(patience: Patience, masterIntervalMs: number): number {
  return patience.downAdverts * masterIntervalMs + skewMs(patience, masterIntervalMs);
}

/** How long after the last advert of a master with our interval we take over: what we promise our peers. */
export function takeoverLimitMs(config: VrrpConfig): number {
  return masterDownMs(config, config.adverIntervalMs);
}

/** What all members of a virtual router should agree on. */
export type Pace = Pick<VrrpConfig, "version" | "adverIntervalMs" | "downAdverts"> &
  Partial<Pick<VrrpConfig, "strongestPeer">>;

/** How long after the last advert of a master its strongest possible peer takes over. */
export function fastestTakeoverMs(pace: Pace): number {
  const { version, adverIntervalMs, downAdverts, strongestPeer: priority = 254 } = pace;
  return masterDownMs({ version, priority, downAdverts }, adverIntervalMs);
}

/** How long a hand-over may last: the skew of the weakest peer, and one interval to hear its advert. */
export function handoverLimitMs({ version, adverIntervalMs }: VrrpConfig): number {
  return skewMs({ version, priority: 1 }, adverIntervalMs) + adverIntervalMs;
}

/** The first beat of a steady timer: a period from now, or less than a slot earlier, at a multiple of the slot. */
export function firstBeatMs(nowMs: number, periodMs: number, slotMs = 0): number {
  const beatMs = nowMs + periodMs;
  return slotMs > 0 ? Math.floor(beatMs / slotMs) * slotMs : beatMs;
}

/** The next beat of a steady timer: it does not drift, and what was slept through is not made up for. */
export function nextBeatMs(previousMs: number, periodMs: number, nowMs: number): number {
  const onTheBeatMs = previousMs + periodMs;
  return onTheBeatMs > nowMs ? onTheBeatMs : nowMs + periodMs;
}
