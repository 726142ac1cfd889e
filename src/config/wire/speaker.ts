/** One who advertises, held against an instance that should be of the same virtual router. */
import { formatIp, includesIp } from "../../core/addr.ts";
import { sameBytes } from "../../core/bytes.ts";
import { formatDurationMs } from "../../core/duration.ts";
import type { Member } from "../cluster/members.ts";
import { ownAddresses } from "../cluster/peers.ts";
import {
  ADDRESSES_HEARD,
  AUTHENTICATION_HEARD,
  CHECKSUM_HEARD,
  INTERVAL_HEARD,
  STRANGER_HEARD,
  VERSION_HEARD,
} from "../codes/wire.ts";
import { type InForce, spanOf } from "../effective/in-force.ts";
import type { EffectiveInstance } from "../effective/instance.ts";
import { type FindingKind, finding, type Report } from "../finding.ts";
import type { HeardSpeaker } from "./heard.ts";

export function compareSpeaker(member: Member, speaker: HeardSpeaker, report: Report): void {
  const { instance } = member;
  const { name, span, version, advert_int: interval } = instance;
  const it = `vrrp_instance ${name}`;
  const who = formatIp(speaker.source);
  const tell = (kind: FindingKind, setting: InForce<unknown> | undefined, message: string): void =>
    report(finding(kind, (setting && spanOf(setting.origin)) ?? span, message));

  const isOfVersion = version.value === speaker.version;
  if (!isOfVersion) {
    const message = `${it} has version ${version.value}, and ${who} advertises version ${speaker.version}`;
    tell(VERSION_HEARD, version, message);
  }
  if (interval.value !== speaker.intervalMs) {
    const message = `${it} has advert_int ${formatDurationMs(interval.value)}, and ${who} advertises ${formatDurationMs(speaker.intervalMs)}`;
    tell(INTERVAL_HEARD, interval, message);
  }
  findAddressChanges(member, speaker, tell);
  const disbelief = isOfVersion ? disbeliefOf(instance, speaker) : null;
  if (disbelief !== null) {
    const message = `${it} discards the adverts of ${who}: ${disbelief}`;
    const { authentication, auth_hmac: hmac } = instance;
    tell(AUTHENTICATION_HEARD, hmac.value === null ? authentication : hmac, message);
  }
  const isBare = instance.v3_checksum_as_v2.value === true;
  const isAsked = speaker.version === 3 && instance.family.value === 4 && isOfVersion;
  if (isAsked && speaker.checksum === (isBare ? "pseudo-header" : "bare")) {
    const message = `${it} discards the adverts of ${who}: their checksum ${isBare ? "includes" : "leaves out"} the pseudo header`;
    tell(CHECKSUM_HEARD, instance.v3_checksum_as_v2, message);
  }
  if (isStranger(member, speaker)) {
    const message = `${who} is no unicast_peer of ${it}, and advertises virtual_router_id ${instance.virtual_router_id.value}`;
    tell(STRANGER_HEARD, instance.unicast_peer[0], message);
  }
}

function findAddressChanges(
  { instance: { name, virtual_ipaddress } }: Member,
  { source, addresses }: HeardSpeaker,
  tell: (kind: FindingKind, setting: InForce<unknown> | undefined, message: string) => void,
): void {
  const ipOf = ({ value }: (typeof virtual_ipaddress)[number]): string =>
    formatIp(value.address.ip);
  const own = virtual_ipaddress.map(ipOf);
  const more = virtual_ipaddress.filter((one) => !addresses.includes(ipOf(one)));
  const less = addresses.filter((ip) => !own.includes(ip));
  const parts = [
    more.length > 0 && `lacks ${more.slice(0, MOST_NAMED).map(ipOf).join(", ")}`,
    less.length > 0 && `has ${less.slice(0, MOST_NAMED).join(", ")}`,
  ].filter((part) => part !== false);
  if (parts.length === 0) return;
  const message = `${formatIp(source)} advertises other addresses than vrrp_instance ${name} has: it ${parts.join(", and ")}`;
  tell(ADDRESSES_HEARD, more[0] ?? virtual_ipaddress[0], message);
}

/** Why its adverts do not count by what proves them. No password is told. */
function disbeliefOf(instance: EffectiveInstance, { auth }: HeardSpeaker): string | null {
  const { authentication, auth_hmac: hmac } = instance;
  if (hmac.value !== null) {
    if (auth.kind !== "hmac")
      return hmac.value.mode.value === "enforce" ? "they are not signed" : null;
    const isKnown = hmac.value.key.some(({ value }) => value.id === auth.keyId);
    return isKnown ? null : `they are signed by key ${auth.keyId}, which it has not`;
  }
  if (auth.kind === "hmac") return "they are signed, and it has no auth_hmac";
  if (instance.version.value === 3) return null;
  const own = authentication.value;
  const wanted = own === null ? "none" : own.type === "AH" ? "ah" : "simple";
  if (auth.kind !== wanted) return `they have ${NAMES[auth.kind]}, not ${NAMES[wanted]}`;
  if (auth.kind !== "simple" || own === null) return null;
  return sameBytes(auth.password, own.password) ? null : "they have another password";
}

const NAMES = {
  none: "no authentication",
  simple: "auth_type PASS",
  ah: "auth_type AH",
  unknown: "an unknown auth_type",
};

/** Neither a peer nor, as far as that is known, the router that the file is of. */
function isStranger(member: Member, { source, isHere }: HeardSpeaker): boolean {
  const { unicast_peer: peers } = member.instance;
  const own = ownAddresses(member);
  if (peers.length === 0 || own.length === 0 || isHere) return false;
  return !includesIp([...own, ...peers.map(({ value }) => value.ip)], source);
}

const MOST_NAMED = 8;
