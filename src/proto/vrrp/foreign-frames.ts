/**
 * What a MASTER is to see beside the adverts that the protocol's socket gives it: claims of its
 * addresses, and every advert for its virtual router, also those that the host's firewall hides.
 */
import {
  familyOf,
  formatIp,
  formatMac,
  type IpBytes,
  includesIp,
  type MacBytes,
} from "../../core/addr.ts";
import { type BpfInstruction, compileFilter, every, some } from "../../core/bpf.ts";
import { claimsOneOf, isReceived, isVrrp } from "../../core/wire/frame-filter.ts";
import { decodeClaim } from "../duplicate-frames.ts";
import type { ClaimHeard } from "./conflict-watch.ts";
import { vrrpInFrame } from "./frame-datagram.ts";
import { decodeAdvert } from "./receive.ts";

/** The addresses of a virtual router, on the wire. */
export interface OurPlace {
  readonly vrid: number;
  readonly vips: readonly IpBytes[];
  readonly source: IpBytes; // where our adverts come from
  readonly mac: MacBytes;
}

/** A well-formed advert, whether it is to be believed or not. */
export interface ForeignAdvert {
  readonly kind: "advert";
  readonly source: IpBytes;
  readonly destination: IpBytes; // a group, or ourselves
  readonly mac: string;
  readonly priority: number; // 0..255; 0 = it resigns
  readonly adverIntervalMs: number;
}

/** For a socket of any EtherType: lets through more than is wanted, and hardly anything else. */
export const foreignFilter = ({ vips, vrid }: OurPlace): BpfInstruction[] =>
  compileFilter(every(isReceived, some(claimsOneOf(vips), isVrrp(vrid))));

/** Total over any bytes. @returns undefined for what is neither, or our own, sent back to us */
export function decodeForeign(
  frame: Uint8Array,
  ours: OurPlace,
): ClaimHeard | ForeignAdvert | undefined {
  const advert = advertIn(frame);
  if (advert !== undefined) {
    const { vrid, ...foreign } = advert;
    // The same VRID over the other family is another virtual router.
    const isOurRouter = vrid === ours.vrid && familyOf(foreign.source) === familyOf(ours.source);
    return isOurRouter && !includesIp([ours.source], foreign.source) ? foreign : undefined;
  }
  const claim = decodeClaim(frame);
  if (claim === undefined || !includesIp(ours.vips, claim.ip)) return undefined;
  const mac = formatMac(claim.mac);
  if (mac === formatMac(ours.mac)) return undefined;
  return { kind: "claim-heard", vip: formatIp(claim.ip), mac };
}

function advertIn(frame: Uint8Array): (ForeignAdvert & { readonly vrid: number }) | undefined {
  const carried = vrrpInFrame(frame);
  const advert = carried && decodeAdvert(carried.heard);
  if (carried === undefined || !advert?.ok) return undefined;
  const { source, destination } = carried.heard;
  const mac = formatMac(carried.mac);
  const { vrid, priority, adverIntervalCs } = advert.value;
  const adverIntervalMs = adverIntervalCs * 10;
  return { kind: "advert", source, destination, mac, vrid, priority, adverIntervalMs };
}
