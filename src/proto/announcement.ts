/**
 * The frames that tell a segment where an address lives now: gratuitous ARP (RFC 5227 section 2.3),
 * unsolicited neighbour advertisements (RFC 4861 section 7.2.6), and RARP (RFC 903), from which
 * switches learn the port of a MAC address without any host's cache being touched.
 */
import { familyOf, type IpBytes, type MacBytes, sameIp } from "../core/addr.ts";
import { encodeArp, gratuitousArp, rarpAnnouncement } from "../core/wire/arp.ts";
import { IP_PROTOCOL } from "../core/wire/carrier.ts";
import { BROADCAST_MAC, ETHER_TYPE, encodeEthernet, multicastMac } from "../core/wire/ethernet.ts";
import { ALL_NODES, encodeNdpPacket, unsolicitedAdvertisement } from "../core/wire/ndp.ts";

/** Some receivers learn from one form of gratuitous ARP alone, so both can be had. */
export type ArpForm = "request" | "reply" | "both";

export interface AnnouncementStyle {
  readonly mac: MacBytes; // at which the address is to be found
  readonly to: MacBytes | null; // one receiver; null: everybody
  readonly arpForm: ArpForm; // IPv4 alone
  readonly router: boolean; // IPv6 alone: this host forwards
}

/** One round for one address. */
export function announcementFrames(ip: IpBytes, style: AnnouncementStyle): Uint8Array[] {
  return familyOf(ip) === 4 ? arpFrames(ip, style) : [advertisementFrame(ip, style)];
}

/** How a frame without tags announces an address; undefined where it does not. */
export function announcementKind(frame: Uint8Array): "arp" | "neighbour" | undefined {
  const [etherType, payload] = [frame.subarray(12, 14), frame.subarray(14)];
  const is = (number: number): boolean =>
    etherType[0] === number >> 8 && etherType[1] === (number & 0xff);
  if (is(ETHER_TYPE.arp)) {
    const [sender, target] = [payload.subarray(14, 18), payload.subarray(24, 28)];
    return target.length === 4 && sameIp(sender, target) ? "arp" : undefined;
  }
  const isNeighbour =
    is(ETHER_TYPE.ipv6) &&
    payload[6] === IP_PROTOCOL.icmpv6 &&
    payload[40] === NEIGHBOUR_ADVERTISEMENT &&
    sameIp(payload.subarray(24, 40), ALL_NODES);
  return isNeighbour ? "neighbour" : undefined;
}

/** For the tables of switches: it names no address. */
export function rarpFrame(style: Pick<AnnouncementStyle, "mac" | "to">): Uint8Array {
  return frame(BROADCAST_MAC, ETHER_TYPE.rarp, encodeArp(rarpAnnouncement(style.mac)), style);
}

function arpFrames(ip: IpBytes, style: AnnouncementStyle): Uint8Array[] {
  const forms = style.arpForm === "both" ? (["request", "reply"] as const) : [style.arpForm];
  return forms.map((form) =>
    frame(BROADCAST_MAC, ETHER_TYPE.arp, encodeArp(gratuitousArp(ip, style.mac, form)), style),
  );
}

/** Sent from the address itself: what is announced is then what every receiver may check. */
function advertisementFrame(ip: IpBytes, style: AnnouncementStyle): Uint8Array {
  const carrier = { source: ip, destination: ALL_NODES };
  const message = unsolicitedAdvertisement(ip, style.mac, style.router);
  const packet = encodeNdpPacket(message, carrier);
  return frame(multicastMac(ALL_NODES), ETHER_TYPE.ipv6, packet, style);
}

function frame(
  everybody: MacBytes,
  etherType: number,
  payload: Uint8Array,
  { mac, to }: Pick<AnnouncementStyle, "mac" | "to">,
): Uint8Array {
  return encodeEthernet({
    destination: to ?? everybody,
    source: mac,
    tags: [],
    etherType,
    payload,
  });
}

const NEIGHBOUR_ADVERTISEMENT = 136; // RFC 4861 section 4.4
