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
  const chains = chainsOn(INCOMING, family, filter);
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

/**
 * The same for what this host sends. Nothing where no chain looks at that; advice alone where the
 * chains are not known.
 */
export function outgoingLines(family: Family, ifName: string, filter: FilterFact): string[] {
  if (filter.chains === null) return [...OUTGOING_ADVICE];
  const chains = chainsOn(OUTGOING, family, filter);
  const byHand = chains.filter(({ table }) => table !== "firewalld");
  const lines = [
    ...byHand.map((chain) => lineFor(chain, family, ifName)),
    ...(filter.legacyTables.includes("filter")
      ? [iptablesLine(family, "filter", "OUTPUT", ifName)]
      : []),
  ];
  const byFirewalld = chains.length > byHand.length;
  return [...new Set(lines), ...(byFirewalld ? FIREWALLD_ADVICE : [])];
}

/** Those that a packet of the family passes on its way in. */
export const incomingChains = (family: Family, filter: FilterFact): BaseChain[] =>
  chainsOn(INCOMING, family, filter);

const chainsOn = (
  hooks: ReadonlySet<BaseChain["hook"]>,
  wanted: Family,
  { chains }: FilterFact,
): BaseChain[] =>
  (chains ?? []).filter(
    ({ family, hook }) =>
      hooks.has(hook) &&
      (family === "inet" || family === "netdev" || family === (wanted === 4 ? "ip" : "ip6")),
  );

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
  const isNear = hook === "ingress" || hook === "egress";
  const match = OUTGOING.has(hook) ? "oifname" : "iifname";
  const way = isNear ? "" : `${match} ${shellWord(ifName)} `;
  return `nft insert rule ${where} ${way}meta l4proto 112 accept`;
}

function iptablesLine(family: Family, table: string, chain: string, ifName: string): string {
  const program = family === 4 ? "iptables" : "ip6tables";
  const way = chain === "OUTPUT" || chain === "POSTROUTING" ? "-o" : "-i";
  const inTable = table === "filter" ? "" : `-t ${table} `;
  return `${program} ${inTable}-I ${chain} ${way} ${shellWord(ifName)} -p 112 -j ACCEPT`;
}

const firewalldLines = (ifName: string): string[] => {
  const zone = `--zone="$(firewall-cmd --get-zone-of-interface=${shellWord(ifName)})"`;
  return [`firewall-cmd ${zone} --add-protocol=vrrp && firewall-cmd --runtime-to-permanent`];
};

const IPTABLES_CHAINS: ReadonlySet<string> = new Set([
  "INPUT",
  "PREROUTING",
  "OUTPUT",
  "POSTROUTING",
]);
const IPTABLES_TABLES: ReadonlySet<string> = new Set(["filter", "raw", "mangle", "security"]);
const INCOMING: ReadonlySet<BaseChain["hook"]> = new Set(["ingress", "prerouting", "input"]);
const OUTGOING: ReadonlySet<BaseChain["hook"]> = new Set(["output", "postrouting", "egress"]);
const OUTGOING_ADVICE = [
  "# is there a rule for what goes out (hook output)? nft list ruleset; iptables-save",
];
const FIREWALLD_ADVICE = [
  "# firewalld, what goes out: firewall-cmd --list-all-policies; firewall-cmd --direct --get-all-rules",
];
