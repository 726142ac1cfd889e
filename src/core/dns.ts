/** Questions to a name server and its answers (RFC 1035 section 4.1), as far as a check needs them. */

export interface DnsQuestion {
  readonly name: string; // as people write it, with or without the dot at its end
  readonly type: string; // "MX"; "TYPE65" where it has no name
}

export interface DnsQuery extends DnsQuestion {
  readonly id: number; // u16
  readonly recursion: boolean; // whether the server is to ask others
  readonly edns: DnsEdns | null; // null: as before EDNS
}

/** What we can do (RFC 6891 section 6.1.2), by its version 0. */
export interface DnsEdns {
  readonly payloadBytes: number; // u16, of the longest answer over UDP
  readonly dnssecOk: boolean; // whether signatures are wanted (RFC 3225)
}

export interface DnsAnswer {
  readonly id: number; // u16
  readonly question: DnsQuestion | null; // null: none, or more than one
  readonly rcode: number; // four bits; EDNS has more of them
  readonly truncated: boolean; // its records did not fit; then `records` is empty
  readonly recursionAvailable: boolean;
  readonly authoritative: boolean;
  readonly authenticated: boolean; // its signatures were verified there (RFC 4035 section 3.2.3)
  readonly records: readonly DnsRecord[]; // of the answer section
}

export interface DnsRecord {
  readonly name: string;
  readonly type: string;
  readonly ttlS: number; // u32
  readonly text: string; // its data as a master file has it; hexadecimal where it is not understood
}

/** The same name, type and id; names by RFC 4343, whatever the case. */
export function answersQuery(answer: DnsAnswer, query: DnsQuery): boolean {
  if (answer.id !== query.id) return false;
  // A server that understood nothing has no question to repeat.
  if (answer.question === null) return answer.rcode !== 0;
  return answer.question.type === query.type && sameName(answer.question.name, query.name);
}

/** @returns it with its type in capitals, or why it is none; `TYPE65` by RFC 3597 section 5 */
export function parseDnsType(text: string): { readonly type: string } | string {
  const type = text.toUpperCase();
  if (DNS_TYPES.includes(type)) return { type };
  const number = Number(/^TYPE(\d{1,5})$/.exec(type)?.[1] ?? Number.NaN);
  if (number >= 1 && number <= 65_535) return { type: `TYPE${number}` };
  return `is none of ${DNS_TYPES.join(", ")}, TYPE1..TYPE65535`;
}

/** RFC 1035 section 2.3.4. @returns why the text is no name, undefined where it is one */
export function refusedDnsName(text: string): string | undefined {
  if (!/^[\x21-\x7e]+$/.test(text)) return "is no name: write others than ASCII as xn--...";
  const bare = bareName(text);
  if (bare.length > 253) return "is longer than 253 characters";
  const labels = bare === "" ? [] : bare.split(".");
  if (labels.includes("")) return "has an empty part";
  return labels.some((label) => label.length > 63)
    ? "has a part of more than 63 characters"
    : undefined;
}

const sameName = (a: string, b: string): boolean => bareName(a) === bareName(b);

/** In small letters, without the dot at its end; the root is empty. */
export const bareName = (name: string): string => name.toLowerCase().replace(/\.$/, "");

/** By number; what is above 15 needs EDNS (RFC 6895 section 2.3). */
export const DNS_RCODES = [
  ...["NOERROR", "FORMERR", "SERVFAIL", "NXDOMAIN", "NOTIMP", "REFUSED"],
  ...["YXDOMAIN", "YXRRSET", "NXRRSET", "NOTAUTH", "NOTZONE"],
  ...["RCODE11", "RCODE12", "RCODE13", "RCODE14", "RCODE15", "BADVERS"],
] as const;

export const rcodeName = (rcode: number): string => DNS_RCODES[rcode] ?? `RCODE${rcode}`;

/** Those that have a name here. */
export const DNS_TYPES: readonly string[] = [
  ...["A", "AAAA", "AFSDB", "ANY", "APL", "AXFR", "CAA", "CDNSKEY", "CDS", "CERT", "CNAME"],
  ...["DHCID", "DLV", "DNAME", "DNSKEY", "DS", "HINFO", "HIP", "IPSECKEY", "IXFR", "KEY", "KX"],
  ...["LOC", "MX", "NAPTR", "NS", "NSEC", "NSEC3", "NSEC3PARAM", "NULL", "OPT", "PTR", "RP"],
  ...["RRSIG", "SIG", "SOA", "SPF", "SRV", "SSHFP", "TA", "TKEY", "TLSA", "TSIG", "TXT"],
];
