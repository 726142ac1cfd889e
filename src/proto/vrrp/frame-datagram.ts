/** The VRRP datagram that an Ethernet frame without VLAN tags carries. */
import type { MacBytes } from "../../core/addr.ts";
import { IP_PROTOCOL } from "../../core/wire/carrier.ts";
import { decodeEthernet, ETHER_TYPE } from "../../core/wire/ethernet.ts";
import { decodeIpv4 } from "../../core/wire/ipv4.ts";
import { decodeIpv6 } from "../../core/wire/ipv6.ts";
import type { HeardDatagram } from "./receive.ts";

/** Total over any bytes. @returns it, and who sent the frame; undefined for what has none */
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
