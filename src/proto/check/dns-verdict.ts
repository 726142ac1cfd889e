/** What the answer of a name server says of it: its code, and the answers that are wanted (RFC 1035). */
import { formatIp, parseIp } from "../../core/addr.ts";
import { bareName, type DnsAnswer, type DnsRecord } from "../../core/dns.ts";
import { type CheckFinding, down, up } from "./result.ts";

export interface DnsWant {
  readonly rcode: string; // of `DNS_RCODES`
  readonly answers: readonly string[]; // as the data of a record is written; all are to be there
}

export function dnsVerdict(
  answer: DnsAnswer,
  want: DnsWant,
  more: CheckFinding["facts"],
): CheckFinding {
  const { rcode, records, truncated } = answer;
  const facts = {
    rcode,
    answers: records.map(({ text }) => text),
    ttl_s: records.length === 0 ? null : Math.min(...records.map(({ ttlS }) => ttlS)),
    recursion_available: answer.recursionAvailable,
    authoritative: answer.authoritative,
    ...more,
  };
  if (rcode !== want.rcode) return down("L7STS", `${rcode} instead of ${want.rcode}`, facts);
  const missing = want.answers.filter((text) => !records.some((record) => says(record, text)));
  if (missing.length === 0) return up("L7OK", `${rcode}, ${listed(records)}`, facts);
  const has = truncated ? "the answer was cut off" : listed(records);
  return down("L7STS", `no answer ${missing.join(", ")}; ${has}`, facts);
}

/** Addresses in any form; names, numbers and keywords whatever their case, text as it is. */
function says({ type, text }: DnsRecord, wanted: string): boolean {
  if (text === wanted) return true;
  if (WITH_TEXT.has(type)) return false;
  return canonical(text) === canonical(wanted);
}

function canonical(text: string): string {
  const ip = parseIp(text);
  return ip === undefined ? text.trim().split(/\s+/).map(bareName).join(" ") : formatIp(ip);
}

function listed(records: readonly DnsRecord[]): string {
  if (records.length === 0) return "no records";
  const more = records.length > MOST_LISTED ? `, and ${records.length - MOST_LISTED} more` : "";
  const texts = records.slice(0, MOST_LISTED).map(({ type, text }) => `${type} ${cut(text)}`);
  return `${texts.join(", ")}${more}`;
}

const cut = (text: string): string =>
  text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}...` : text;

const WITH_TEXT: ReadonlySet<string> = new Set(["TXT", "SPF", "CAA"]);
const MOST_LISTED = 4;
const MOST_CHARACTERS = 80;
