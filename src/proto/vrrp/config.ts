/**
 * The settings of one virtual router and what is wrong with them: the ranges of RFC 9568 section 5.2
 * and 6.1 (version 3) and of RFC 3768 section 5.3 and 6.1 (version 2). Nothing is ever rounded into
 * its range: the peers would be told another time than the user wrote.
 */
import { familyOf, type IpBytes } from "../../core/addr.ts";
import { formatDurationMs } from "../../core/duration.ts";
import type { VrrpChecksum } from "../../core/wire/vrrp.ts";
import { AUTH_PASS_MAX_BYTES, mostAddresses } from "./advert-size.ts";
import type { OnLoss } from "./loss-limit.ts";

export type VrrpVersion = 2 | 3;

/** What decides the election and the announcements. Plain JSON. */
export interface VrrpConfig {
  readonly version: VrrpVersion;
  readonly vrid: number; // 1..255
  readonly priority: number; // 1..255; 255 = owner of the addresses
  readonly adverIntervalMs: number; // v3: 10..40950 in steps of 10; v2: 1000..255000 in steps of 1000
  readonly beatSlotMs?: number; // as MASTER adverts at multiples of it, together with other routers; else whenever it began
  readonly preempt: boolean; // take over from a master of lower priority
  readonly preemptDelayMs: number; // let such a master be for so long; 0 = not at all
  readonly downAdverts: number; // 1..100: so many that stay out, and the skew, make a master dead
  readonly startupDelayMs: number; // take over only so long after the start, and the usual wait
  readonly ownerIgnoresAdverts: boolean; // as MASTER or BACKUP; priority 255 alone
  readonly strongestPeer: number; // 1..254: no other router has a higher priority
  readonly checksum: VrrpChecksum; // of version 3, until a master is heard that uses the other
  readonly answersLower: boolean; // as MASTER, with an advert at once
  readonly advertisesOnYield: boolean; // as MASTER, before it becomes BACKUP
  readonly garpRepeat: number; // announcements in one burst
  readonly garpDelayMs: number; // a second burst so long after the first; 0 = none
  readonly leaseS: number | null; // kernel lifetime of held addresses, whole seconds; null = for ever
  readonly garpRefreshMs: number; // announcements every so often while master; 0 = never
  readonly garpRefreshRepeat: number; // so many of each address then
  readonly garpLower: LowerBursts | null; // as MASTER that hears a lower priority; null = as when addresses were lost
  readonly garpExtraMs: number; // one more every so often, so that switches do not forget; 0 = never
  readonly onLoss: OnLoss; // when somebody else takes an address away from us
  readonly lossLimit: number; // 1..1000: so many times in a minute it is restored
}

/** Of a sync group: when its wait is over it is ready, and takes over when it is told to. */
export type VrrpCompany = "alone" | "grouped";

/** What is another thing from now on; of a running router never whether it is an owner. */
export interface VrrpReconfiguration {
  readonly config: Partial<VrrpConfig>;
  readonly company?: VrrpCompany | undefined;
}

/** What nobody asks for but a keepalived.conf. */
export const USUAL = {
  strongestPeer: 254,
  checksum: "pseudo-header",
  garpRefreshRepeat: 1,
  garpLower: null,
  garpExtraMs: 0,
} as const satisfies Partial<VrrpConfig>;

/** What is announced after an advert of a lower priority. */
export interface LowerBursts {
  readonly repeat: number; // announcements in one burst; 0 = none
  readonly delayMs: number; // a second burst so long after the first; 0 = none
}

/** A virtual router as its peers see it. */
export interface VrrpSettings extends VrrpConfig {
  readonly addresses: readonly IpBytes[]; // the virtual addresses
  readonly authPass: string | null; // v2 only: a password that everybody on the LAN can read
  readonly hmac: boolean; // adverts may have the trailer of `hmac.ts`
  readonly mtuBytes: number | null; // of the interface; null while it is not known
}

/** @returns one sentence for each thing that cannot be meant; empty when all is well. */
export function vrrpProblems(settings: VrrpSettings): string[] {
  return [
    ...electionProblems(settings),
    ...durationProblems(settings),
    ...addressProblems(settings),
    ...passwordProblems(settings),
  ];
}

function electionProblems(settings: VrrpConfig): string[] {
  const { vrid, priority, preempt, preemptDelayMs, downAdverts, garpRepeat, lossLimit } = settings;
  const problems: string[] = [];
  if (!isWithin(vrid, 1, 255)) problems.push(`VRID ${vrid} is not within 1..255`);
  if (!isWithin(priority, 1, 255)) problems.push(`priority ${priority} is not within 1..255`);
  if (!isWithin(downAdverts, 1, 100)) problems.push(`${downAdverts} adverts are not within 1..100`);
  if (!isWithin(lossLimit, 1, 1000)) {
    problems.push(`${lossLimit} restorations in a minute are not within 1..1000`);
  }
  if (!isWithin(garpRepeat, 1, 100)) {
    problems.push(`${garpRepeat} announcements in a burst are not within 1..100`);
  }
  problems.push(...intervalProblems(settings), ...leaseProblems(settings));
  if (settings.onLoss === "release" && priority === 255) {
    problems.push("priority 255 owns the addresses and cannot release them; take 254 or less");
  }
  if (!preempt && preemptDelayMs > 0) {
    problems.push("a delay of preemption has no meaning without preemption");
  }
  if ((!preempt || preemptDelayMs > 0) && priority === 255) {
    problems.push("priority 255 owns the addresses and always preempts, at once; take 254 or less");
  }
  return [...problems, ...answerProblems(settings)];
}

function answerProblems(settings: VrrpConfig): string[] {
  const { priority, ownerIgnoresAdverts, advertisesOnYield } = settings;
  if (ownerIgnoresAdverts && priority !== 255) {
    return ["only an owner, of priority 255, may ignore the adverts of others"];
  }
  if (ownerIgnoresAdverts && advertisesOnYield) {
    return ["who ignores the adverts of others yields to none of them"];
  }
  return [];
}

function intervalProblems({ version, adverIntervalMs }: VrrpConfig): string[] {
  const { minMs, maxMs, stepMs } = version === 3 ? V3_INTERVAL : V2_INTERVAL;
  const inRange = adverIntervalMs >= minMs && adverIntervalMs <= maxMs;
  if (inRange && adverIntervalMs % stepMs === 0) return [];
  const [min, max, step] = [minMs, maxMs, stepMs].map(formatDurationMs);
  return [
    `interval ${formatDurationMs(adverIntervalMs)} cannot be said in VRRP version ${version}: ` +
      `${min} to ${max} in steps of ${step}`,
  ];
}

function leaseProblems({ leaseS, adverIntervalMs }: VrrpConfig): string[] {
  if (leaseS === null) return [];
  if (!isWithin(leaseS, 1, MAX_LEASE_S)) {
    return [`a lease of ${leaseS}s is not within 1..${MAX_LEASE_S} whole seconds`];
  }
  if (leaseS * 1000 > adverIntervalMs) return [];
  const interval = formatDurationMs(adverIntervalMs);
  return [
    `a lease of ${leaseS}s ends before the next advert renews it, at an interval of ${interval}`,
  ];
}

function durationProblems(settings: VrrpConfig): string[] {
  const keys = ["preemptDelayMs", "startupDelayMs", "garpDelayMs", "garpRefreshMs"] as const;
  const { garpRefreshMs } = settings;
  const floods = garpRefreshMs > 0 && garpRefreshMs < LEAST_REFRESH_MS;
  return [
    ...keys
      .filter((key) => !(settings[key] >= 0 && Number.isFinite(settings[key])))
      .map((key) => `${key} ${settings[key]} is no duration`),
    ...(floods
      ? [
          `to announce every ${formatDurationMs(garpRefreshMs)} again floods the LAN: 1s or more, or 0s for never`,
        ]
      : []),
  ];
}

function addressProblems(settings: VrrpSettings): string[] {
  const { version, addresses } = settings;
  const [first] = addresses;
  if (first === undefined) return ["there is no virtual address"];
  const family = familyOf(first);
  const problems: string[] = [];
  if (addresses.some((ip) => familyOf(ip) !== family)) {
    problems.push("IPv4 and IPv6 addresses need a virtual router each");
  }
  if (version === 2 && addresses.some((ip) => familyOf(ip) === 6)) {
    problems.push("IPv6 needs VRRP version 3");
  }
  const limit = mostAddresses(settings);
  if (addresses.length > limit) {
    problems.push(
      `${addresses.length} virtual addresses do not fit in one advert: at most ${limit}`,
    );
  }
  return problems;
}

function passwordProblems({ version, authPass, hmac }: VrrpSettings): string[] {
  if (authPass === null) return [];
  if (hmac) return ["a password and HMAC keys exclude each other"];
  if (version === 3) return ["VRRP version 3 has no password (RFC 9568 section 9)"];
  const lengthBytes = new TextEncoder().encode(authPass).length;
  if (lengthBytes >= 1 && lengthBytes <= AUTH_PASS_MAX_BYTES) return [];
  return [`a password of ${lengthBytes} bytes does not fit: 1 to ${AUTH_PASS_MAX_BYTES}`];
}

const isWithin = (value: number, min: number, max: number): boolean =>
  Number.isInteger(value) && value >= min && value <= max;

const V3_INTERVAL = { minMs: 10, maxMs: 40_950, stepMs: 10 }; // 12 bits of hundredths of a second
const V2_INTERVAL = { minMs: 1000, maxMs: 255_000, stepMs: 1000 }; // 8 bits of seconds
const LEAST_REFRESH_MS = 1000;
const MAX_LEASE_S = 86_400;
