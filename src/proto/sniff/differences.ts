/** In what an advert differs from that of another router of the same VRID: what both should agree on. */
import { sameBytes } from "../../core/bytes.ts";
import { formatDurationMs } from "../../core/duration.ts";
import type { Reason, ReasonCode } from "./reason.ts";
import type { SniffedAdvert, SniffedAuth } from "./sniffed-advert.ts";

/** `who` is what the other one is called: "master", "others". Whatever is told is `warn`. */
export function differences(advert: SniffedAdvert, other: SniffedAdvert, who: string): Reason[] {
  const reasons: Reason[] = [];
  const warn = (code: ReasonCode, text: string) => void reasons.push({ code, level: "warn", text });
  if (advert.version !== other.version)
    warn("version-differs", `version ${advert.version}, ${who} ${other.version}`);
  if (advert.intervalMs !== other.intervalMs) {
    const [ours, theirs] = [advert.intervalMs, other.intervalMs].map(formatDurationMs);
    warn("interval-differs", `interval ${ours}, ${who} ${theirs}`);
  }
  const change = listChange(other.addresses, advert.addresses);
  if (isAnotherGroup(advert, other))
    warn("two-groups", `VRID used by two groups: ${who} with ${few(other.addresses)}`);
  else if (change !== "") warn("addresses-differ", `address list differs: ${change}`);
  const auth = authDifference(advert.auth, other.auth, who);
  if (auth !== undefined) warn("auth-differs", auth);
  return reasons;
}

/** No address in common: they are set up for different services. */
export const isAnotherGroup = (a: SniffedAdvert, b: SniffedAdvert): boolean =>
  a.addresses.length > 0 &&
  b.addresses.length > 0 &&
  !a.addresses.some((address) => b.addresses.includes(address));

/** `+10.0.0.101 -10.0.0.102`, empty where both have the same addresses. */
export function listChange(from: readonly string[], to: readonly string[]): string {
  const [before, after] = [new Set(from), new Set(to)];
  const changed = [
    ...to.filter((address) => !before.has(address)).map((address) => `+${address}`),
    ...from.filter((address) => !after.has(address)).map((address) => `-${address}`),
  ];
  return few(changed, " ");
}

/** What a master and its backups must have alike; a password is never told. */
export const authName = (auth: SniffedAuth): string =>
  auth.kind === "unknown" ? `type ${auth.type}` : auth.kind;

export function sameAuth(a: SniffedAuth, b: SniffedAuth): boolean {
  if (a.kind === "simple" && b.kind === "simple") return sameBytes(a.password, b.password);
  return authName(a) === authName(b); // keys of HMAC are changed while both are believed
}

function authDifference(a: SniffedAuth, b: SniffedAuth, who: string): string | undefined {
  if (sameAuth(a, b)) return undefined;
  return authName(a) === authName(b)
    ? `auth differs: another password than ${who}`
    : `auth differs: ${authName(a)}, ${who} ${authName(b)}`;
}

const few = (names: readonly string[], separator = ","): string =>
  names.length <= MOST_NAMED
    ? names.join(separator)
    : `${names.slice(0, MOST_NAMED).join(separator)} and ${names.length - MOST_NAMED} more`;

const MOST_NAMED = 8;
