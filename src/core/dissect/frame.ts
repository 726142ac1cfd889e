/** What a captured packet is to somebody who looks on at VRRP: the way down through its layers. */
import type { Family, IpBytes } from "../addr.ts";
import { copyOf } from "../bytes.ts";
import type { CapturePacket } from "../capture/packet.ts";
import { type Carrier, IP_PROTOCOL } from "../wire/carrier.ts";
import { ETHER_TYPE } from "../wire/ethernet.ts";
import { dissectCarp } from "./carp.ts";
import { arpClaim, ndpClaim } from "./claims.ts";
import { type IpLayer, readIp } from "./ip.ts";
import { type LinkLayer, macAt, NOWHERE, readLinkLayer } from "./link-layer.ts";
import type { Seen, SeenCarp, SeenClaim, SeenVrrp } from "./seen.ts";
import { dissectVrrp, VRRP_HEADER_BYTES } from "./vrrp.ts";

/**
 * Total over any bytes, in bounded work; nothing in the answer is the packet's own memory.
 * @returns undefined for what is none of ours, also for every packet of an unknown link type
 */
export function dissect(packet: CapturePacket): Seen | undefined {
  const link = readLinkLayer(packet);
  if (link === undefined) return undefined;
  switch (link.etherType) {
    case ETHER_TYPE.ipv4:
      return dissectIp(packet, link, 4);
    case ETHER_TYPE.ipv6:
      return dissectIp(packet, link, 6);
    case ETHER_TYPE.arp:
      return dissectArp(packet, link);
    default:
      return undefined;
  }
}

function dissectIp(packet: CapturePacket, link: LinkLayer, family: Family): Seen | undefined {
  const { bytes, start, end } = packet;
  const wireEnd = Math.max(end, start + packet.wireBytes);
  const ip = readIp({ bytes, at: link.networkAt, end, wireEnd }, family);
  if (ip === undefined) return undefined;
  const cut = ip.payloadEnd - ip.payloadAt < VRRP_HEADER_BYTES ? "short" : null;
  const code = ip.broken ?? cut;
  const source = addressAt(bytes, ip.sourceAt, family);
  const destination = addressAt(bytes, ip.destinationAt, family);
  if (ip.protocol === IP_PROTOCOL.icmpv6) {
    return code === null ? dissectNdp(bytes, link, ip, { source, destination }) : undefined;
  }
  if (code === null) return dissectMessage(bytes, link, ip, { source, destination });
  const ends = {
    source: ip.sourceAt === NOWHERE ? null : source,
    destination: ip.destinationAt === NOWHERE ? null : destination,
  };
  return { kind: "broken", ...linkOf(bytes, link), family, ...ends, code };
}

/** Protocol 112 with at least the bytes of a header. */
function dissectMessage(
  bytes: Uint8Array,
  link: LinkLayer,
  ip: IpLayer,
  carrier: Carrier,
): SeenVrrp | SeenCarp {
  const { family, ttl, authenticated } = ip;
  const { source, destination } = carrier;
  const message = copyOf(bytes, ip.payloadAt, ip.payloadEnd);
  const carp = dissectCarp(message, ip.payloadBytes);
  if (carp !== undefined) {
    const travel = { family, source, destination, ttl, authenticated, ipFlaws: ip.flaws };
    return { kind: "carp", ...linkOf(bytes, link), ...travel, ...carp };
  }
  // Written out, as it is what almost every packet comes to: spreading takes longer than all the rest.
  return {
    kind: "vrrp",
    vlans: link.vlans,
    sourceMac: macAt(bytes, link.sourceMacAt),
    destinationMac: macAt(bytes, link.destinationMacAt),
    family,
    source,
    destination,
    ttl,
    authenticated,
    ipFlaws: ip.flaws,
    message,
    vrrp: dissectVrrp(message, carrier, ip.payloadBytes),
  };
}

function dissectNdp(
  bytes: Uint8Array,
  link: LinkLayer,
  ip: IpLayer,
  carrier: Carrier,
): SeenClaim | undefined {
  const message = bytes.subarray(ip.payloadAt, ip.payloadEnd);
  const from = linkOf(bytes, link);
  const claim = ndpClaim(message, carrier, ip.ttl, from.sourceMac);
  return claim && { kind: "claim", ...from, family: 6, ...claim };
}

function dissectArp(packet: CapturePacket, link: LinkLayer): SeenClaim | undefined {
  const { bytes, end } = packet;
  const { destinationMacAt: at } = link;
  const toAll = at !== NOWHERE && ((bytes[at] as number) & GROUP_MAC) !== 0;
  const claim = arpClaim(bytes.subarray(link.networkAt, end), toAll);
  return claim && { kind: "claim", ...linkOf(bytes, link), family: 4, ...claim };
}

const linkOf = (bytes: Uint8Array, link: LinkLayer) => ({
  vlans: link.vlans,
  sourceMac: macAt(bytes, link.sourceMacAt),
  destinationMac: macAt(bytes, link.destinationMacAt),
});

const addressAt = (bytes: Uint8Array, at: number, family: Family): IpBytes =>
  at === NOWHERE ? NO_ADDRESS : copyOf(bytes, at, at + (family === 4 ? 4 : 16));

const GROUP_MAC = 0x01; // the lowest bit of the first byte
const NO_ADDRESS: IpBytes = new Uint8Array();
