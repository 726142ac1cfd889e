/** What the answer of a name server says of it: its code, and the answers that are wanted (RFC 1035, RFC 6891). */
import { formatIp, parseIp } from "../../core/addr.ts";
import { bareName, type DnsAnswer, type DnsRecord, rcodeName } from "../../core/dns.ts";
import type { DnsOpt } from "../../core/wire/dns-opt.ts";
import { type CheckFinding, down, up } from "./result.ts";

export interface DnsWant {
  readonly rcode: string; // of `DNS_RCODES`, or `any`
  readonly answers: readonly string[]; // as the data of a record is written; all are to be there
}

/** @param opt of the answer; undefined where none was asked for */
export function dnsVerdict(
  answer: DnsAnswer,
  opt: DnsOpt | null | undefined,
  want: DnsWant,
  more: CheckFinding["facts"],
): CheckFinding {
  const { records, truncated } = answer;
  const rcode = rcodeName(((opt?.extendedRcode ?? 0) << 4) | answer.rcode);
  const facts = {
    rcode,
    answers: records.map(({ text }) => text),
    ttl_s: records.length === 0 ? null : Math.min(...records.map(({ ttlS }) => ttlS)),
    recursion_available: answer.recursionAvailable,
    authoritative: answer.authoritative,
    authenticated: answer.authenticated,
    ...(opt === undefined ? {} : ednsFacts(opt)),
    ...more,
  };
  const lack = opt === null ? ", without EDNS" : "";
  if (want.rcode !== "any" && rcode !== want.rcode)
    return down("L7STS", `${rcode} instead of ${want.rcode}${lack}`, facts);
  if (opt === null) return down("L7STS", `${rcode}${lack}: the answer has no OPT`, facts);
  const missing = want.answers.filter((text) => !records.some((record) => says(record, text)));
  if (missing.length === 0) return up("L7OK", `${rcode}, ${listed(records)}`, facts);
  const has = truncated ? "the answer was cut off" : listed(records);
  return down("L7STS", `no answer ${missing.join(", ")}; ${has}`, facts);
}

/** The server's own, not what we asked by. */
const ednsFacts = (opt: DnsOpt | null): CheckFinding["facts"] => ({
  edns_version: opt?.version ?? null,
  edns_payload_bytes: opt?.payloadBytes ?? null,
  dnssec_ok: opt?.dnssecOk ?? null,
});

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
