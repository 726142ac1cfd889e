/**
 * ICMP: echo, destination unreachable and time exceeded (RFC 792; next-hop MTU of RFC 1191 section 4).
 *
 *     0               8               16                              31
 *     +---------------+---------------+-------------------------------+
 *     |     type      |     code      |           checksum            |
 *     +---------------+---------------+---------------+---------------+
 *     | echo: identifier              | echo: sequence number         |
 *     | unreachable: unused           | unreachable: next-hop MTU     |
 *     +-------------------------------+-------------------------------+
 */
import { ByteWriter, decoding } from "../bytes.ts";
import { internetChecksum } from "../checksum.ts";
import type { Decoded } from "../result.ts";
import { describeEcho, type IcmpEcho, readEcho, writeEcho } from "./icmp-echo.ts";

export type IcmpMessage = IcmpEcho | IcmpUnreachable | IcmpTimeExceeded | IcmpOther;

export interface IcmpUnreachable {
  readonly kind: "destination-unreachable";
  readonly code: number; // u8
  readonly nextHopMtu: number; // u16 bytes, 0 unless code 4
  readonly quoted: Uint8Array; // the start of the packet that was refused, from its IP header on
}

export interface IcmpTimeExceeded {
  readonly kind: "time-exceeded";
  readonly code: number; // u8
  readonly quoted: Uint8Array;
}

/** A message of another type, or an echo with a code. */
export interface IcmpOther {
  readonly kind: "other";
  readonly type: number; // u8
  readonly code: number; // u8
  readonly body: Uint8Array; // behind the checksum
}

/** Total over any bytes. Codes: `short`, `bad-checksum`. */
export function decodeIcmp(bytes: Uint8Array): Decoded<IcmpMessage> {
  return decoding("icmp", bytes, (r) => {
    const [type, code] = [r.u8(), r.u8()];
    r.skip(2); // checksum, verified next
    if (internetChecksum(bytes) !== 0) r.fail("bad-checksum");
    const echo = readEcho(r, { type, code }, ECHO_TYPES);
    if (echo !== undefined) return echo;
    if (type === UNREACHABLE) {
      r.skip(2);
      return { kind: "destination-unreachable", code, nextHopMtu: r.u16(), quoted: r.rest() };
    }
    if (type === TIME_EXCEEDED) {
      r.skip(4);
      return { kind: "time-exceeded", code, quoted: r.rest() };
    }
    return { kind: "other", type, code, body: r.rest() };
  });
}

/** @throws RangeError */
export function encodeIcmp(message: IcmpMessage): Uint8Array {
  const w = new ByteWriter();
  switch (message.kind) {
    case "echo-request":
    case "echo-reply":
      writeEcho(w, message, ECHO_TYPES);
      break;
    case "destination-unreachable":
      w.u8(UNREACHABLE).u8(message.code).zeros(4).u16(message.nextHopMtu).raw(message.quoted);
      break;
    case "time-exceeded":
      w.u8(TIME_EXCEEDED).u8(message.code).zeros(6).raw(message.quoted);
      break;
    case "other":
      w.u8(message.type).u8(message.code).zeros(2).raw(message.body);
      break;
  }
  return w.patchU16(CHECKSUM_AT, internetChecksum(w.bytes())).bytes();
}

/** As tcpdump prints it: `ICMP echo request, id 7, seq 1, length 64`. */
export function describeIcmp(message: IcmpMessage): string {
  switch (message.kind) {
    case "echo-request":
    case "echo-reply":
      return `ICMP ${describeEcho(message)}`;
    case "destination-unreachable":
      return `ICMP destination unreachable, code ${message.code}`;
    case "time-exceeded":
      return `ICMP time exceeded, code ${message.code}`;
    case "other":
      return `ICMP type ${message.type}, code ${message.code}, length ${message.body.length + 4}`;
  }
}

const CHECKSUM_AT = 2;
const ECHO_TYPES = { request: 8, reply: 0 };
const UNREACHABLE = 3;
const TIME_EXCEEDED = 11;
