/** What name servers send: answers to a query, good and hostile ones (RFC 1035 section 4). */
import { type Answer, decode, encode, type Packet } from "dns-packet";

/** @param changes of the answer that a good server would give */
export function dnsReply(query: Uint8Array, changes: Packet = {}): Uint8Array {
  const { id = 0, questions = [] } = decode(Buffer.from(query));
  return new Uint8Array(encode({ type: "response", id, questions, ...changes }));
}

export const aRecord = (name: string, data: string, ttl = 300): Answer => ({
  type: "A",
  name,
  ttl,
  data,
});

/** What a good server says of itself by EDNS, and what we do. */
export const OPT: Answer = {
  type: "OPT",
  name: ".",
  udpPayloadSize: 1400,
  extendedRcode: 0,
  ednsVersion: 0,
  flags: 0x8000,
  flag_do: true,
  options: [],
};
export const EDNS = { payloadBytes: 1232, dnssecOk: true };

/** A header with counts, and what stands behind it. */
export function dnsBytes(counts: readonly number[], ...rest: readonly number[]): Uint8Array {
  const words = [0x1234, 0x8180, ...counts].flatMap((word) => [word >>> 8, word & 0xff]);
  return Uint8Array.of(...words, ...rest);
}

/** Its only question has a name that points to itself. */
export const POINTS_TO_ITSELF = dnsBytes([1, 0, 0, 0], 0xc0, 12, 0, 1, 0, 1);

/** As many pointers as fit, each to the one before it: every name behind them would cost them all. */
export function deepPointers(): Uint8Array {
  const chain = [0];
  for (let at = 13; at + 1 < 0x3f00; at += 2) {
    const target = at === 13 ? 12 : at - 2;
    chain.push(0xc0 | (target >>> 8), target & 0xff);
  }
  return dnsBytes([1, 0, 0, 0], ...chain);
}
