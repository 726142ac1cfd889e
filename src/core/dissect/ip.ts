/**
 * The IP packet around VRRP or neighbour discovery, read further than a receiver would: what is wrong
 * with its header is told and not refused. IPv4 (RFC 791 section 3.1), IPv6 and its extension headers
 * (RFC 8200 sections 3 and 4), the authentication header (RFC 4302 section 2).
 */
import type { Family } from "../addr.ts";
import { isRightSum, wordSum } from "../checksum.ts";
import { IP_PROTOCOL } from "../wire/carrier.ts";
import { NOWHERE } from "./link-layer.ts";

/** Places count as the packet's `bytes` do. */
export interface IpLayer {
  readonly family: Family;
  readonly sourceAt: number; // NOWHERE where it was not captured as a whole
  readonly destinationAt: number; // likewise
  readonly ttl: number; // TTL or hop limit; 0 where it was not captured
  readonly protocol: number; // of the payload, behind extension and authentication headers
  readonly authenticated: boolean; // one of them was an authentication header
  readonly flaws: readonly string[]; // "bad-ip-checksum", "bad-ip-length"
  readonly payloadAt: number;
  readonly payloadEnd: number; // of what was captured, maybe before `payloadAt`
  readonly payloadBytes: number; // as long as it was on the wire, maybe below 0
  /** Why the payload is not to be read: "short", "fragment", "too-many-extensions", "bad-ip-header". */
  readonly broken: string | null;
}

/** Where a packet stands: it goes to `end` in the buffer and went to `wireEnd` on the wire. */
export interface IpPlace {
  readonly bytes: Uint8Array;
  readonly at: number;
  readonly end: number;
  readonly wireEnd: number;
}

/**
 * Total over any bytes, at most 16 headers are walked.
 * @returns undefined for what carries neither VRRP nor, in IPv6, ICMPv6, or does not show that it does
 */
export function readIp(place: IpPlace, family: Family): IpLayer | undefined {
  return family === 4 ? readIpv4(place) : readIpv6(place);
}

function readIpv4(place: IpPlace): IpLayer | undefined {
  const { bytes, at, end, wireEnd } = place;
  if (end - at < IPV4_PROTOCOL_AT + 1) return undefined;
  const first = bytes[at] as number;
  const protocol = bytes[at + IPV4_PROTOCOL_AT] as number;
  if (first >>> 4 !== 4) return undefined;
  if (protocol !== IP_PROTOCOL.vrrp && protocol !== IP_PROTOCOL.ah) return undefined;
  const headerBytes = (first & 0x0f) * 4;
  const head = {
    family: 4,
    sourceAt: placeOf(at + 12, 4, end),
    destinationAt: placeOf(at + 16, 4, end),
    ttl: bytes[at + 8] as number,
  } as const;
  if (headerBytes < IPV4_HEADER_BYTES) return brokenLayer(head, protocol, "bad-ip-header");
  if (end - at < headerBytes) return brokenLayer(head, protocol, "short");

  const totalBytes = u16(bytes, at + 2);
  const badChecksum = !isRightSum(wordSum(bytes, at, at + headerBytes));
  const badLength = totalBytes < headerBytes || at + totalBytes > wireEnd;
  const wholeEnd = badLength ? wireEnd : at + totalBytes;
  const fragment = u16(bytes, at + 6) & (MORE_FRAGMENTS | FRAGMENT_OFFSET);
  const payload: Payload = {
    bytes,
    at: at + headerBytes,
    end: Math.min(end, wholeEnd),
    wholeEnd,
    protocol,
  };
  const flaws = FLAWS[Number(badChecksum) + 2 * Number(badLength)] as readonly string[];
  if ((fragment & FRAGMENT_OFFSET) !== 0) return payloadLayer(head, flaws, payload, true);
  return walk(head, flaws, payload, fragment !== 0);
}

function readIpv6(place: IpPlace): IpLayer | undefined {
  const { bytes, at, end, wireEnd } = place;
  if (end - at < IPV6_NEXT_HEADER_AT + 1) return undefined;
  if ((bytes[at] as number) >>> 4 !== 6) return undefined;
  const protocol = bytes[at + IPV6_NEXT_HEADER_AT] as number;
  if (!isWanted(protocol, 6) && !isExtension(protocol, 6)) return undefined;
  const head = {
    family: 6,
    sourceAt: placeOf(at + 8, 16, end),
    destinationAt: placeOf(at + 24, 16, end),
    ttl: end - at > 7 ? (bytes[at + 7] as number) : 0,
  } as const;
  if (end - at < IPV6_HEADER_BYTES) return brokenLayer(head, protocol, "short");

  const claimedEnd = at + IPV6_HEADER_BYTES + u16(bytes, at + 4);
  const wholeEnd = Math.min(claimedEnd, wireEnd);
  const payload: Payload = {
    bytes,
    at: at + IPV6_HEADER_BYTES,
    end: Math.min(end, wholeEnd),
    wholeEnd,
    protocol,
  };
  const flaws = FLAWS[claimedEnd > wireEnd ? 2 : 0] as readonly string[];
  return walk(head, flaws, payload, false);
}

type Head = Pick<IpLayer, "family" | "sourceAt" | "destinationAt" | "ttl">;

interface Payload {
  readonly bytes: Uint8Array;
  readonly at: number;
  readonly end: number; // of what was captured
  readonly wholeEnd: number; // of what was on the wire
  readonly protocol: number;
}

/** Over the headers before the upper protocol. `fragment`: this is known to be the first piece. */
function walk(
  head: Head,
  flaws: readonly string[],
  payload: Payload,
  fragment: boolean,
): IpLayer | undefined {
  const { bytes, end } = payload;
  let { at, protocol } = payload;
  let authenticated = false;
  let cut = fragment;
  for (let headers = 0; isExtension(protocol, head.family); headers += 1) {
    if (headers === MAX_EXTENSIONS) {
      return brokenLayer(head, IP_PROTOCOL.vrrp, "too-many-extensions");
    }
    const type = protocol;
    if (at + (type === IP_PROTOCOL.fragment ? 4 : 2) > end) return undefined;
    protocol = bytes[at] as number;
    if (type === IP_PROTOCOL.fragment) {
      const field = u16(bytes, at + 2);
      if ((field & 0xfff9) !== 0) cut = true; // else it is an atomic one (RFC 6946)
      at += 8;
      if (field >>> 3 !== 0) break; // what follows is the middle of something, not a header
    } else if (type === IP_PROTOCOL.ah) {
      authenticated = true;
      at += ((bytes[at + 1] as number) + 2) * 4;
    } else {
      at += ((bytes[at + 1] as number) + 1) * 8;
    }
  }
  return payloadLayer(head, flaws, { ...payload, at, protocol }, cut, authenticated);
}

function payloadLayer(
  head: Head,
  flaws: readonly string[],
  payload: Payload,
  fragment: boolean,
  authenticated = false,
): IpLayer | undefined {
  const { protocol, at, end, wholeEnd } = payload;
  if (!isWanted(protocol, head.family)) return undefined;
  if (fragment) return brokenLayer(head, protocol, "fragment");
  return {
    family: head.family,
    sourceAt: head.sourceAt,
    destinationAt: head.destinationAt,
    ttl: head.ttl,
    protocol,
    authenticated,
    flaws,
    payloadAt: at,
    payloadEnd: end,
    payloadBytes: wholeEnd - at,
    broken: null,
  };
}

/** Of VRRP alone: a broken packet of anything else is none of ours. */
function brokenLayer(head: Head, protocol: number, broken: string): IpLayer | undefined {
  if (protocol !== IP_PROTOCOL.vrrp) return undefined;
  return {
    ...head,
    protocol,
    authenticated: false,
    flaws: NO_FLAWS,
    payloadAt: 0,
    payloadEnd: 0,
    payloadBytes: 0,
    broken,
  };
}

const isWanted = (protocol: number, family: Family): boolean =>
  protocol === IP_PROTOCOL.vrrp || (family === 6 && protocol === IP_PROTOCOL.icmpv6);

function isExtension(protocol: number, family: Family): boolean {
  if (protocol === IP_PROTOCOL.ah) return true;
  return family === 6 && EXTENSIONS.includes(protocol);
}

const placeOf = (at: number, length: number, end: number): number =>
  at + length > end ? NOWHERE : at;

const u16 = (bytes: Uint8Array, at: number): number =>
  ((bytes[at] as number) << 8) | (bytes[at + 1] as number);

const IPV4_HEADER_BYTES = 20;
const IPV4_PROTOCOL_AT = 9;
const MORE_FRAGMENTS = 0x2000;
const FRAGMENT_OFFSET = 0x1fff;
const IPV6_HEADER_BYTES = 40;
const IPV6_NEXT_HEADER_AT = 6;
const EXTENSIONS: readonly number[] = [
  IP_PROTOCOL.hopByHop,
  IP_PROTOCOL.routing,
  IP_PROTOCOL.fragment,
  IP_PROTOCOL.destinationOptions,
];
const MAX_EXTENSIONS = 16; // far more than anybody sends, so that a crafted chain costs nothing
const NO_FLAWS: readonly string[] = [];
const FLAWS: readonly (readonly string[])[] = [
  NO_FLAWS,
  ["bad-ip-checksum"],
  ["bad-ip-length"],
  ["bad-ip-checksum", "bad-ip-length"],
];
