/**
 * Messages of DNS (RFC 1035 section 4) by the package `dns-packet`, and what it lacks made up for: any
 * bytes are an answer or a fault, and their work is bounded.
 */
import { randomInt } from "node:crypto";
import {
  type Answer,
  DNSSEC_OK,
  decode,
  encode,
  RECURSION_DESIRED,
  type RecordType,
} from "dns-packet";
import { formatIp, parseIp } from "../core/addr.ts";
import type { DnsAnswer, DnsEdns, DnsQuery, DnsRecord } from "../core/dns.ts";
import { type Decoded, decoded, undecoded } from "../core/result.ts";
import type { DnsCodec } from "./ports.ts";

/** @throws RangeError for an id, a size, a name or a type that does not fit */
export function encodeDnsQuery({ id, name, type, recursion, edns }: DnsQuery): Uint8Array {
  for (const word of [id, edns?.payloadBytes ?? 0])
    if (!Number.isInteger(word) || word < 0 || word > 0xffff)
      throw new RangeError(`${word} has no 16 bits`);
  const bytes = encode({
    type: "query",
    id,
    flags: recursion ? RECURSION_DESIRED : 0,
    questions: [{ name, type: type.replace(/^TYPE/, "UNKNOWN_") as RecordType, class: "IN" }],
    additionals: edns === null ? [] : [optOf(edns)],
  });
  if (bytes.length > MOST_QUERY_BYTES) throw new RangeError(`${name} is too long for a DNS name`);
  return new Uint8Array(bytes);
}

const optOf = ({ payloadBytes, dnssecOk }: DnsEdns): Answer => ({
  type: "OPT",
  name: ".",
  udpPayloadSize: payloadBytes,
  extendedRcode: 0,
  ednsVersion: 0,
  flags: dnssecOk ? DNSSEC_OK : 0,
  flag_do: dnssecOk,
  options: [],
});

/** Total over any bytes. Codes: `short`, `no-answer`, `deep-pointers`, `malformed`. */
export function decodeDnsAnswer(message: Uint8Array): Decoded<DnsAnswer> {
  if (message.length < HEADER_BYTES) return undecoded("dns", "short", message.length);
  const bytes = Buffer.from(message); // a copy
  const flags = bytes.readUInt16BE(2);
  if ((flags & 0x8000) === 0) return undecoded("dns", "no-answer", 2);
  const truncated = (flags & 0x0200) !== 0;
  const deepAt = deepPointer(bytes);
  if (deepAt !== undefined) return undecoded("dns", "deep-pointers", deepAt);
  // What nobody asks for is not decoded; of what was cut off the last record may be half a one.
  if (truncated) bytes.writeUInt16BE(0, 6);
  bytes.writeUInt32BE(0, 8);
  try {
    const { questions = [], answers = [] } = decode(bytes);
    const [question, another] = questions;
    return decoded({
      id: bytes.readUInt16BE(0),
      question:
        question === undefined || another !== undefined
          ? null
          : { name: question.name, type: typeName(question.type) },
      rcode: flags & 0x0f,
      truncated,
      recursionAvailable: (flags & 0x0080) !== 0,
      authoritative: (flags & 0x0400) !== 0,
      authenticated: (flags & 0x0020) !== 0,
      records: answers.map(recordOf),
    });
  } catch {
    return undecoded("dns", "malformed", HEADER_BYTES); // it throws errors of many kinds
  }
}

/**
 * The package follows pointers that lead back, however many: in a message that is made for it each name
 * costs thousands of steps. @returns where more of them than any server writes follow one another
 */
function deepPointer(bytes: Uint8Array): number | undefined {
  const depths = new Uint8Array(Math.min(bytes.length, 0x4000));
  for (let at = HEADER_BYTES; at + 1 < bytes.length; at += 1) {
    const high = bytes[at] ?? 0;
    if (high < 0xc0) continue;
    const target = ((high & 0x3f) << 8) | (bytes[at + 1] ?? 0);
    if (target >= at) continue; // refused later
    const depth = (depths[target] ?? 0) + 1;
    if (depth > MOST_POINTERS) return at;
    if (at < depths.length) depths[at] = depth;
  }
  return undefined;
}

function recordOf(answer: Answer): DnsRecord {
  const ttlS = "ttl" in answer ? (answer.ttl ?? 0) >>> 0 : 0;
  return { name: answer.name, type: typeName(answer.type), ttlS, text: textOf(answer) };
}

/** Fields in the order of a master file, one blank between. */
function textOf(answer: Answer): string {
  switch (answer.type) {
    case "A":
      return answer.data;
    case "AAAA": {
      const ip = parseIp(answer.data);
      return ip === undefined ? answer.data : formatIp(ip);
    }
    case "MX":
      return `${answer.data.preference ?? 0} ${answer.data.exchange}`;
    case "TXT":
      return [answer.data].flat().map(String).join("");
    case "CAA":
      return `${answer.data.flags ?? 0} ${answer.data.tag} ${answer.data.value}`;
    case "OPT":
      return "";
    default:
      return fieldsOf(answer.data);
  }
}

/** The package names the fields of a record in their order on the wire. */
function fieldsOf(data: unknown): string {
  if (data instanceof Uint8Array) return Buffer.from(data).toString("hex");
  if (Array.isArray(data)) return data.map(fieldsOf).join(" ");
  if (typeof data === "object" && data !== null) return Object.values(data).map(fieldsOf).join(" ");
  return String(data);
}

const typeName = (type: string): string => type.replace(/^UNKNOWN_/, "TYPE");

export const dnsCodec: DnsCodec = {
  newId: () => randomInt(0x10000),
  encodeQuery: encodeDnsQuery,
  decodeAnswer: decodeDnsAnswer,
};

const HEADER_BYTES = 12;
const MOST_QUERY_BYTES = HEADER_BYTES + 255 + 4 + 11; // with an OPT
const MOST_POINTERS = 16; // one behind the other; by chance, in signatures, there are fewer
