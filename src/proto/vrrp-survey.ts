/**
 * Who uses a VRID before we do: two groups of routers with one VRID on one segment take each
 * other's adverts for their own and flap without end.
 */
import { familyOf, formatIp, type IpBytes, sameIpSet } from "../core/addr.ts";
import { decodeVrrp } from "../core/wire/vrrp.ts";
import { splitTrailer } from "../core/wire/vrrp-hmac.ts";
import type { HeardDatagram } from "./vrrp-receive.ts";

/** Another group, or a member of ours that was given other addresses. */
export interface ForeignUse {
  readonly source: string;
  readonly addresses: readonly string[];
}

/**
 * @returns undefined when the datagram is no advert for `vrid`, comes from another LAN or lists just
 *   the addresses of `ours`.
 */
export function foreignUse(
  { payload, source, destination, ttl }: HeardDatagram,
  vrid: number,
  ours: readonly IpBytes[],
): ForeignUse | undefined {
  if (ttl !== 255) return undefined; // RFC 9568 section 7.1
  const { pdu, trailer } = splitTrailer(payload, familyOf(source)); // whether we have keys or not
  const result = decodeVrrp(pdu, { source, destination }, trailer);
  if (!result.ok || result.value.vrid !== vrid) return undefined;
  const { addresses } = result.value;
  if (sameIpSet(addresses, ours)) return undefined;
  return { source: formatIp(source), addresses: addresses.map(formatIp) };
}
