/**
 * Who uses a VRID before we do: two groups of routers with one VRID on one segment take each
 * other's adverts for their own and flap without end.
 */
import { formatIp, sameIpSet } from "../../core/addr.ts";
import { type AdvertStandard, decodeAdvert, type HeardDatagram, travelFlaw } from "./receive.ts";

/** Another group, or a member of ours that was given other addresses. */
export interface ForeignUse {
  readonly source: string;
  readonly addresses: readonly string[];
}

/**
 * @returns undefined when the datagram is no advert for our VRID, comes from another LAN or from no
 *   peer, or lists just the addresses of `ours`.
 */
export function foreignUse(
  heard: HeardDatagram,
  ours: Pick<AdvertStandard, "vrid" | "addresses" | "reach">,
): ForeignUse | undefined {
  if (travelFlaw(heard, ours.reach) !== undefined) return undefined;
  const result = decodeAdvert(heard); // whether we have keys or not
  if (!result.ok || result.value.vrid !== ours.vrid) return undefined;
  const { addresses } = result.value;
  if (sameIpSet(addresses, ours.addresses)) return undefined;
  return { source: formatIp(heard.source), addresses: addresses.map(formatIp) };
}
