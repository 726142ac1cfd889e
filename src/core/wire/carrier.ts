/**
 * What an upper protocol must know of the IP packet that carries it, and the pseudo-header its
 * checksum covers (RFC 9293 section 3.1 for IPv4, RFC 8200 section 8.1 for IPv6).
 */
import type { IpBytes } from "../addr.ts";
import { ByteWriter } from "../bytes.ts";

/** Both addresses are of one family: theirs is the family of the packet. */
export interface Carrier {
  readonly source: IpBytes;
  readonly destination: IpBytes;
}

/**
 * 12 bytes for IPv4, 40 for IPv6. `length` is that of the upper protocol's whole message.
 * @throws RangeError if the addresses are of two families.
 */
export function pseudoHeader(carrier: Carrier, protocol: number, length: number): Uint8Array {
  const { source, destination } = carrier;
  const w = new ByteWriter().raw(source).raw(destination, source.length);
  return source.length === 4
    ? w.u8(0).u8(protocol).u16(length).bytes()
    : w.u32(length).zeros(3).u8(protocol).bytes();
}

/** Protocol numbers of the IPv4 protocol field and the IPv6 next header field (IANA). */
export const IP_PROTOCOL = {
  hopByHop: 0,
  icmp: 1,
  routing: 43,
  fragment: 44,
  ah: 51,
  icmpv6: 58,
  destinationOptions: 60,
  vrrp: 112,
} as const;
