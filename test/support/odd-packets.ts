/** IP packets with VRRP or CARP as nobody should send them, or as few do; all made here. */
import { internetChecksum } from "../../src/core/checksum.ts";
import { type Carrier, IP_PROTOCOL } from "../../src/core/wire/carrier.ts";
import { encodeIpv4, type Ipv4Packet } from "../../src/core/wire/ipv4.ts";
import { encodeIpv6, type Ipv6Extension } from "../../src/core/wire/ipv6.ts";
import { encodeVrrp, type VrrpAuth } from "../../src/core/wire/vrrp.ts";
import { fromHex, ip } from "./packets.ts";

export const OVER_IPV4: Carrier = { source: ip("10.0.0.1"), destination: ip("224.0.0.18") };
export const OVER_IPV6: Carrier = { source: ip("fe80::1"), destination: ip("ff02::12") };

/** Adverts of VRID 51 and priority 100, each second. */
export const v2Advert = (addresses = 1, auth: VrrpAuth = { type: "none" }): Uint8Array =>
  encodeVrrp({ version: 2, ...HEAD, addresses: listOf(addresses, 4), auth }, OVER_IPV4);
export const v3Advert = (addresses = 2, checksum: "bare" | "pseudo-header" = "pseudo-header") =>
  encodeVrrp({ version: 3, ...HEAD, addresses: listOf(addresses, 4), checksum }, OVER_IPV4);
export const v3Advert6 = (addresses = 2): Uint8Array =>
  encodeVrrp(
    { version: 3, ...HEAD, addresses: listOf(addresses, 16), checksum: "pseudo-header" },
    OVER_IPV6,
  );

/** VHID 7, advskew 100, advbase 1; the checksum covers the message alone over IPv6 too. */
export const carpAdvert = (): Uint8Array =>
  sealed(
    Uint8Array.of(0x21, 7, 100, 7, 0, 1, 0, 0, ...Array.from({ length: 28 }, (_, n) => n * 7 + 1)),
  );

/** The bytes at `at` changed. */
export function patched(bytes: Uint8Array, at: number, ...values: readonly number[]): Uint8Array {
  const copy = bytes.slice();
  copy.set(values, at);
  return copy;
}

/** With the checksum of the bytes alone at 6, where VRRP and CARP have it. */
export function sealed(message: Uint8Array): Uint8Array {
  const blank = patched(message, 6, 0, 0);
  const checksum = internetChecksum(blank);
  return patched(blank, 6, checksum >>> 8, checksum & 0xff);
}

export const inIpv4 = (payload: Uint8Array, changes: Partial<Ipv4Packet> = {}): Uint8Array =>
  encodeIpv4({
    trafficClass: 0xc0,
    identification: 1,
    dontFragment: false,
    moreFragments: false,
    fragmentOffset: 0,
    ttl: 255,
    protocol: IP_PROTOCOL.vrrp,
    ...OVER_IPV4,
    options: new Uint8Array(),
    payload,
    ...changes,
  });

export const inIpv6 = (
  payload: Uint8Array,
  extensions: readonly Ipv6Extension[] = [],
  protocol: number = IP_PROTOCOL.vrrp,
): Uint8Array =>
  encodeIpv6({
    trafficClass: 0xc0,
    flowLabel: 0,
    hopLimit: 255,
    ...OVER_IPV6,
    extensions,
    protocol,
    payload,
  });

/** What stands in an authentication header behind its length: SPI, sequence number, 12 bytes of proof. */
const AH_BODY = fromHex("0000 0a000001 00000001 958442c6f2e3a90615dea292");

/** IPv4 with an authentication header before the payload. */
export const inAuthenticatedIpv4 = (payload: Uint8Array): Uint8Array =>
  inIpv4(Uint8Array.of(IP_PROTOCOL.vrrp, 4, ...AH_BODY, ...payload), { protocol: IP_PROTOCOL.ah });

/** Extension headers of each kind. */
export const EXTENSION = {
  hopByHop: { type: IP_PROTOCOL.hopByHop, body: fromHex("050200000100") },
  routing: { type: IP_PROTOCOL.routing, body: fromHex("000000000000") },
  atomicFragment: { type: IP_PROTOCOL.fragment, body: fromHex("000012345678") },
  firstFragment: { type: IP_PROTOCOL.fragment, body: fromHex("000112345678") },
  laterFragment: { type: IP_PROTOCOL.fragment, body: fromHex("001012345678") },
  ah: { type: IP_PROTOCOL.ah, body: AH_BODY },
  destinationOptions: { type: IP_PROTOCOL.destinationOptions, body: fromHex("010400000000") },
} as const;

const HEAD = { vrid: 51, priority: 100, adverIntervalCs: 100 } as const;

function listOf(count: number, addressBytes: 4 | 16): Uint8Array[] {
  const first = addressBytes === 4 ? ip("10.0.0.1") : ip("fd00::1");
  return Array.from({ length: count }, (_, n) => patched(first, addressBytes - 1, n + 1));
}

/** Each with its IP version in its first byte. */
export const ODD_PACKETS: { readonly [name: string]: Uint8Array } = {
  v2: inIpv4(v2Advert()),
  "v2 with a password": inIpv4(v2Advert(2, { type: "pass", password: fromHex("73336372") })),
  "v2 that claims AH": inIpv4(v2Advert(1, { type: "ah" })),
  "v2 in AH": inAuthenticatedIpv4(v2Advert(1, { type: "ah" })),
  "v2 with auth type 9": inIpv4(sealed(patched(v2Advert(), 4, 9))),
  "v2 of nothing": inIpv4(v2Advert(0)),
  "v2 of 7 addresses": inIpv4(v2Advert(7)),
  "v2 of 255 addresses": inIpv4(v2Advert(255)),
  "v2 without authentication data": inIpv4(sealed(v2Advert().slice(0, -8))),
  "v2 with a bad checksum": inIpv4(patched(v2Advert(), 6, 0x12, 0x34)),
  "v2 over IPv6": inIpv6(sealed(patched(v2Advert(0), 3, 1, 0, 1))),
  v1: inIpv4(sealed(patched(v2Advert(), 0, 0x11))),
  v0: inIpv4(sealed(patched(v2Advert(), 0, 0x01))),
  v3: inIpv4(v3Advert()),
  "v3 with the bare checksum": inIpv4(v3Advert(2, "bare")),
  "v3 with a bad checksum": inIpv4(patched(v3Advert(), 6, 0x12, 0x34)),
  "v3 that resigns with VRID 0": inIpv4(patched(v3Advert(), 1, 0, 0)),
  "v3 with reserved bits": inIpv4(patched(v3Advert(), 4, 0xf0, 100)),
  "v3 of type 2": inIpv4(patched(v3Advert(), 0, 0x32)),
  "v3 that has one address less than it says": inIpv4(patched(v3Advert(), 3, 3)),
  "v3 that has half an address": inIpv4(patched(v3Advert(), 3, 2).slice(0, 14)),
  "v3 that says 255 addresses": inIpv4(patched(v3Advert(), 3, 255)),
  "v3 with one more address than it says": inIpv4(patched(v3Advert(), 3, 1)),
  "v3 of 300 bytes behind": inIpv4(Uint8Array.of(...v3Advert(), ...new Uint8Array(300).fill(5))),
  v4: inIpv4(patched(v3Advert(), 0, 0x41)),
  v15: inIpv4(patched(v3Advert(), 0, 0xff)),
  "v3 over IPv6": inIpv6(v3Advert6()),
  "v3 over IPv6 with a bad checksum": inIpv6(patched(v3Advert6(), 6, 0x12, 0x34)),
  "v3 over IPv6 with one address more": inIpv6(patched(v3Advert6(), 3, 1)),
  "v3 over IPv6 with one address less": inIpv6(patched(v3Advert6(), 3, 3)),
  "7 bytes": inIpv4(v3Advert().slice(0, 7)),
  "no bytes": inIpv4(new Uint8Array()),
  "7 bytes over IPv6": inIpv6(v3Advert6().slice(0, 7)),
  "ttl 1": inIpv4(v3Advert(), { ttl: 1 }),
  "IP options": inIpv4(v3Advert(), { options: fromHex("94040000 01010100") }),
  "40 bytes of IP options": inIpv4(v3Advert(), { options: new Uint8Array(40).fill(1) }),
  "a bad IP checksum": patched(inIpv4(v3Advert()), 10, 0x12, 0x34),
  "an IP length that is too long": patched(inIpv4(v3Advert()), 2, 0x01, 0x00),
  "an IP length within the header": patched(inIpv4(v3Advert()), 2, 0x00, 0x10),
  "an IP header of 16 bytes": patched(inIpv4(v3Advert()), 0, 0x44),
  "an IP header longer than all": patched(inIpv4(v3Advert()), 0, 0x4f),
  "an IPv6 length that is too long": patched(inIpv6(v3Advert6()), 4, 0x01, 0x00),
  "an IPv6 length of 0": patched(inIpv6(v3Advert6()), 4, 0, 0),
  "a first fragment": inIpv4(v2Advert(7), { moreFragments: true }),
  "a later fragment": inIpv4(v2Advert(7), { fragmentOffset: 48 }),
  "a first fragment of IPv6": inIpv6(v3Advert6(), [EXTENSION.firstFragment]),
  "a later fragment of IPv6": inIpv6(v3Advert6(), [EXTENSION.laterFragment]),
  ...Object.fromEntries(
    (["hopByHop", "routing", "atomicFragment", "ah", "destinationOptions"] as const).map((name) => [
      `behind ${name}`,
      inIpv6(v3Advert6(), [EXTENSION[name]]),
    ]),
  ),
  "behind five extension headers": inIpv6(v3Advert6(), [
    EXTENSION.hopByHop,
    EXTENSION.destinationOptions,
    EXTENSION.routing,
    EXTENSION.ah,
    EXTENSION.destinationOptions,
  ]),
  "behind 16 extension headers": inIpv6(v3Advert6(), Array(16).fill(EXTENSION.destinationOptions)),
  "behind an extension header that is longer than all": patched(
    inIpv6(v3Advert6(), [EXTENSION.destinationOptions]),
    41,
    200,
  ),
  CARP: inIpv4(carpAdvert()),
  "CARP over IPv6": inIpv6(carpAdvert()),
  "CARP with a bad checksum": inIpv4(patched(carpAdvert(), 6, 0x12, 0x34)),
  "no protocol of ours": inIpv4(v3Advert(), { protocol: 6 }),
};
