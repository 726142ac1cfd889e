/**
 * Probes of IP protocol 112 that show whether adverts between two hosts would arrive. Our own format:
 * they travel as adverts do (the same group, TTL 255, the same checksum), and no router takes one for
 * an advert, for VRID 0 is nobody's and type 15 is unknown (RFC 9568 sections 5.2.2, 5.2.3 and 7.1).
 *
 *     0       4       8               16              24              31
 *     +-------+-------+---------------+---------------+---------------+
 *     | ver=3 |type=15|   VRID = 0    |     kind      | way of answer |
 *     +-------+-------+---------------+---------------+---------------+
 *     | VRID it is about              |           checksum            |
 *     +-------------------------------+-------------------------------+
 *     |                     "vkd1", then 8 bytes of nonce             |
 *     +---------------------------------------------------------------+
 *     |  who is asked: 16 bytes, an IPv4 address as ::ffff:a.b.c.d    |
 *     +-------------------------------+-------------------------------+
 *     |  sent by multicast            |  by unicast                   |
 *     |  received by multicast        |  by unicast                   |
 *     |  at the interface, multicast  |  unicast                      |
 *     +-------------------------------+-------------------------------+
 */
import { familyOf, formatIp, type IpBytes, isMappedIp4 } from "../addr.ts";
import { ByteWriter, decoding } from "../bytes.ts";
import { internetChecksum } from "../checksum.ts";
import type { Decoded } from "../result.ts";
import { type Carrier, IP_PROTOCOL, pseudoHeader } from "./carrier.ts";

/** What it says of its sender was so when it was sent. */
export interface DeliveryProbe {
  /** A report tells the figures at the end, and is answered by one; it counts as nothing itself. */
  readonly kind: "question" | "answer" | "report";
  /** By which way a question wants its answer; an answer repeats it. */
  readonly answerWay: DeliveryWay;
  readonly vrid: number; // u8, 0 = all
  readonly nonce: Uint8Array; // 8 bytes of the asker, which its answers carry
  readonly asked: IpBytes; // the address of the host that is to answer
  /** What its sender sent in this dialogue, this one with it, and what of the other's came to it. */
  readonly tally: DeliveryTally;
}

export type DeliveryWay = "multicast" | "unicast";

export interface DeliveryTally {
  readonly sent: WayCounts;
  readonly received: WayCounts; // on the socket of the protocol
  readonly seen: WayCounts; // at the interface, before any firewall
}

/** u16 each; what is more stays at 65535. */
export type WayCounts = Readonly<Record<DeliveryWay, number>>;

/**
 * Total over any bytes. Codes: `short`, `trailing`, `not-a-probe` (an advert, above all), `bad-kind`,
 * `bad-way`, `bad-checksum`, `bad-family` (asks an address of another family than it travels with).
 */
export function decodeDeliveryProbe(message: Uint8Array, carrier: Carrier): Decoded<DeliveryProbe> {
  return decoding("delivery-probe", message, (r) => {
    if (r.u8() !== VERSION_AND_TYPE || r.u8() !== NOBODY) r.fail("not-a-probe");
    const kind = KINDS[r.u8() - 1] ?? r.fail("bad-kind");
    const answerWay = WAYS[r.u8() - 1] ?? r.fail("bad-way");
    const vrid = r.u16();
    r.skip(2); // checksum
    if (!r.take(4).every((byte, index) => byte === MAGIC[index])) r.fail("not-a-probe");
    const nonce = r.take(NONCE_BYTES);
    const wide = r.take(16);
    const counts = (): WayCounts => ({ multicast: r.u16(), unicast: r.u16() });
    const tally = { sent: counts(), received: counts(), seen: counts() };
    if (r.left > 0) r.fail("trailing");
    if (checksumOf(message, carrier) !== 0) r.fail("bad-checksum");
    const asked = isMappedIp4(wide) ? wide.slice(12) : wide;
    if (familyOf(asked) !== familyOf(carrier.source)) r.fail("bad-family");
    return { kind, answerWay, vrid: vrid & 0xff, nonce, asked, tally };
  });
}

/** @throws RangeError */
export function encodeDeliveryProbe(probe: DeliveryProbe, carrier: Carrier): Uint8Array {
  const { kind, answerWay, vrid, nonce, asked, tally } = probe;
  const w = new ByteWriter().u8(VERSION_AND_TYPE).u8(NOBODY);
  w.u8(KINDS.indexOf(kind) + 1).u8(WAYS.indexOf(answerWay) + 1);
  w.u8(0).u8(vrid).u16(0).raw(MAGIC).raw(nonce, NONCE_BYTES);
  if (asked.length === 4) w.zeros(10).u16(0xffff);
  w.raw(asked);
  for (const { multicast, unicast } of [tally.sent, tally.received, tally.seen]) {
    w.u16(Math.min(multicast, MOST)).u16(Math.min(unicast, MOST));
  }
  return w.patchU16(CHECKSUM_AT, checksumOf(w.bytes(), carrier)).bytes();
}

/** `delivery question about vrid 51 to 10.0.0.3, answer by multicast`. */
export const describeDeliveryProbe = ({ kind, vrid, asked, answerWay }: DeliveryProbe): string =>
  `delivery ${kind} about ${vrid === 0 ? "any vrid" : `vrid ${vrid}`} to ${formatIp(asked)}, answer by ${answerWay}`;

/** Whether the bytes behind an IP header begin as a probe: what the rest says is not looked at. */
export const beginsAsProbe = (message: Uint8Array): boolean =>
  message[0] === VERSION_AND_TYPE && message[1] === NOBODY;

/** With the pseudo-header in both families, as most routers send over IPv4 too. */
const checksumOf = (message: Uint8Array, carrier: Carrier): number =>
  internetChecksum(pseudoHeader(carrier, IP_PROTOCOL.vrrp, message.length), message);

const VERSION_AND_TYPE = 0x3f;
const NOBODY = 0;
const KINDS = ["question", "answer", "report"] as const; // from 1
const WAYS = ["multicast", "unicast"] as const; // from 1
const MAGIC = Uint8Array.of(0x76, 0x6b, 0x64, 0x31); // "vkd1"
const NONCE_BYTES = 8;
const CHECKSUM_AT = 6;
const MOST = 0xffff;
