/**
 * Whether a received advert is to be believed: RFC 9568 section 7.1 (version 3), RFC 3768 section 7.1
 * with the simple password of RFC 2338 section 5.3.6 (version 2).
 */
import {
  compareIp,
  familyOf,
  formatIp,
  type IpBytes,
  isMulticastIp,
  sameIp,
  sameIpSet,
} from "../../core/addr.ts";
import { formatDurationMs } from "../../core/duration.ts";
import type { Decoded } from "../../core/result.ts";
import { isSameSecret } from "../../core/secret.ts";
import { decodeVrrp, peekVrrp, type VrrpAdvert, type VrrpAuth } from "../../core/wire/vrrp.ts";
import { splitTrailer } from "../../core/wire/vrrp-hmac.ts";
import type { VrrpConfig } from "./config.ts";
import type { AdvertReceived, AdvertRejected, Disagreement } from "./facts.ts";
import type { HmacRejection, HmacVerifier } from "./hmac.ts";
import type { VrrpReach } from "./reach.ts";

/** What came in on the protocol's socket. */
export interface HeardDatagram {
  readonly source: IpBytes;
  readonly destination: IpBytes;
  readonly ttl: number; // TTL or hop limit
  readonly payload: Uint8Array; // behind the IP header
}

/** What an advert is held against. */
export interface AdvertStandard extends Pick<VrrpConfig, "version" | "vrid" | "adverIntervalMs"> {
  readonly source: IpBytes; // where our own adverts come from
  readonly addresses: readonly IpBytes[]; // the virtual addresses, in any order
  readonly authPass: string | null; // version 2 only
  readonly hmac: HmacVerifier | null; // null: a trailer is not known, and nothing has one
  readonly reach: VrrpReach;
}

/** Why a well-formed advert is not believed; the codes of `decodeVrrp` come on top. */
export type VrrpRejection =
  | HmacRejection
  | "hmac-unexpected" // signed, and we have no keys
  | "ttl-not-255" // to a group: it crossed a router, so it is not of this LAN
  | "not-a-peer" // by unicast from somebody who was not named
  | "ttl-out-of-range" // by unicast: it crossed more or fewer routers than its peer may
  | "wrong-destination" // by unicast, although ours go to a group
  | "own-address" // our own, sent back to us, or somebody has our address
  | "wrong-version"
  | "wrong-auth-type"
  | "wrong-password"
  | "wrong-interval"; // version 2, where all must have the same

/**
 * Total over any bytes. In the RFCs' order, so that of two flaws the one that explains the other is
 * named: the way it came, version, proof of its sender, length and checksum; only what is whole is
 * held against our settings. Other virtual addresses than ours are no reason to reject, as everywhere
 * else: two masters would be worse.
 * @returns the fact for the machine, or undefined when the advert is about another virtual router.
 */
export function judgeAdvert(
  heard: HeardDatagram,
  standard: AdvertStandard,
  wallMs: number,
): AdvertReceived | AdvertRejected | undefined {
  const head = peekVrrp(heard.payload);
  if (head !== undefined && head.vrid !== standard.vrid) return undefined;
  const source = formatIp(heard.source);
  const rejected = (reason: string, disagreement?: Disagreement): AdvertRejected =>
    disagreement === undefined
      ? { kind: "advert-rejected", source, reason }
      : { kind: "advert-rejected", source, reason, disagreement };

  const flaw = travelFlaw(heard, standard.reach);
  if (flaw !== undefined) return rejected(flaw, travelDisagreement(flaw, heard, standard.reach));
  const { hmac, version } = standard;
  if ((head?.version === 2 || head?.version === 3) && head.version !== version) {
    return rejected("wrong-version", { heard: `${head.version}`, ours: `${version}` });
  }
  const unproved = hmac?.judge(heard.payload, heard.source, wallMs);
  if (unproved !== undefined) return rejected(unproved);
  const decoded = hmac === null ? decodeVrrp(heard.payload, heard) : decodeAdvert(heard);
  if (!decoded.ok) {
    const isSigned = decoded.fault.code === "trailing" && hmac === null && decodeAdvert(heard).ok;
    return isSigned ? rejected("hmac-unexpected", UNEXPECTED) : rejected(decoded.fault.code);
  }
  const advert = decoded.value;
  if (sameIp(heard.source, standard.source)) return rejected("own-address");
  const { reach } = standard;
  if (reach.kind === "group" && !sameIp(heard.destination, reach.group)) {
    const [to, group] = [heard.destination, reach.group].map(formatIp);
    return rejected("wrong-destination", { heard: `unicast to ${to}`, ours: `group ${group}` });
  }
  const reason = findFlaw(advert, standard);
  if (reason !== undefined) return rejected(reason, disagreementOn(reason, advert, standard));
  const received: AdvertReceived = {
    kind: "advert-received",
    source,
    priority: advert.priority,
    adverIntervalMs: advert.adverIntervalCs * 10,
    checksum: advert.version === 3 ? advert.checksum : "pseudo-header",
    peerWinsTie: compareIp(heard.source, standard.source) > 0,
    addressesDiffer: !sameIpSet(advert.addresses, standard.addresses),
  };
  if (!received.addressesDiffer) return received;
  return { ...received, disagreement: listDisagreement(advert.addresses, standard.addresses) };
}

/** Of a version and with a trailer or without, which is not judged: for who only looks on as well. */
export function decodeAdvert(heard: Omit<HeardDatagram, "ttl">): Decoded<VrrpAdvert> {
  const { pdu, trailer } = splitTrailer(heard.payload, familyOf(heard.source));
  return decodeVrrp(pdu, heard, trailer);
}

/** Whether a datagram came on a way on which an advert may come. */
export function travelFlaw(
  { source, ttl }: Pick<HeardDatagram, "source" | "ttl">,
  reach: VrrpReach,
): VrrpRejection | undefined {
  if (reach.kind === "group") return ttl === 255 ? undefined : "ttl-not-255";
  const peer = reach.peers.find(({ ip }) => sameIp(ip, source));
  if (peer === undefined) return "not-a-peer";
  return ttl >= peer.minTtl && ttl <= peer.maxTtl ? undefined : "ttl-out-of-range";
}

function findFlaw(advert: VrrpAdvert, standard: AdvertStandard): VrrpRejection | undefined {
  if (advert.version === 3) return undefined;
  const { auth, adverIntervalCs } = advert;
  if (auth.type !== (standard.authPass === null ? "none" : "pass")) return "wrong-auth-type";
  if (!passes(auth, standard.authPass)) return "wrong-password";
  return adverIntervalCs * 10 === standard.adverIntervalMs ? undefined : "wrong-interval";
}

function travelDisagreement(
  flaw: VrrpRejection,
  { destination }: HeardDatagram,
  reach: VrrpReach,
): Disagreement | undefined {
  if (flaw !== "not-a-peer" || reach.kind === "group") return undefined;
  const way = isMulticastIp(destination) ? "group" : "unicast to";
  const peers = few(reach.peers.map(({ ip }) => formatIp(ip)));
  return { heard: `${way} ${formatIp(destination)}`, ours: `peers ${peers}` };
}

/** What only the other one has, and what only we have. */
function listDisagreement(heard: readonly IpBytes[], ours: readonly IpBytes[]): Disagreement {
  const [theirs, own] = [heard, ours].map((list) => list.map(formatIp)) as [string[], string[]];
  const beyond = (list: readonly string[], other: readonly string[]): string => {
    const known = new Set(other);
    const more = list.filter((address) => !known.has(address)).map((address) => `+${address}`);
    return more.length === 0 ? "nothing more" : few(more);
  };
  return { heard: beyond(theirs, own), ours: beyond(own, theirs) };
}

const few = (names: readonly string[]): string =>
  names.length <= MOST_NAMED
    ? names.join(",")
    : `${names.slice(0, MOST_NAMED).join(",")},and ${names.length - MOST_NAMED} more`;

/** A password is not told: it may be nearly right. */
function disagreementOn(
  reason: VrrpRejection,
  advert: VrrpAdvert,
  { authPass, adverIntervalMs }: AdvertStandard,
): Disagreement | undefined {
  if (advert.version === 3) return undefined;
  if (reason === "wrong-auth-type") {
    return { heard: advert.auth.type, ours: authPass === null ? "none" : "pass" };
  }
  if (reason !== "wrong-interval") return undefined;
  const [heard = "", ours = ""] = [advert.adverIntervalCs * 10, adverIntervalMs].map(
    formatDurationMs,
  );
  return { heard, ours };
}

const passes = (auth: VrrpAuth, authPass: string | null): boolean =>
  auth.type !== "pass" || isSameSecret(auth.password, new TextEncoder().encode(authPass ?? ""));

const UNEXPECTED = { heard: "signed", ours: "no keys" };
const MOST_NAMED = 8;
