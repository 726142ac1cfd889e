/**
 * ICMPv6: echo and the errors of RFC 4443 (neighbour discovery is in ndp.ts).
 *
 *     0               8               16                              31
 *     +---------------+---------------+-------------------------------+
 *     |     type      |     code      |           checksum            |
 *     +---------------+---------------+---------------+---------------+
 *     | echo: identifier              | echo: sequence number         |
 *     | packet too big: MTU           (unused in the other errors)    |
 *     +---------------------------------------------------------------+
 */
import { ByteWriter, decoding } from "../bytes.ts";
import { internetChecksum } from "../checksum.ts";
import type { Decoded } from "../result.ts";
import { type Carrier, IP_PROTOCOL, pseudoHeader } from "./carrier.ts";
import { describeEcho, type IcmpEcho, readEcho, writeEcho } from "./icmp-echo.ts";

export type Icmpv6Message = IcmpEcho | Icmpv6PacketTooBig | Icmpv6Error | Icmpv6Other;

export interface Icmpv6PacketTooBig {
  readonly kind: "packet-too-big";
  readonly nextHopMtu: number; // u32 bytes
  readonly quoted: Uint8Array; // the start of the packet that was refused, from its IP header on
}

export interface Icmpv6Error {
  readonly kind: "destination-unreachable" | "time-exceeded";
  readonly code: number; // u8
  readonly quoted: Uint8Array;
}

/** A message of another type, or an echo or packet-too-big with a code. */
export interface Icmpv6Other {
  readonly kind: "other";
  readonly type: number; // u8
  readonly code: number; // u8
  readonly body: Uint8Array; // behind the checksum
}

/** Total over any bytes. Codes: `short`, `bad-checksum`. */
export function decodeIcmpv6(bytes: Uint8Array, carrier: Carrier): Decoded<Icmpv6Message> {
  return decoding("icmpv6", bytes, (r) => {
    const [type, code] = [r.u8(), r.u8()];
    r.skip(2); // checksum, verified next
    if (icmpv6Checksum(bytes, carrier) !== 0) r.fail("bad-checksum");
    const echo = readEcho(r, { type, code }, ECHO_TYPES);
    if (echo !== undefined) return echo;
    if (type === PACKET_TOO_BIG && code === 0) {
      return { kind: "packet-too-big", nextHopMtu: r.u32(), quoted: r.rest() };
    }
    if (type === UNREACHABLE || type === TIME_EXCEEDED) {
      r.skip(4);
      const kind = type === UNREACHABLE ? "destination-unreachable" : "time-exceeded";
      return { kind, code, quoted: r.rest() };
    }
    return { kind: "other", type, code, body: r.rest() };
  });
}

/** @throws RangeError */
export function encodeIcmpv6(message: Icmpv6Message, carrier: Carrier): Uint8Array {
  const w = new ByteWriter();
  switch (message.kind) {
    case "echo-request":
    case "echo-reply":
      writeEcho(w, message, ECHO_TYPES);
      break;
    case "packet-too-big":
      w.u8(PACKET_TOO_BIG).zeros(3).u32(message.nextHopMtu).raw(message.quoted);
      break;
    case "destination-unreachable":
    case "time-exceeded":
      w.u8(message.kind === "time-exceeded" ? TIME_EXCEEDED : UNREACHABLE).u8(message.code);
      w.zeros(6).raw(message.quoted);
      break;
    case "other":
      w.u8(message.type).u8(message.code).zeros(2).raw(message.body);
      break;
  }
  return w.patchU16(CHECKSUM_AT, icmpv6Checksum(w.bytes(), carrier)).bytes();
}

/** As tcpdump prints it: `ICMP6, echo request, id 7, seq 1, length 64`. */
export function describeIcmpv6(message: Icmpv6Message): string {
  switch (message.kind) {
    case "echo-request":
    case "echo-reply":
      return `ICMP6, ${describeEcho(message)}`;
    case "packet-too-big":
      return `ICMP6, packet too big, mtu ${message.nextHopMtu}`;
    case "destination-unreachable":
    case "time-exceeded":
      return `ICMP6, ${message.kind.replace("-", " ")}, code ${message.code}`;
    case "other":
      return `ICMP6, type ${message.type}, code ${message.code}, length ${message.body.length + 4}`;
  }
}

/** Over the pseudo-header and the message (RFC 4443 section 2.3); 0 if its checksum is right. */
export function icmpv6Checksum(message: Uint8Array, carrier: Carrier): number {
  return internetChecksum(pseudoHeader(carrier, IP_PROTOCOL.icmpv6, message.length), message);
}

const CHECKSUM_AT = 2;
const UNREACHABLE = 1;
const PACKET_TOO_BIG = 2;
const TIME_EXCEEDED = 3;
const ECHO_TYPES = { request: 128, reply: 129 };
