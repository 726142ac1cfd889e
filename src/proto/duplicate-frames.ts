/**
 * How to ask whether somebody has an address without claiming it, and who says so: ARP probes
 * (RFC 5227 section 2.1) and the neighbour solicitations of duplicate address detection (RFC 4862
 * section 5.4), or the question of an ordinary neighbour.
 */
import { familyOf, type IpBytes, isUnspecifiedIp, type MacBytes } from "../core/addr.ts";
import { arpProbe, decodeArp, encodeArp } from "../core/wire/arp.ts";
import { IP_PROTOCOL } from "../core/wire/carrier.ts";
import {
  BROADCAST_MAC,
  decodeEthernet,
  ETHER_TYPE,
  encodeEthernet,
  multicastMac,
} from "../core/wire/ethernet.ts";
import { decodeIpv6 } from "../core/wire/ipv6.ts";
import { decodeNdp, encodeNdpPacket, solicitedNodeGroup } from "../core/wire/ndp.ts";

/** Somebody who has an address, or is probing for it as we do. */
export interface AddressClaim {
  readonly ip: IpBytes;
  readonly mac: MacBytes;
}

export function probeFrame(ip: IpBytes, mac: MacBytes): Uint8Array {
  if (familyOf(ip) === 4) {
    return frameTo(BROADCAST_MAC, ETHER_TYPE.arp, encodeArp(arpProbe(ip, mac)), mac);
  }
  const everybody = multicastMac(solicitedNodeGroup(ip));
  return frameTo(everybody, ETHER_TYPE.ipv6, solicitation(ip), mac);
}

/**
 * The same for an address that is ours: as a neighbour asks, for which nobody gives up an address or
 * tells the whole LAN of it, as after a probe.
 */
export function questionFrame(ip: IpBytes, asker: AddressClaim): Uint8Array {
  const { ip: source, mac } = asker;
  if (familyOf(ip) === 4) {
    const question = { ...arpProbe(ip, mac), senderIp: source };
    return frameTo(BROADCAST_MAC, ETHER_TYPE.arp, encodeArp(question), mac);
  }
  const carrier = { source, destination: solicitedNodeGroup(ip) };
  const message = { kind: "solicitation", target: ip, sourceMac: mac } as const;
  const packet = encodeNdpPacket(message, carrier);
  return frameTo(multicastMac(carrier.destination), ETHER_TYPE.ipv6, packet, mac);
}

/** @returns undefined for a frame that says of no address where it lives. */
export function decodeClaim(frame: Uint8Array): AddressClaim | undefined {
  const ethernet = decodeEthernet(frame);
  if (!ethernet.ok) return undefined;
  const { etherType, payload, source } = ethernet.value;
  if (etherType === ETHER_TYPE.arp) return arpClaim(payload);
  return etherType === ETHER_TYPE.ipv6 ? ndpClaim(payload, source) : undefined;
}

const frameTo = (
  destination: MacBytes,
  etherType: number,
  payload: Uint8Array,
  source: MacBytes,
): Uint8Array => encodeEthernet({ destination, source, tags: [], etherType, payload });

/** RFC 5227 section 2.1.1: any ARP packet from the address, or a probe for it. */
function arpClaim(payload: Uint8Array): AddressClaim | undefined {
  const arp = decodeArp(payload);
  if (!arp.ok) return undefined;
  const { senderIp, senderMac, targetIp } = arp.value;
  return { ip: isUnspecifiedIp(senderIp) ? targetIp : senderIp, mac: senderMac };
}

/** RFC 4862 sections 5.4.3 and 5.4.4: an advertisement of the address, a probe for it, or its use. */
function ndpClaim(payload: Uint8Array, from: MacBytes): AddressClaim | undefined {
  const packet = decodeIpv6(payload);
  if (!packet.ok || packet.value.protocol !== IP_PROTOCOL.icmpv6) return undefined;
  if (packet.value.hopLimit !== 255) return undefined; // RFC 4861 section 7.1: it came from afar
  const message = decodeNdp(packet.value.payload, packet.value);
  if (!message.ok) return undefined;
  const { target: ip } = message.value;
  if (message.value.kind === "advertisement") return { ip, mac: message.value.targetMac ?? from };
  const { source } = packet.value;
  return { ip: isUnspecifiedIp(source) ? ip : source, mac: message.value.sourceMac ?? from };
}

function solicitation(target: IpBytes): Uint8Array {
  const carrier = { source: new Uint8Array(16), destination: solicitedNodeGroup(target) };
  return encodeNdpPacket({ kind: "solicitation", target, sourceMac: undefined }, carrier);
}
