/** What a packet says, in the words of our own decoders: one line, for tests that compare a whole run. */
import { formatIp, formatMac } from "../../src/core/addr.ts";
import { decodeArp, describeArp } from "../../src/core/wire/arp.ts";
import { decodeEthernet, ETHER_TYPE } from "../../src/core/wire/ethernet.ts";
import { decodeIpv6 } from "../../src/core/wire/ipv6.ts";
import { decodeNdp, describeNdp } from "../../src/core/wire/ndp.ts";
import { decodeVrrp } from "../../src/core/wire/vrrp.ts";
import type { Sent } from "./fake-ports.ts";
import { decodedOf, ip } from "./packets.ts";

/** `advert 100 from 10.0.0.1`, ` to 10.0.0.2` where it is not VRRP's own group, or as `frameText`. */
export function sentText({ source, destination, bytes }: Sent): string {
  if (source === null || destination === null) return frameText(bytes);
  const carrier = { source: ip(source), destination: ip(destination) };
  const { priority } = decodedOf(decodeVrrp(bytes, carrier));
  const isUsual = destination === (source.includes(":") ? "ff02::12" : "224.0.0.18");
  return `advert ${priority} from ${source}${isUsual ? "" : ` to ${destination}`}`;
}

/** `SOURCE > DESTINATION: ` and what is inside, of ARP, RARP and neighbour discovery. */
export function frameText(bytes: Uint8Array): string {
  const frame = decodedOf(decodeEthernet(bytes));
  const path = `${formatMac(frame.source)} > ${formatMac(frame.destination)}`;
  if (frame.etherType !== ETHER_TYPE.ipv6) {
    return `${path}: ${describeArp(decodedOf(decodeArp(frame.payload)))}`;
  }
  const packet = decodedOf(decodeIpv6(frame.payload));
  const message = decodedOf(decodeNdp(packet.payload, packet));
  const carrier = `${formatIp(packet.source)} > ${formatIp(packet.destination)}`;
  return `${path}: ${carrier} hop limit ${packet.hopLimit}: ${describeNdp(message)}`;
}
