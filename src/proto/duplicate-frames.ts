/**
 * How to ask whether somebody has an address without claiming it, and who says so: ARP probes
 * (RFC 5227 section 2.1) and the neighbour solicitations of duplicate address detection (RFC 4862
 * section 5.4).
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
  const [destination, etherType, payload] =
    familyOf(ip) === 4
      ? ([BROADCAST_MAC, ETHER_TYPE.arp, encodeArp(arpProbe(ip, mac))] as const)
      : ([multicastMac(solicitedNodeGroup(ip)), ETHER_TYPE.ipv6, solicitation(ip)] as const);
  return encodeEthernet({ destination, source: mac, tags: [], etherType, payload });
}

/** @returns undefined for a frame that says of no address where it lives. */
export function decodeClaim(frame: Uint8Array): AddressClaim | undefined {
  const ethernet = decodeEthernet(frame);
  if (!ethernet.ok) return undefined;
  const { etherType, payload, source } = ethernet.value;
  if (etherType === ETHER_TYPE.arp) return arpClaim(payload);
  return etherType === ETHER_TYPE.ipv6 ? ndpClaim(payload, source) : undefined;
}

/** RFC 5227 section 2.1.1: any ARP packet from the address, or a probe for it. */
function arpClaim(payload: Uint8Array): AddressClaim | undefined {
  const arp = decodeArp(payload);
  if (!arp.ok) return undefined;
  const { senderIp, senderMac, targetIp } = arp.value;
  return { ip: isUnspecifiedIp(senderIp) ? targetIp : senderIp, mac: senderMac };
}

/** RFC 4862 sections 5.4.3 and 5.4.4: an advertisement of the address, or a probe for it. */
function ndpClaim(payload: Uint8Array, from: MacBytes): AddressClaim | undefined {
  const packet = decodeIpv6(payload);
  if (!packet.ok || packet.value.protocol !== IP_PROTOCOL.icmpv6) return undefined;
  if (packet.value.hopLimit !== 255) return undefined; // RFC 4861 section 7.1: it came from afar
  const message = decodeNdp(packet.value.payload, packet.value);
  if (!message.ok) return undefined;
  const { target: ip } = message.value;
  if (message.value.kind === "advertisement") return { ip, mac: message.value.targetMac ?? from };
  return isUnspecifiedIp(packet.value.source) ? { ip, mac: from } : undefined;
}

function solicitation(target: IpBytes): Uint8Array {
  const carrier = { source: new Uint8Array(16), destination: solicitedNodeGroup(target) };
  return encodeNdpPacket({ kind: "solicitation", target, sourceMac: undefined }, carrier);
}
