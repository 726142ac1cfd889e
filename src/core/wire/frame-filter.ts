/**
 * Which Ethernet frames a socket is to be given, as conditions for `core/bpf.ts`: ARP, neighbour
 * discovery, VRRP, and echo replies, by the places of their fields in a frame without options,
 * extension headers or VLAN tags.
 */
import { type Family, familyOf, type IpBytes } from "../addr.ts";
import { every, FRAME_FACTS, type FrameTest, field, some } from "../bpf.ts";
import { IP_PROTOCOL } from "./carrier.ts";
import { ETHER_TYPE } from "./ethernet.ts";

/** Came in on the interface itself, neither from this host nor from a VLAN of which it carries frames. */
export const isReceived: FrameTest = every(
  field(FRAME_FACTS.packetType, 4, 0, 1, 2, 3), // PACKET_HOST, BROADCAST, MULTICAST, OTHERHOST
  field(FRAME_FACTS.vlanTagged, 4, 0),
);

export const isArp: FrameTest = etherType(ETHER_TYPE.arp);

/** Solicitations and advertisements of neighbours. */
export const isNeighbourDiscovery: FrameTest = icmpv6(135, 136);

/** Adverts of one virtual router, or of all. */
export const isVrrp = (vrid?: number): FrameTest =>
  some(
    every(ipv4(IP_PROTOCOL.vrrp), ...(vrid === undefined ? [] : [field(35, 1, vrid)])),
    every(ipv6(IP_PROTOCOL.vrrp), ...(vrid === undefined ? [] : [field(55, 1, vrid)])),
  );

/** Questions of IGMP and MLD who listens to a group; both come with a router alert (RFC 3376, RFC 3810). */
export const isMembershipQuery: FrameTest = some(
  every(etherType(ETHER_TYPE.ipv4), field(14, 1, 0x46), field(23, 1, 2), field(38, 1, 0x11)),
  every(ipv6(IP_PROTOCOL.hopByHop), field(54, 1, IP_PROTOCOL.icmpv6), field(62, 1, 130)),
);

/**
 * ARP from one of the addresses; of IPv6 addresses their advertisements, and solicitations from them.
 * Of an IPv6 address only the last 4 bytes count, so that a filter of many stays short.
 */
export const claimsOneOf = (ips: readonly IpBytes[]): FrameTest =>
  some(
    every(isArp, field(28, 4, ...lastWords(ips, 4))), // the sender's address
    every(icmpv6(135), field(34, 4, ...lastWords(ips, 6))), // from
    every(icmpv6(136), field(74, 4, ...lastWords(ips, 6))), // the target
  );

/** ARP, solicitations and advertisements that are about one of the addresses, whoever sends them. */
export const concernsOneOf = (ips: readonly IpBytes[]): FrameTest =>
  some(
    claimsOneOf(ips),
    every(isArp, field(38, 4, ...lastWords(ips, 4))), // the target
    every(icmpv6(135), field(74, 4, ...lastWords(ips, 6))), // the target
  );

/** Answers to echo requests that carried the identifier. */
export const isEchoReply = (identifier: number): FrameTest =>
  some(
    every(ipv4(IP_PROTOCOL.icmp), field(34, 1, 0), field(38, 2, identifier)),
    every(icmpv6(129), field(58, 2, identifier)),
  );

function etherType(type: number): FrameTest {
  return field(12, 2, type);
}

function ipv4(protocol: number): FrameTest {
  return every(etherType(ETHER_TYPE.ipv4), field(14, 1, 0x45), field(23, 1, protocol));
}

function ipv6(nextHeader: number): FrameTest {
  return every(etherType(ETHER_TYPE.ipv6), field(20, 1, nextHeader));
}

function icmpv6(...types: readonly number[]): FrameTest {
  return every(ipv6(IP_PROTOCOL.icmpv6), field(54, 1, ...types));
}

const lastWords = (ips: readonly IpBytes[], family: Family): number[] =>
  ips
    .filter((ip) => familyOf(ip) === family)
    .map((ip) => new DataView(ip.buffer, ip.byteOffset).getUint32(ip.length - 4));
