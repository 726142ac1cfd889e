/**
 * Who says of an address that it is at a MAC address: ARP (RFC 826; announcements of RFC 5227 section
 * 2.3) and neighbour discovery (RFC 4861 sections 4.3 and 4.4). A probe for an address claims nothing.
 */
import { type IpBytes, isMulticastIp, isUnspecifiedIp, type MacBytes, sameIp } from "../addr.ts";
import { decodeArp } from "../wire/arp.ts";
import type { Carrier } from "../wire/carrier.ts";
import { decodeNdp } from "../wire/ndp.ts";
import type { SeenClaim } from "./seen.ts";

/** A claim but for the frame that it came in. */
export type Claim = Pick<SeenClaim, "ip" | "mac" | "manner">;

/** Total over any bytes; `toAll`: the frame went to more than one neighbour, as far as is known. */
export function arpClaim(bytes: Uint8Array, toAll: boolean): Claim | undefined {
  const arp = decodeArp(bytes);
  if (!arp.ok) return undefined;
  const { operation, senderIp: ip, senderMac: mac, targetIp } = arp.value;
  if (isUnspecifiedIp(ip)) return undefined;
  const aboutItself = sameIp(ip, targetIp);
  if (operation === "request") return { ip, mac, manner: aboutItself ? "gratuitous" : "question" };
  if (operation !== "reply") return undefined;
  return { ip, mac, manner: aboutItself || toAll ? "gratuitous" : "answer" };
}

/**
 * Total over any bytes. `hopLimit` must prove that it is of this link (RFC 4861 section 7.1);
 * `sender` stands in for an option that is not there.
 */
export function ndpClaim(
  bytes: Uint8Array,
  carrier: Carrier,
  hopLimit: number,
  sender: MacBytes | null,
): Claim | undefined {
  if (hopLimit !== 255) return undefined;
  const decoded = decodeNdp(bytes, carrier);
  if (!decoded.ok) return undefined;
  const message = decoded.value;
  if (message.kind === "solicitation") {
    if (isUnspecifiedIp(carrier.source)) return undefined;
    return claim(carrier.source, message.sourceMac ?? sender, "question");
  }
  const manner = isMulticastIp(carrier.destination) ? "gratuitous" : "answer";
  return claim(message.target, message.targetMac ?? sender, manner);
}

const claim = (ip: IpBytes, mac: MacBytes | null, manner: Claim["manner"]): Claim | undefined =>
  mac === null ? undefined : { ip, mac, manner };
