/** What a packet says, in the words of our own decoders: one line, for tests that compare a whole run. */
import { formatIp, formatMac } from "../../src/core/addr.ts";
import { decodeArp, describeArp } from "../../src/core/wire/arp.ts";
import { decodeEthernet, ETHER_TYPE } from "../../src/core/wire/ethernet.ts";
import { decodeIpv6 } from "../../src/core/wire/ipv6.ts";
import { decodeNdp, describeNdp } from "../../src/core/wire/ndp.ts";
import { decodeVrrp } from "../../src/core/wire/vrrp.ts";
import type { Sent } from "./fake-ports.ts";
import { decodedOf, ip } from "./packets.ts";

/** `advert 100 from 10.0.0.1`, or as `frameText`. */
export function sentText({ kind, source, bytes }: Sent): string {
  if (kind === "frame" || source === null) return frameText(bytes);
  const destination = ip(source.includes(":") ? "ff02::12" : "224.0.0.18");
  const { priority } = decodedOf(decodeVrrp(bytes, { source: ip(source), destination }));
  return `advert ${priority} from ${source}`;
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
