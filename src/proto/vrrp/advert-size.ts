/**
 * How long an advert is with its IP header, and how many addresses fit in one: it must not be
 * fragmented, and counts them in one byte (RFC 9568 section 5.2.5, RFC 3768 section 5.3.5).
 */
import { addressBits, familyOf, type IpBytes } from "../../core/addr.ts";
import { TRAILER_BYTES } from "../../core/wire/vrrp-hmac.ts";

export interface AdvertShape {
  readonly version: 2 | 3;
  readonly addresses: readonly IpBytes[]; // all of the family of the first
  readonly hmac: boolean; // may have the trailer of `vrrp-hmac.ts`
}

/** The longest password that fits into an advert of version 2. */
export const AUTH_PASS_MAX_BYTES = 8;

export function advertBytes(shape: AdvertShape): number {
  return fixedBytes(shape) + shape.addresses.length * addressBytes(shape);
}

/** @param mtuBytes of the interface, null while it is not known */
export function mostAddresses({
  mtuBytes,
  ...shape
}: AdvertShape & { readonly mtuBytes: number | null }): number {
  if (mtuBytes === null) return MAX_COUNT;
  const fitting = Math.floor((mtuBytes - fixedBytes(shape)) / addressBytes(shape));
  return Math.max(0, Math.min(MAX_COUNT, fitting));
}

/** All but the addresses. */
function fixedBytes({ version, addresses: [first], hmac }: AdvertShape): number {
  const ipHeaderBytes = first?.length === 16 ? 40 : 20;
  const authBytes = version === 2 ? AUTH_PASS_MAX_BYTES : 0;
  const trailerBytes = hmac ? TRAILER_BYTES : 0; // in every mode: one is changed to the next
  return ipHeaderBytes + VRRP_HEADER_BYTES + authBytes + trailerBytes;
}

const addressBytes = ({ addresses: [first] }: AdvertShape): number =>
  first === undefined ? 4 : addressBits(familyOf(first)) / 8;

const VRRP_HEADER_BYTES = 8;
const MAX_COUNT = 255;
