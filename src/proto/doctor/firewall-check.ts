/**
 * Adverts that reach the interface but not the protocol's socket. Between the two stand the packet
 * filter and the kernel's check of the source (fib_validate_source of Linux, rp_filter).
 */
import type { Family } from "../../core/addr.ts";
import { shellWord } from "../../core/shell-word.ts";
import type { Speaker } from "./census.ts";
import type { DoctorFacts } from "./facts.ts";
import { doubtful, type Finding, failed, ofFamily, skipped, well } from "./finding.ts";
import { firewallLines, incomingChains } from "./firewall-lines.ts";
import { outgoingFindings } from "./outgoing-check.ts";
import { isIp6Off, strictest } from "./settings-check.ts";
import { listed, nameOf, othersOf } from "./speakers.ts";

export const firewallFindings = (facts: DoctorFacts): Finding[] =>
  facts.families.flatMap((family) =>
    [...firewallFinding(family, facts), ...outgoingFindings(family, facts)].map((one) =>
      ofFamily(family, one),
    ),
  );

function firewallFinding(family: Family, facts: DoctorFacts): Finding[] {
  const came = othersOf(facts).filter((one) => one.family === family && one.expected > 0);
  const lost = came.filter((one) => one.received === 0);
  if (facts.groups[family].refusal !== null) {
    return [skipped("firewall", "the protocol socket could not join the group")];
  }
  if (family === 6 && isIp6Off(facts)) {
    return [skipped("firewall", `IPv6 is switched off on ${facts.link.name}`)];
  }
  if (came.length === 0) {
    return [skipped("firewall", `no advert over IPv${family} came in that a firewall could drop`)];
  }
  const counts = countsText(came);
  if (lost.length === 0) {
    const [got, all] = totals(came);
    return got < all - 1 - came.length && facts.heard.lost === 0
      ? [
          doubtful(
            "firewall",
            `${counts}: some are lost on this host`,
            "# is there a limit (rate) in the firewall? nft list ruleset",
          ),
        ]
      : [well("firewall", counts)];
  }
  const misrouted = family === 4 ? lost.filter((one) => hasNoWayBack(one, facts)) : [];
  const filtered = lost.filter((one) => !misrouted.includes(one));
  return [
    ...(misrouted.length > 0 ? [reversePathFinding(misrouted, facts)] : []),
    ...(filtered.length > 0 ? [filterFinding(filtered, family, facts)] : []),
  ];
}

/** `adverts reach eth0 (10/10) but ...` of row 7 of what users need. */
function filterFinding(lost: readonly Speaker[], family: Family, facts: DoctorFacts): Finding {
  const { link, filter } = facts;
  const whose = listed(lost.map(nameOf), 3);
  const isKnown = filter.chains !== null;
  const none =
    isKnown && incomingChains(family, filter).length === 0 && filter.legacyTables.length === 0;
  const reason = none
    ? "dropped by this host, although no chain of its packet filter looks at it"
    : "the firewall of this host drops protocol 112";
  return failed(
    "firewall",
    `${countsText(lost)}, from ${whose}: ${reason}`,
    ...(none ? noFilterAdvice(link.name) : firewallLines(family, link.name, filter)),
  );
}

function reversePathFinding(lost: readonly Speaker[], facts: DoctorFacts): Finding {
  const each = lost.map(({ source }) => {
    const by = facts.waysBack.get(source) ?? null;
    return `${source} (${by === null ? "no route to it" : `the route to it leads by ${by}`})`;
  });
  return failed(
    "firewall",
    `${countsText(lost)}: rp_filter drops what comes from ${listed(each, 3)}`,
    ...reversePathLines(lost, facts),
  );
}

/** A route where there is none, for nothing but 0 does without; the loose mode where another serves. */
function reversePathLines(lost: readonly Speaker[], facts: DoctorFacts): string[] {
  const { link, waysBack, setting } = facts;
  const line = (of: string, mode: number) =>
    `sysctl -w ${shellWord(`net/ipv4/conf/${of}/rp_filter=${mode}`)}`;
  const all = Number(setting("net/ipv4/conf/all/rp_filter") ?? 0);
  const off = [...(all > 0 ? [line("all", 0)] : []), line(link.name, 0)];
  const unknown = lost.filter(({ source }) => waysBack.get(source) === null);
  const lines = [...new Set(unknown.map(({ source }) => source))].map(
    (source) => `ip route add ${source} dev ${shellWord(link.name)}`,
  );
  if (lost.length > unknown.length) lines.push(...(hasAddress(facts) ? [line(link.name, 2)] : off));
  else lines.push(`# or, where it is to have no route there: ${off.join("; ")}`);
  return lines;
}

/**
 * As fib_validate_source: strict wants the way back to lead by the interface, loose any way. Without
 * an address on the interface loose is as strict.
 */
function hasNoWayBack({ source }: Speaker, facts: DoctorFacts): boolean {
  const { link, waysBack, setting } = facts;
  const mode = strictest(setting, "rp_filter", link.name);
  const by = waysBack.get(source);
  if (mode === 0 || by === undefined) return false;
  return by === null || (by !== link.name && (mode === 1 || !hasAddress(facts)));
}

const hasAddress = ({ addresses }: DoctorFacts): boolean =>
  addresses.some(({ ip }) => ip.length === 4);

function countsText(speakers: readonly Speaker[]): string {
  const [got, all] = totals(speakers);
  return got === 0
    ? `adverts reach the interface (${all}/${all}) but not the protocol socket (0/${all})`
    : `adverts reach the interface (${all}/${all}) and the protocol socket (${got}/${all})`;
}

const totals = (speakers: readonly Speaker[]): [got: number, all: number] => [
  speakers.reduce((sum, one) => sum + one.received, 0),
  speakers.reduce((sum, one) => sum + one.expected, 0),
];

const noFilterAdvice = (ifName: string): string[] => [
  `tc filter show dev ${shellWord(ifName)} ingress # or XDP: ip link show dev ${shellWord(ifName)}`,
  "nstat -az | grep -E 'InHdrErrors|InAddrErrors|ReversePathFilter' # bad below VRRP",
];
