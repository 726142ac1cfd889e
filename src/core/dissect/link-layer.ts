/**
 * What stands before the network layer, by the link types of captures (LINKTYPE_* of pcap-linktype(7)):
 * Ethernet with VLAN tags (IEEE 802.1Q, 802.1ad), the cooked headers of Linux, BSD's loopback, plain IP,
 * and Frame Relay (RFC 2427 section 3, or Cisco's with an EtherType).
 */
import type { MacBytes } from "../addr.ts";
import { copyOf } from "../bytes.ts";
import { LINKTYPE } from "../capture/link-type.ts";
import type { CapturePacket } from "../capture/packet.ts";
import { ETHER_TYPE } from "../wire/ethernet.ts";

/** Places count as `packet.bytes` does: most packets are none of ours, and nothing is copied of those. */
export interface LinkLayer {
  readonly networkAt: number; // where the network layer begins
  readonly etherType: number; // u16, of what begins there
  readonly vlans: readonly number[]; // u12, outermost first
  readonly sourceMacAt: number; // NOWHERE where the link has none, or none of 6 bytes
  readonly destinationMacAt: number; // likewise
}

/**
 * Total over any bytes.
 * @returns undefined where the link type is unknown, the header is cut, or no EtherType stands in it
 */
export function readLinkLayer(packet: CapturePacket): LinkLayer | undefined {
  const { bytes, start, end, linkType } = packet;
  const plainAt = NETWORK_OFFSET[linkType];
  if (plainAt === undefined || start + plainAt > end) return undefined;
  switch (linkType) {
    case LINKTYPE.ethernet:
      return readTags(packet, start + 12, start + 6, start);
    case LINKTYPE.linuxSll:
      return readTags(packet, start + 14, cookedMacAt(u16(bytes, start + 4), start + 6), NOWHERE);
    case LINKTYPE.linuxSll2: {
      const macAt = cookedMacAt(bytes[start + 11] as number, start + 12);
      // The protocol stands first here: tags, if any, are behind the header all the same.
      const etherType = u16(bytes, start);
      return isTag(etherType)
        ? readTags(packet, start + plainAt, macAt, NOWHERE, etherType)
        : without(etherType, start + plainAt, macAt);
    }
    case LINKTYPE.null:
    case LINKTYPE.loop:
      return plain(ETHER_TYPE_OF_FAMILY[loopbackFamily(bytes, start)], start + plainAt);
    case LINKTYPE.frameRelay:
      return readFrameRelay(packet);
    case LINKTYPE.ipv4:
      return plain(ETHER_TYPE.ipv4, start);
    case LINKTYPE.ipv6:
      return plain(ETHER_TYPE.ipv6, start);
    default:
      return plain(ETHER_TYPE_OF_VERSION[(bytes[start] ?? 0) >>> 4], start);
  }
}

export const isKnownLinkType = (linkType: number): boolean =>
  Object.hasOwn(NETWORK_OFFSET, linkType);

/** Of the packet as its capture tells it, or else its cooked header. */
export function directionOf(packet: CapturePacket): "in" | "out" | null {
  const { bytes, start, end, linkType, direction } = packet;
  if (direction !== null) return direction;
  if (linkType !== LINKTYPE.linuxSll && linkType !== LINKTYPE.linuxSll2) return null;
  if (start + (NETWORK_OFFSET[linkType] as number) > end) return null;
  const packetType =
    linkType === LINKTYPE.linuxSll ? u16(bytes, start) : (bytes[start + 10] as number);
  if (packetType === PACKET_OUTGOING) return "out";
  return packetType < PACKET_OUTGOING ? "in" : null; // to the host, to all, to a group, to others
}

/** The number of the interface that a cooked header of version 2 names; undefined elsewhere. */
export function interfaceIndexOf({
  bytes,
  start,
  end,
  linkType,
}: CapturePacket): number | undefined {
  if (linkType !== LINKTYPE.linuxSll2 || start + 8 > end) return undefined;
  return u16(bytes, start + 4) * 0x10000 + u16(bytes, start + 6);
}

export const macAt = (bytes: Uint8Array, at: number): MacBytes | null =>
  at === NOWHERE ? null : copyOf(bytes, at, at + 6);

/** The place of what a packet does not have. */
export const NOWHERE = -1;

/**
 * Where the network layer begins in a packet without VLAN tags or a longer address of Frame Relay, for
 * each link type that is known.
 */
export const NETWORK_OFFSET: { readonly [linkType: number]: number } = {
  [LINKTYPE.null]: 4,
  [LINKTYPE.ethernet]: 14,
  [LINKTYPE.rawBsd]: 0,
  [LINKTYPE.rawOpenBsd]: 0,
  [LINKTYPE.raw]: 0,
  [LINKTYPE.frameRelay]: 4,
  [LINKTYPE.loop]: 4,
  [LINKTYPE.linuxSll]: 16,
  [LINKTYPE.ipv4]: 0,
  [LINKTYPE.ipv6]: 0,
  [LINKTYPE.linuxSll2]: 20,
};

/** From an EtherType at `typeAt`, or from the tag that `first` is the type of and begins there. */
function readTags(
  packet: CapturePacket,
  typeAt: number,
  sourceMacAt: number,
  destinationMacAt: number,
  first?: number,
): LinkLayer | undefined {
  const { bytes, end } = packet;
  let networkAt = first === undefined ? typeAt + 2 : typeAt;
  let etherType = first ?? u16(bytes, typeAt);
  if (!isTag(etherType)) return without(etherType, networkAt, sourceMacAt, destinationMacAt);
  const vlans: number[] = [];
  while (isTag(etherType)) {
    if (vlans.length === MAX_TAGS || networkAt + 4 > end) return undefined;
    vlans.push(u16(bytes, networkAt) & 0x0fff);
    etherType = u16(bytes, networkAt + 2);
    networkAt += 4;
  }
  if (etherType < LEAST_ETHER_TYPE) return undefined;
  return { networkAt, etherType, vlans, sourceMacAt, destinationMacAt };
}

function without(
  etherType: number,
  networkAt: number,
  sourceMacAt: number,
  destinationMacAt = NOWHERE,
): LinkLayer | undefined {
  if (etherType < LEAST_ETHER_TYPE) return undefined;
  return { networkAt, etherType, vlans: NO_VLANS, sourceMacAt, destinationMacAt };
}

const plain = (etherType: number | undefined, networkAt: number): LinkLayer | undefined =>
  etherType === undefined ? undefined : without(etherType, networkAt, NOWHERE);

/** An address of up to 4 bytes, of which the last is odd; then an EtherType, or 3 and what RFC 2427 has. */
function readFrameRelay(packet: CapturePacket): LinkLayer | undefined {
  const { bytes, start, end } = packet;
  let at = start;
  while (at < end && at < start + 3 && ((bytes[at] as number) & 1) === 0) at += 1;
  const typeAt = at + 1;
  if (typeAt + 2 > end) return undefined;
  if (bytes[typeAt] !== UNNUMBERED_INFORMATION) return readTags(packet, typeAt, NOWHERE, NOWHERE);
  return plain(ETHER_TYPE_OF_NLPID[bytes[typeAt + 1] as number], typeAt + 2);
}

/** In the byte order of the host that captured it; a family is a small number in the right one. */
function loopbackFamily(bytes: Uint8Array, at: number): number {
  const [upper, lower] = [u16(bytes, at), u16(bytes, at + 2)];
  return upper === 0 ? lower : lower === 0 ? (upper >>> 8) | ((upper & 0xff) << 8) : 0;
}

const cookedMacAt = (length: number, at: number): number => (length === 6 ? at : NOWHERE);

const isTag = (etherType: number): boolean =>
  etherType === 0x8100 || etherType === 0x88a8 || etherType === 0x9100;

const u16 = (bytes: Uint8Array, at: number): number =>
  ((bytes[at] as number) << 8) | (bytes[at + 1] as number);

const NO_VLANS: readonly number[] = [];
const MAX_TAGS = 8; // two are what anybody sends
const LEAST_ETHER_TYPE = 0x600; // below is a length (IEEE 802.3)
const UNNUMBERED_INFORMATION = 3; // the control field of HDLC
const PACKET_OUTGOING = 4; // linux/if_packet.h

/** AF_INET is 2 everywhere, AF_INET6 what Linux, NetBSD and OpenBSD, FreeBSD, and Darwin have for it. */
const ETHER_TYPE_OF_FAMILY: { readonly [family: number]: number } = {
  2: ETHER_TYPE.ipv4,
  10: ETHER_TYPE.ipv6,
  24: ETHER_TYPE.ipv6,
  28: ETHER_TYPE.ipv6,
  30: ETHER_TYPE.ipv6,
};

const ETHER_TYPE_OF_VERSION: { readonly [version: number]: number } = {
  4: ETHER_TYPE.ipv4,
  6: ETHER_TYPE.ipv6,
};

/** The network layer protocols of ISO/IEC TR 9577 that have a number of their own. */
const ETHER_TYPE_OF_NLPID: { readonly [nlpid: number]: number } = {
  142: ETHER_TYPE.ipv6,
  204: ETHER_TYPE.ipv4,
};
