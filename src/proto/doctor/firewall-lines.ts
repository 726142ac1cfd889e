/** What lets VRRP through the firewall of this host, in the words of nft(8), iptables(8) and firewalld. */
import type { Family } from "../../core/addr.ts";
import type { BaseChain } from "../../core/netlink/nft-chains.ts";
import { shellWord } from "../../core/shell-word.ts";
import type { FilterFact } from "./facts.ts";

/**
 * To accept in one chain leaves the rest of that chain out, and no other chain: so there is a line for
 * each that a packet for this host passes. Where these are not known, one line of each program.
 */
export function firewallLines(family: Family, ifName: string, filter: FilterFact): string[] {
  const chains = (filter.chains ?? []).filter((chain) => concerns(chain, family));
  const byFirewalld = chains.some(({ table }) => table === "firewalld");
  const byHand = chains.filter(({ table }) => table !== "firewalld");
  const lines = [
    ...(byFirewalld ? firewalldLines(ifName) : []),
    ...byHand.map((chain) => lineFor(chain, family, ifName)),
    ...(filter.legacyTables.includes("filter")
      ? [iptablesLine(family, "filter", "INPUT", ifName)]
      : []),
  ];
  if (lines.length > 0) return [...new Set(lines)];
  return [
    nftLine({ family: "inet", table: "filter", chain: "input", hook: "input" }, ifName),
    `# or: ${iptablesLine(family, "filter", "INPUT", ifName)}`,
    ...firewalldLines(ifName).map((line) => `# or: ${line}`),
  ];
}

const concerns = ({ family, hook }: BaseChain, wanted: Family): boolean =>
  hook !== "other" &&
  (family === "inet" || family === "netdev" || family === (wanted === 4 ? "ip" : "ip6"));

function lineFor(chain: BaseChain, family: Family, ifName: string): string {
  const isOfIptables =
    (chain.family === "ip" || chain.family === "ip6") && IPTABLES_CHAINS.has(chain.chain);
  return isOfIptables && IPTABLES_TABLES.has(chain.table)
    ? iptablesLine(family, chain.table, chain.chain, ifName)
    : nftLine(chain, ifName);
}

/** By its number: the name of the protocol stands in a file that small systems have not. */
function nftLine(
  { family, table, chain, hook }: Pick<BaseChain, "family" | "table" | "chain" | "hook">,
  ifName: string,
): string {
  const where = `${family} ${shellWord(table)} ${shellWord(chain)}`;
  // A chain of the family netdev belongs to its interface already.
  const from = hook === "ingress" ? "" : `iifname ${shellWord(ifName)} `;
  return `nft insert rule ${where} ${from}meta l4proto 112 accept`;
}

function iptablesLine(family: Family, table: string, chain: string, ifName: string): string {
  const program = family === 4 ? "iptables" : "ip6tables";
  const inTable = table === "filter" ? "" : `-t ${table} `;
  return `${program} ${inTable}-I ${chain} -i ${shellWord(ifName)} -p 112 -j ACCEPT`;
}

const firewalldLines = (ifName: string): string[] => {
  const zone = `--zone="$(firewall-cmd --get-zone-of-interface=${shellWord(ifName)})"`;
  return [`firewall-cmd ${zone} --add-protocol=vrrp && firewall-cmd --runtime-to-permanent`];
};

const IPTABLES_CHAINS: ReadonlySet<string> = new Set(["INPUT", "PREROUTING"]);
const IPTABLES_TABLES: ReadonlySet<string> = new Set(["filter", "raw", "mangle", "security"]);
