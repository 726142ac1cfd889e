/**
 * VRRP advertisements: version 2 (RFC 3768 section 5.1, authentication of RFC 2338 section 5.3.6) and
 * version 3 (RFC 9568 section 5.2). Version 2 is of IPv4 alone.
 *
 *     0       4       8               16              24              31
 *     +-------+-------+---------------+---------------+---------------+
 *     |version|type=1 |     VRID      |   priority    | address count |
 *     +-------+-------+---------------+---------------+---------------+
 *     | v2: auth type | v2: interval s|           checksum            |
 *     | v3: 0 | interval cs           |                               |
 *     +-------------------------------+-------------------------------+
 *     |  addresses, then in version 2 eight bytes of authentication   |
 */
import { type Family, familyOf, formatIp, type IpBytes } from "../addr.ts";
import { type ByteReader, ByteWriter, decoding } from "../bytes.ts";
import { internetChecksum } from "../checksum.ts";
import type { Decoded } from "../result.ts";
import { type Carrier, IP_PROTOCOL, pseudoHeader } from "./carrier.ts";

export type VrrpAdvert = VrrpV2Advert | VrrpV3Advert;

export interface VrrpV2Advert extends VrrpFields {
  readonly version: 2;
  readonly auth: VrrpAuth;
}

export interface VrrpV3Advert extends VrrpFields {
  readonly version: 3;
  /** What the checksum covers; over IPv6 always with the pseudo-header. */
  readonly checksum: VrrpChecksum;
}

interface VrrpFields {
  readonly vrid: number; // u8, 1..255
  readonly priority: number; // u8, 0 = resigning, 255 = address owner
  readonly adverIntervalCs: number; // 1..4095; in version 2 whole seconds, 100..25500
  readonly addresses: readonly IpBytes[]; // of the carrier's family, at most 255
}

/** `ah` only says that an IP authentication header is claimed; it is not part of this message. */
export type VrrpAuth =
  | { readonly type: "none" | "ah" }
  | { readonly type: "pass"; readonly password: Uint8Array }; // up to 8 bytes, NUL padding cut

/**
 * `pseudo-header` is what keepalived and most routers send over IPv4; `bare` covers the VRRP bytes
 * alone, as RFC 9568 section 5.2.8 words it.
 */
export type VrrpChecksum = "pseudo-header" | "bare";

/**
 * Total over any bytes; `message` is all that the IP packet carries but a `trailer` that was split
 * off (`vrrp-hmac.ts`), which the checksum covers over IPv6. A hop limit of 255 is for the carrier's
 * owner to check. Codes: `short`, `trailing`, `bad-version`, `bad-type`, `bad-checksum`,
 * `bad-vrid` (0), `bad-interval` (0), `no-addresses` (version 3), `bad-auth-type` (version 2).
 */
export function decodeVrrp(
  message: Uint8Array,
  carrier: Carrier,
  trailer: Uint8Array = NO_TRAILER,
): Decoded<VrrpAdvert> {
  return decoding("vrrp", message, (r) => {
    const first = r.u8();
    const version = first >>> 4;
    if (version !== 3 && (version !== 2 || familyOf(carrier.source) === 6)) r.fail("bad-version");
    if ((first & 0x0f) !== ADVERTISEMENT) r.fail("bad-type");
    const [vrid, priority, count] = [r.u8(), r.u8(), r.u8()];
    if (vrid === 0) r.fail("bad-vrid");
    return version === 2
      ? readV2(r, { vrid, priority }, count)
      : readV3(r, { vrid, priority }, count, carrier, trailer);
  });
}

/** @throws RangeError */
export function encodeVrrp(advert: VrrpAdvert, carrier: Carrier): Uint8Array {
  const { version, vrid, priority, adverIntervalCs, addresses } = advert;
  refuseImpossible(advert, familyOf(carrier.source));
  const w = new ByteWriter().bits([4, version], [4, ADVERTISEMENT]);
  w.u8(vrid).u8(priority).u8(addresses.length);
  if (version === 2) w.u8(AUTH_TYPES.indexOf(advert.auth.type)).u8(adverIntervalCs / 100);
  else w.bits([4, 0], [12, adverIntervalCs]);
  w.u16(0);
  for (const address of addresses) w.raw(address, carrier.source.length);
  if (version === 2) writeAuthData(w, advert.auth);
  const flavour = version === 2 ? "bare" : advert.checksum;
  return w.patchU16(CHECKSUM_AT, vrrpChecksum(w.bytes(), carrier, flavour)).bytes();
}

/** As tcpdump prints it, without the password: `VRRPv3, Advertisement, vrid 7, prio 100, ...`. */
export function describeVrrp(advert: VrrpAdvert): string {
  const { version, vrid, priority, adverIntervalCs, addresses } = advert;
  const interval = version === 2 ? `${adverIntervalCs / 100}s` : `${adverIntervalCs}cs`;
  const auth = version === 2 ? `authtype ${AUTH_NAMES[advert.auth.type]}, ` : "";
  const list = `addrs(${addresses.length}): ${addresses.map(formatIp).join(",")}`;
  return `VRRPv${version}, Advertisement, vrid ${vrid}, prio ${priority}, ${auth}intvl ${interval}, ${list}`;
}

/** Whom a message claims to be about, even if it does not decode: so that the right counter moves. */
export function peekVrrp(message: Uint8Array): { version: number; vrid: number } | undefined {
  const [first, vrid] = message;
  return first === undefined || vrid === undefined ? undefined : { version: first >>> 4, vrid };
}

type Head = Pick<VrrpFields, "vrid" | "priority">;

function readV2(r: ByteReader, head: Head, count: number): VrrpV2Advert {
  const [authType, intervalS] = [r.u8(), r.u8()];
  checkLength(r, CHECKSUM_LENGTH + count * 4 + AUTH_LENGTH);
  if (internetChecksum(r.bytes) !== 0) r.fail("bad-checksum");
  const type = AUTH_TYPES[authType] ?? r.fail("bad-auth-type");
  if (intervalS === 0) r.fail("bad-interval");
  r.skip(CHECKSUM_LENGTH);
  const addresses = r.times(count, () => r.take(4));
  const auth: VrrpAuth = type === "pass" ? { type, password: withoutPadding(r.rest()) } : { type };
  return { version: 2, ...head, adverIntervalCs: intervalS * 100, addresses, auth };
}

function readV3(
  r: ByteReader,
  head: Head,
  count: number,
  carrier: Carrier,
  trailer: Uint8Array,
): VrrpV3Advert {
  const adverIntervalCs = r.u16() & 0x0fff; // the upper 4 bits are reserved
  const addressLength = carrier.source.length;
  checkLength(r, CHECKSUM_LENGTH + count * addressLength);
  const checksum = FLAVOURS.find((it) => vrrpChecksum(r.bytes, carrier, it, trailer) === 0);
  if (checksum === undefined) return r.fail("bad-checksum");
  if (checksum === "bare" && addressLength === 16) r.fail("bad-checksum"); // RFC 8200 section 8.1
  if (count === 0) r.fail("no-addresses"); // RFC 9568 section 5.2.5
  if (adverIntervalCs === 0) r.fail("bad-interval");
  r.skip(CHECKSUM_LENGTH);
  const addresses = r.times(count, () => r.take(addressLength));
  return { version: 3, ...head, adverIntervalCs, addresses, checksum };
}

function checkLength(r: ByteReader, expected: number): void {
  if (r.left < expected) r.fail("short");
  if (r.left > expected) r.fail("trailing");
}

/** What fits its field and yet would be refused by every receiver. */
function refuseImpossible(advert: VrrpAdvert, family: Family): void {
  const { vrid, adverIntervalCs, addresses } = advert;
  if (vrid === 0) throw new RangeError("VRID 0");
  if (adverIntervalCs === 0) throw new RangeError("advertisement interval 0");
  if (advert.version === 2) {
    if (family === 6) throw new RangeError("VRRPv2 over IPv6");
    return;
  }
  if (addresses.length === 0) throw new RangeError("VRRPv3 without an address");
  if (family === 6 && advert.checksum === "bare") throw new RangeError("bare checksum over IPv6");
}

function vrrpChecksum(
  message: Uint8Array,
  carrier: Carrier,
  flavour: VrrpChecksum,
  trailer: Uint8Array = NO_TRAILER,
): number {
  if (flavour === "bare") return internetChecksum(message);
  // Over IPv6 the kernel makes it, of the packet's whole payload (RFC 3542 section 3.1).
  const behind = carrier.source.length === 16 ? trailer : NO_TRAILER;
  const length = message.length + behind.length;
  return internetChecksum(pseudoHeader(carrier, IP_PROTOCOL.vrrp, length), message, behind);
}

function writeAuthData(w: ByteWriter, auth: VrrpAuth): void {
  const password = auth.type === "pass" ? auth.password : new Uint8Array();
  if (password.length > AUTH_LENGTH) throw new RangeError(`${password.length} bytes of password`);
  w.raw(password).zeros(AUTH_LENGTH - password.length);
}

function withoutPadding(data: Uint8Array): Uint8Array {
  return data.slice(0, data.findLastIndex((byte) => byte !== 0) + 1);
}

const NO_TRAILER = new Uint8Array();
const ADVERTISEMENT = 1;
const CHECKSUM_AT = 6;
const CHECKSUM_LENGTH = 2;
const AUTH_LENGTH = 8;
const AUTH_TYPES = ["none", "pass", "ah"] as const; // from 0
const AUTH_NAMES = { none: "none", pass: "simple", ah: "ah" } as const; // tcpdump's words
const FLAVOURS = ["pseudo-header", "bare"] as const; // in order of trust
