/**
 * Packet filters as nf_tables takes them: struct nfgenmsg of linux/netfilter/nfnetlink.h, NFT_MSG_* and
 * NFTA_* of linux/netfilter/nf_tables.h. Only what is written is here; nothing is read back.
 */
import { type Family, familyOf, type IpBytes } from "../addr.ts";
import {
  type AttrTable,
  type AttrValues,
  be32,
  nested,
  raw,
  text,
  writeAttributes,
} from "./attributes.ts";
import { HostWriter } from "./host-bytes.ts";
import { type NetlinkRequest, REQUEST_FLAGS } from "./message.ts";

/** NETLINK_NETFILTER, the protocol number of a socket for these messages. */
export const NETLINK_NETFILTER = 12;

/** One step of a rule: its attributes. A rule ends at the first step that does not match. */
export type Expression = Uint8Array;

/**
 * Makes a table of the family inet, or lets it be if it is there.
 * @param owned it goes with the socket that makes it, and nobody else can change it (Linux 5.12)
 */
export function addTable(table: string, { owned }: { owned: boolean }): NetlinkRequest {
  return request(MSG.newTable, 0, TABLE, { table, flags: owned ? OWNER : 0 });
}

/** Removes a table with all that is in it. */
export function deleteTable(table: string): NetlinkRequest {
  return request(MSG.deleteTable, 0, TABLE, { table });
}

/**
 * A chain that sees what is for this host itself, and lets it in unless a rule says otherwise.
 * @param priority of the hook, signed: lower comes first
 */
export function addInputChain(table: string, chain: string, priority: number): NetlinkRequest {
  const hook = { number: HOOK_INPUT, priority: priority >>> 0 };
  const values = { table, chain, type: "filter", policy: VERDICTS.accept, hook };
  return request(MSG.newChain, REQUEST_FLAGS.create, CHAIN, values);
}

/** A rule behind those of its chain. */
export function addRule(
  table: string,
  chain: string,
  expressions: readonly Expression[],
): NetlinkRequest {
  const list = new HostWriter();
  for (const element of expressions) writeAttributes(list, ELEMENTS, { element });
  const flags = REQUEST_FLAGS.create | APPEND;
  return request(MSG.newRule, flags, RULE, { table, chain, expressions: list.bytes() });
}

/** What came in by this interface. */
export function fromInterface(name: string): Expression[] {
  const padded = new Uint8Array(IFNAME_BYTES);
  padded.set(new TextEncoder().encode(name).subarray(0, IFNAME_BYTES - 1));
  return [load("meta", META, { key: META_KEYS.inputInterface, register: 1 }), equals(padded)];
}

/** What is of this IP version. */
const ofFamily = (family: Family): Expression[] => [
  load("meta", META, { key: META_KEYS.family, register: 1 }),
  equals(Uint8Array.of(family === 4 ? AF_INET : AF_INET6)),
];

/** What is for this address. */
export const toAddress = (ip: IpBytes): Expression[] => [
  ...ofFamily(familyOf(ip)),
  load("payload", PAYLOAD, {
    register: 1,
    base: BASES.network,
    offset: familyOf(ip) === 4 ? 16 : 24,
    length: ip.length,
  }),
  equals(ip),
];

/** An ICMPv6 message of this type. */
export const icmp6OfType = (type: number): Expression[] => [
  ...ofFamily(6),
  load("meta", META, { key: META_KEYS.transport, register: 1 }),
  equals(Uint8Array.of(IPPROTO_ICMPV6)),
  load("payload", PAYLOAD, { register: 1, base: BASES.transport, offset: 0, length: 1 }),
  equals(Uint8Array.of(type)),
];

/** The end of a rule. To accept is to leave the rest of this chain out. */
export const verdict = (word: keyof typeof VERDICTS): Expression =>
  load("immediate", IMMEDIATE, { register: 0, data: { verdict: { code: VERDICTS[word] } } });

/** The changes as one transaction: all of them happen or none. */
export const asBatch = (changes: readonly NetlinkRequest[]): NetlinkRequest[] => [
  { type: BATCH_BEGIN, flags: 0, body: header(0, NFNL_SUBSYS_NFTABLES) },
  ...changes,
  { type: BATCH_END, flags: 0, body: header(0, NFNL_SUBSYS_NFTABLES) },
];

function request<Table extends AttrTable>(
  message: number,
  flags: number,
  table: Table,
  values: AttrValues<Table>,
): NetlinkRequest {
  const w = new HostWriter().raw(header(NFPROTO_INET, 0));
  writeAttributes(w, table, values);
  return { type: (NFNL_SUBSYS_NFTABLES << 8) | message, flags, body: w.bytes() };
}

/** u8 family, u8 version 0, u16 resource in network order. */
const header = (family: number, resource: number): Uint8Array =>
  new HostWriter().u8(family).u8(0).be16(resource).bytes();

function load<Table extends AttrTable>(
  name: string,
  table: Table,
  data: AttrValues<Table>,
): Expression {
  const w = new HostWriter();
  writeAttributes(w, { name: text(1), data: nested(2, table) }, { name, data });
  return w.bytes();
}

const equals = (value: Uint8Array): Expression =>
  load("cmp", COMPARE, { register: 1, operation: EQUAL, data: { value } });

/** NFT_MSG_*. */
const MSG = { newTable: 0, deleteTable: 2, newChain: 3, newRule: 6 } as const;

/** NFTA_TABLE_*, NFTA_CHAIN_*, NFTA_HOOK_*, NFTA_RULE_*, NFTA_LIST_*. */
const TABLE = { table: text(1), flags: be32(2) } as const;
const HOOK = { number: be32(1), priority: be32(2) } as const;
const CHAIN = {
  table: text(1),
  chain: text(3),
  type: text(7),
  policy: be32(5),
  hook: nested(4, HOOK),
} as const;
const RULE = {
  table: text(1),
  chain: text(2),
  expressions: { ...raw(4), nested: true },
} as const;
const ELEMENTS = { element: { ...raw(1), nested: true } } as const;

/** NFTA_META_*, NFTA_PAYLOAD_*, NFTA_CMP_*, NFTA_IMMEDIATE_*, NFTA_DATA_*, NFTA_VERDICT_*. */
const META = { key: be32(2), register: be32(1) } as const;
const PAYLOAD = { register: be32(1), base: be32(2), offset: be32(3), length: be32(4) } as const;
const DATA = { value: raw(1), verdict: nested(2, { code: be32(1) }) } as const;
const COMPARE = { register: be32(1), operation: be32(2), data: nested(3, DATA) } as const;
const IMMEDIATE = { register: be32(1), data: nested(2, DATA) } as const;

const META_KEYS = { inputInterface: 6, family: 15, transport: 16 } as const; // NFT_META_*
const BASES = { network: 1, transport: 2 } as const; // NFT_PAYLOAD_*_HEADER
const VERDICTS = { drop: 0, accept: 1 } as const; // NF_*
const EQUAL = 0; // NFT_CMP_EQ
const OWNER = 2; // NFT_TABLE_F_OWNER
const HOOK_INPUT = 1; // NF_INET_LOCAL_IN
const APPEND = 0x800; // NLM_F_APPEND
const BATCH_BEGIN = 0x10;
const BATCH_END = 0x11;
const NFNL_SUBSYS_NFTABLES = 10;
const NFPROTO_INET = 1;
const AF_INET = 2;
const AF_INET6 = 10;
const IPPROTO_ICMPV6 = 58;
const IFNAME_BYTES = 16;
