/**
 * Where a packet filter is asked about packets for and from this host: the base chains of nf_tables, NFTA_CHAIN_*
 * and NFTA_HOOK_* of linux/netfilter/nf_tables.h. What iptables-nft makes is among them.
 */
import { decodingWith } from "../bytes.ts";
import type { Decoded } from "../result.ts";
import { be32, nested, readAttributes, text } from "./attributes.ts";
import { HostReader, HostWriter } from "./host-bytes.ts";
import { type NetlinkRequest, REQUEST_FLAGS } from "./message.ts";

export interface BaseChain {
  readonly family: "ip" | "ip6" | "inet" | "netdev" | "other"; // as nft(8) calls it
  readonly table: string;
  readonly chain: string;
  readonly hook: "prerouting" | "input" | "ingress" | "output" | "postrouting" | "egress" | "other";
  readonly priority: number; // signed: lower comes first
  readonly dropsByDefault: boolean; // its policy
}

/** Asks for the chains of all families. Needs CAP_NET_ADMIN. */
export function dumpChains(): NetlinkRequest {
  const body = new HostWriter().u8(ALL_FAMILIES).u8(0).be16(0).bytes(); // struct nfgenmsg
  return { type: GET_CHAIN, flags: REQUEST_FLAGS.dump, body };
}

/** The body of NFT_MSG_NEWCHAIN. Codes: `short`, `bad-NAME`, `not-a-base-chain`. */
export function decodeBaseChain(body: Uint8Array): Decoded<BaseChain> {
  return decodingWith("nft-chain", new HostReader(body), (r) => {
    const family = FAMILIES[r.u8()] ?? "other";
    r.skip(3);
    const { table, chain, hook, policy } = readAttributes(r, CHAIN);
    if (table === undefined || chain === undefined || hook?.number === undefined) {
      return r.fail("not-a-base-chain");
    }
    return {
      family,
      table,
      chain,
      hook: hookName(family, hook.number),
      priority: (hook.priority ?? 0) | 0,
      dropsByDefault: policy === DROP,
    };
  });
}

function hookName(family: BaseChain["family"], number: number): BaseChain["hook"] {
  if (family === "netdev") return NETDEV_HOOKS[number] ?? "other";
  if (family === "other") return "other";
  return INET_HOOKS[number] ?? "other";
}

/** NFPROTO_*; its others are of bridges and ARP. */
const FAMILIES: Readonly<Record<number, BaseChain["family"]>> = {
  1: "inet",
  2: "ip",
  5: "netdev",
  10: "ip6",
};
/** NF_INET_*; the last is of the family inet alone. */
const INET_HOOKS: Readonly<Record<number, BaseChain["hook"]>> = {
  0: "prerouting",
  1: "input",
  3: "output",
  4: "postrouting",
  5: "ingress",
};
/** NF_NETDEV_*. */
const NETDEV_HOOKS: Readonly<Record<number, BaseChain["hook"]>> = { 0: "ingress", 1: "egress" };

const HOOK = { number: be32(1), priority: be32(2) } as const;
const CHAIN = { table: text(1), chain: text(3), hook: nested(4, HOOK), policy: be32(5) } as const;
const ALL_FAMILIES = 0;
const GET_CHAIN = (10 << 8) | 4; // NFNL_SUBSYS_NFTABLES, NFT_MSG_GETCHAIN
const DROP = 0; // NF_DROP
