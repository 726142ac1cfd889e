/**
 * Adverts that reach the interface but not the protocol's socket. Between the two stand the packet
 * filter and the kernel's check of the source (fib_validate_source of Linux, rp_filter).
 */
import type { Family } from "../../core/addr.ts";
import { shellWord } from "../../core/shell-word.ts";
import type { Speaker } from "./census.ts";
import type { DoctorFacts } from "./facts.ts";
import { doubtful, type Finding, failed, skipped, well } from "./finding.ts";
import { firewallLines } from "./firewall-lines.ts";
import { strictest } from "./settings-check.ts";
import { listed, nameOf, othersOf } from "./speakers.ts";

export const firewallFindings = (facts: DoctorFacts): Finding[] =>
  facts.families.flatMap((family) => firewallFinding(family, facts));

function firewallFinding(family: Family, facts: DoctorFacts): Finding[] {
  const came = othersOf(facts).filter((one) => one.family === family && one.expected > 0);
  const lost = came.filter((one) => one.received === 0);
  if (facts.groups[family].refusal !== null) {
    return [skipped("firewall", "the protocol socket could not join the group")];
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
  const hooks = filter.chains?.filter(({ hook }) => hook !== "other") ?? null;
  const none = hooks?.length === 0 && filter.legacyTables.length === 0;
  const reason = none
    ? "dropped by this host, although no chain of its packet filter looks at it"
    : "the firewall of this host drops protocol 112";
  return failed(
    "firewall",
    `${countsText(lost)}, from ${whose}: ${reason}`,
    ...(none ? noFilterAdvice(link.name) : firewallLines(family, link.name, filter)),
  );
}

function reversePathFinding(lost: readonly Speaker[], { link, waysBack }: DoctorFacts): Finding {
  const each = lost.map(({ source }) => {
    const by = waysBack.get(source) ?? null;
    return `${source} (${by === null ? "no route to it" : `the route to it leads by ${by}`})`;
  });
  return failed(
    "firewall",
    `${countsText(lost)}: rp_filter drops what comes from ${listed(each, 3)}`,
    `sysctl -w ${shellWord(`net/ipv4/conf/${link.name}/rp_filter=2`)}`,
    `# loose is enough only where there is some route to the source; else: ip route add SOURCE dev ${shellWord(link.name)}`,
  );
}

/** As fib_validate_source: strict wants the way back to lead by the interface, loose any way. */
function hasNoWayBack({ source }: Speaker, { link, waysBack, setting }: DoctorFacts): boolean {
  const mode = strictest(setting, "rp_filter", link.name);
  const by = waysBack.get(source);
  if (mode === 0 || by === undefined) return false;
  return by === null || (mode === 1 && by !== link.name);
}

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
