/** The VRRP advert that an Ethernet frame carries, for somebody who only looks on. */
import {
  type Family,
  familyOf,
  formatIp,
  formatMac,
  isMulticastIp,
  type MacBytes,
} from "../../core/addr.ts";
import { IP_PROTOCOL } from "../../core/wire/carrier.ts";
import { decodeEthernet, ETHER_TYPE } from "../../core/wire/ethernet.ts";
import { decodeIpv4 } from "../../core/wire/ipv4.ts";
import { decodeIpv6 } from "../../core/wire/ipv6.ts";
import { decodeAdvert, type HeardDatagram } from "./receive.ts";

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
  const carried = vrrpInFrame(frame);
  if (carried === undefined) return undefined;
  const { heard, mac } = carried;
  if (isMulticastIp(heard.destination) && heard.ttl !== 255) return "ttl-not-255";
  const advert = decodeAdvert(heard);
  if (!advert.ok) return advert.fault.code;
  const { vrid, version, priority, adverIntervalCs, addresses } = advert.value;
  return {
    vrid,
    family: familyOf(heard.source),
    version,
    source: formatIp(heard.source),
    mac: formatMac(mac),
    priority,
    intervalMs: adverIntervalCs * 10,
    addresses: addresses.map(formatIp),
  };
}

/** The datagram of the protocol in a frame, and who sent the frame; undefined for what has none. */
export function vrrpInFrame(
  frame: Uint8Array,
): { readonly heard: HeardDatagram; readonly mac: MacBytes } | undefined {
  const ethernet = decodeEthernet(frame);
  if (!ethernet.ok) return undefined;
  const { etherType, payload, source: mac } = ethernet.value;
  if (etherType === ETHER_TYPE.ipv4) {
    const packet = decodeIpv4(payload);
    if (packet.ok && packet.value.protocol === IP_PROTOCOL.vrrp)
      return { heard: packet.value, mac };
  } else if (etherType === ETHER_TYPE.ipv6) {
    const packet = decodeIpv6(payload);
    if (packet.ok && packet.value.protocol === IP_PROTOCOL.vrrp)
      return { heard: { ...packet.value, ttl: packet.value.hopLimit }, mac };
  }
  return undefined;
}
