/** The VRRP advert that an Ethernet frame carries, for somebody who only looks on. */
import { type Family, familyOf, formatIp, formatMac, isMulticastIp } from "../../core/addr.ts";
import { IP_PROTOCOL } from "../../core/wire/carrier.ts";
import { decodeEthernet, ETHER_TYPE } from "../../core/wire/ethernet.ts";
import { decodeIpv4 } from "../../core/wire/ipv4.ts";
import { decodeIpv6 } from "../../core/wire/ipv6.ts";
import { decodeVrrp } from "../../core/wire/vrrp.ts";
import { splitTrailer } from "../../core/wire/vrrp-hmac.ts";
import type { HeardDatagram } from "./receive.ts";

export interface FrameAdvert {
  readonly vrid: number;
  readonly family: Family;
  readonly version: 2 | 3;
  readonly source: string; // IP address
  readonly mac: string; // who sent the frame
  readonly priority: number;
  readonly intervalMs: number;
  readonly addresses: readonly string[];
}

/**
 * Total over any bytes. Neither a password nor a signature is looked at.
 * @returns why nobody believes it: a code of `decodeVrrp`, or `ttl-not-255` where it went to a group;
 *   undefined for what is no advert
 */
export function readFrameAdvert(frame: Uint8Array): FrameAdvert | string | undefined {
  const ethernet = decodeEthernet(frame);
  const heard = ethernet.ok ? datagramIn(ethernet.value) : undefined;
  if (!ethernet.ok || heard === undefined) return undefined;
  if (isMulticastIp(heard.destination) && heard.ttl !== 255) return "ttl-not-255";
  const family = familyOf(heard.source);
  const { pdu, trailer } = splitTrailer(heard.payload, family);
  const advert = decodeVrrp(pdu, heard, trailer);
  if (!advert.ok) return advert.fault.code;
  const { vrid, version, priority, adverIntervalCs, addresses } = advert.value;
  return {
    vrid,
    family,
    version,
    source: formatIp(heard.source),
    mac: formatMac(ethernet.value.source),
    priority,
    intervalMs: adverIntervalCs * 10,
    addresses: addresses.map(formatIp),
  };
}

function datagramIn(frame: {
  readonly etherType: number;
  readonly payload: Uint8Array;
}): HeardDatagram | undefined {
  if (frame.etherType === ETHER_TYPE.ipv4) {
    const packet = decodeIpv4(frame.payload);
    if (packet.ok && packet.value.protocol === IP_PROTOCOL.vrrp) return packet.value;
  } else if (frame.etherType === ETHER_TYPE.ipv6) {
    const packet = decodeIpv6(frame.payload);
    if (packet.ok && packet.value.protocol === IP_PROTOCOL.vrrp)
      return { ...packet.value, ttl: packet.value.hopLimit };
  }
  return undefined;
}
