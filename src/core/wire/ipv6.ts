/**
 * IPv6 packets and the extension headers before the upper protocol, RFC 8200 sections 3 and 4.
 *
 *     0       4               12              16                      31
 *     +-------+---------------+---------------------------------------+
 *     |   6   | traffic class |              flow label               |
 *     +-------+---------------+-------+---------------+---------------+
 *     |        payload length         |  next header  |   hop limit   |
 *     +-------------------------------+---------------+---------------+
 *     |       source and destination (16 bytes each), payload         |
 */
import { formatIp, type IpBytes } from "../addr.ts";
import { type ByteReader, ByteWriter, decoding } from "../bytes.ts";
import type { Decoded } from "../result.ts";
import { IP_PROTOCOL } from "./carrier.ts";

export interface Ipv6Packet {
  readonly trafficClass: number; // u8: DSCP and ECN
  readonly flowLabel: number; // u20
  readonly hopLimit: number; // u8
  readonly source: IpBytes;
  readonly destination: IpBytes;
  readonly extensions: readonly Ipv6Extension[];
  readonly protocol: number; // u8, of the payload: the upper protocol unless a later fragment
  readonly payload: Uint8Array; // behind the extensions
}

/** An extension header. `body` is what follows its next header and length (or reserved) bytes. */
export interface Ipv6Extension {
  readonly type: number; // IP_PROTOCOL: hopByHop, routing, fragment, ah, destinationOptions
  readonly body: Uint8Array;
}

/**
 * Total over any bytes; what stands behind the payload length (Ethernet padding) is cut.
 * Codes: `short`, `bad-version`, `too-many-extensions`.
 */
export function decodeIpv6(bytes: Uint8Array): Decoded<Ipv6Packet> {
  return decoding("ipv6", bytes, (r) => {
    const first = r.u32();
    if (first >>> 28 !== 6) r.fail("bad-version");
    const [payloadLength, nextHeader, hopLimit] = [r.u16(), r.u8(), r.u8()];
    const [source, destination] = [r.take(16), r.take(16)];
    if (payloadLength > r.left) r.fail("short");
    const end = r.offset + payloadLength;
    const extensions: Ipv6Extension[] = [];
    let protocol = nextHeader;
    while (EXTENSIONS.includes(protocol) && !isLaterFragment(extensions.at(-1))) {
      if (extensions.length === MAX_EXTENSIONS) r.fail("too-many-extensions");
      const type = protocol;
      protocol = r.u8();
      extensions.push({ type, body: readBody(type, r) });
      if (r.offset > end) r.fail("short");
    }
    return {
      trafficClass: (first >>> 20) & 0xff,
      flowLabel: first & 0xfffff,
      hopLimit,
      source,
      destination,
      extensions,
      protocol,
      payload: r.take(end - r.offset),
    };
  });
}

/** @throws RangeError */
export function encodeIpv6(packet: Ipv6Packet): Uint8Array {
  const { extensions, protocol } = packet;
  const behind = new ByteWriter();
  for (const [index, { type, body }] of extensions.entries()) {
    behind
      .u8(extensions[index + 1]?.type ?? protocol)
      .u8(encodedLength(type, body))
      .raw(body);
  }
  behind.raw(packet.payload);
  const w = new ByteWriter().bits([4, 6], [8, packet.trafficClass], [20, packet.flowLabel]);
  w.u16(behind.length)
    .u8(extensions[0]?.type ?? protocol)
    .u8(packet.hopLimit);
  return w.raw(packet.source, 16).raw(packet.destination, 16).raw(behind.bytes()).bytes();
}

/** `IP6 fe80::1 > ff02::12: hlim 255, next-header 112, payload length 24`. */
export function describeIpv6(packet: Ipv6Packet): string {
  const { source, destination, hopLimit, protocol, payload } = packet;
  const fragment = isIpv6Fragment(packet) ? ", fragment" : "";
  const ends = `${formatIp(source)} > ${formatIp(destination)}`;
  return `IP6 ${ends}: hlim ${hopLimit}, next-header ${protocol}${fragment}, payload length ${payload.length}`;
}

/** Whether the payload is only a piece of the upper protocol's message (an atomic fragment is not). */
export const isIpv6Fragment = (packet: Ipv6Packet): boolean =>
  packet.extensions.some(
    ({ type, body }) => type === IP_PROTOCOL.fragment && fragmentField(body) !== 0,
  );

/** The length byte counts 8 bytes beyond the first 8; AH's 4 bytes beyond the first 8 (RFC 4302). */
function readBody(type: number, r: ByteReader): Uint8Array {
  const length = r.u8(); // reserved in a fragment header, which has 8 bytes
  if (type === IP_PROTOCOL.fragment) return r.take(6);
  return r.take(6 + length * unitOf(type));
}

function encodedLength(type: number, body: Uint8Array): number {
  const beyond = body.length - 6;
  const units = beyond / unitOf(type);
  const fits = type === IP_PROTOCOL.fragment ? beyond === 0 : Number.isInteger(units) && units >= 0;
  if (!fits || !EXTENSIONS.includes(type)) {
    throw new RangeError(`${body.length} bytes in extension header ${type}`);
  }
  return units;
}

const unitOf = (type: number): number => (type === IP_PROTOCOL.ah ? 4 : 8);

/** Offset in the upper 13 bits and "more fragments" in the lowest, 0 for a whole message. */
const fragmentField = (body: Uint8Array): number =>
  (((body[0] ?? 0) << 8) | (body[1] ?? 0)) & 0xfff9;

/** What follows such a header is the middle of something, not a header. */
const isLaterFragment = (extension: Ipv6Extension | undefined): boolean =>
  extension?.type === IP_PROTOCOL.fragment && fragmentField(extension.body) > 7;

const EXTENSIONS: readonly number[] = [
  IP_PROTOCOL.hopByHop,
  IP_PROTOCOL.routing,
  IP_PROTOCOL.fragment,
  IP_PROTOCOL.ah,
  IP_PROTOCOL.destinationOptions,
];
const MAX_EXTENSIONS = 16; // far more than anybody sends, so that a crafted chain costs nothing
