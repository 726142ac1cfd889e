/**
 * IPv4 packets, RFC 791 section 3.1.
 *
 *     0               8               16     19                      31
 *     +-------+-------+---------------+-------------------------------+
 *     |   4   |  IHL  | traffic class |         total length          |
 *     +-------+-------+---------------+------+------------------------+
 *     |        identification         | flags|    fragment offset     |
 *     +---------------+---------------+------+------------------------+
 *     |      TTL      |   protocol    |        header checksum        |
 *     +---------------+---------------+-------------------------------+
 *     |            source, destination, options, payload              |
 */
import { formatIp, type IpBytes } from "../addr.ts";
import { ByteWriter, decoding } from "../bytes.ts";
import { internetChecksum } from "../checksum.ts";
import type { Decoded } from "../result.ts";

export interface Ipv4Packet {
  readonly trafficClass: number; // u8: DSCP and ECN
  readonly identification: number; // u16
  readonly dontFragment: boolean;
  readonly moreFragments: boolean;
  readonly fragmentOffset: number; // bytes, a multiple of 8, up to 65528
  readonly ttl: number; // u8
  readonly protocol: number; // u8, IP_PROTOCOL
  readonly source: IpBytes;
  readonly destination: IpBytes;
  readonly options: Uint8Array; // as they stand, a multiple of 4, up to 40 bytes
  readonly payload: Uint8Array; // of this fragment
}

/**
 * Total over any bytes; what stands behind the total length (Ethernet padding) is cut.
 * Codes: `short`, `bad-version`, `bad-length` (header or total), `bad-checksum` (of the header).
 */
export function decodeIpv4(bytes: Uint8Array): Decoded<Ipv4Packet> {
  return decoding("ipv4", bytes, (r) => {
    const first = r.u8();
    if (first >>> 4 !== 4) r.fail("bad-version");
    const headerLength = (first & 0x0f) * 4;
    if (headerLength < FIXED_LENGTH) r.fail("bad-length");
    const trafficClass = r.u8();
    const totalLength = r.u16();
    const identification = r.u16();
    if (totalLength < headerLength) r.fail("bad-length");
    if (totalLength > bytes.length) r.fail("short");
    if (internetChecksum(bytes.subarray(0, headerLength)) !== 0) r.fail("bad-checksum");
    const fragment = r.u16();
    const ttl = r.u8();
    const protocol = r.u8();
    r.skip(2); // checksum, verified above
    return {
      trafficClass,
      identification,
      dontFragment: (fragment & DONT_FRAGMENT) !== 0,
      moreFragments: (fragment & MORE_FRAGMENTS) !== 0,
      fragmentOffset: (fragment & 0x1fff) * 8,
      ttl,
      protocol,
      source: r.take(4),
      destination: r.take(4),
      options: r.take(headerLength - FIXED_LENGTH),
      payload: r.take(totalLength - headerLength),
    };
  });
}

/** @throws RangeError */
export function encodeIpv4(packet: Ipv4Packet): Uint8Array {
  const { options, payload } = packet;
  const headerLength = FIXED_LENGTH + options.length;
  if (headerLength % 4 !== 0 || headerLength > MAX_HEADER_LENGTH) {
    throw new RangeError(`${options.length} bytes of options`);
  }
  const w = new ByteWriter().bits([4, 4], [4, headerLength / 4]).u8(packet.trafficClass);
  w.u16(headerLength + payload.length).u16(packet.identification);
  const { dontFragment, moreFragments, fragmentOffset } = packet;
  w.bits([2, Number(dontFragment)], [1, Number(moreFragments)], [13, fragmentOffset / 8]);
  w.u8(packet.ttl).u8(packet.protocol).u16(0).raw(packet.source, 4).raw(packet.destination, 4);
  w.raw(options).patchU16(CHECKSUM_AT, internetChecksum(w.bytes()));
  return w.raw(payload).bytes();
}

/** `IP 10.0.0.1 > 224.0.0.18: ttl 255, proto 112, length 40`. */
export function describeIpv4(packet: Ipv4Packet): string {
  const { source, destination, ttl, protocol, options, payload } = packet;
  const length = FIXED_LENGTH + options.length + payload.length;
  const fragment = isIpv4Fragment(packet) ? `, fragment at ${packet.fragmentOffset}` : "";
  const ends = `${formatIp(source)} > ${formatIp(destination)}`;
  return `IP ${ends}: ttl ${ttl}, proto ${protocol}${fragment}, length ${length}`;
}

/** Whether the payload is only a piece of the upper protocol's message. */
export const isIpv4Fragment = (packet: Ipv4Packet): boolean =>
  packet.moreFragments || packet.fragmentOffset > 0;

const FIXED_LENGTH = 20;
const MAX_HEADER_LENGTH = 60;
const CHECKSUM_AT = 10;
const DONT_FRAGMENT = 0x4000;
const MORE_FRAGMENTS = 0x2000;
