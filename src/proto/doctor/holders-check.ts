/** Who answers for the virtual addresses, and whether that is the master. */
import { formatCidr, formatIp, formatMac } from "../../core/addr.ts";
import { shellWord } from "../../core/shell-word.ts";
import { virtualMac } from "../vrrp/vmac.ts";
import type { DoctorFacts, HoldingFact, MasterFact } from "./facts.ts";
import { doubtful, type Finding, failed, skipped, well } from "./finding.ts";
import { knownCauses, secondHolderAdvice } from "./second-holder.ts";
import { listed } from "./speakers.ts";

/** One for each address; those that are well are told together. */
export function holderFindings(facts: DoctorFacts): Finding[] {
  if (facts.holdings.length === 0) {
    return [
      skipped("holder", "no virtual address is known: none was advertised, and --vip names none"),
    ];
  }
  const findings = facts.holdings.map((holding) => holderFinding(holding, facts));
  const good = findings.filter(({ verdict }) => verdict === "ok");
  const bad = findings.filter(({ verdict }) => verdict !== "ok");
  return good.length === 0 ? bad : [well("holder", listed(good.map(({ seen }) => seen))), ...bad];
}

function holderFinding(holding: HoldingFact, facts: DoctorFacts): Finding {
  const { ip, macs, here } = holding;
  const holders = [...(here === null ? [] : [`this host (on ${here})`]), ...macs];
  const masters = mastersOf(holding, facts);
  const [master, second] = masters;
  if (holders.length === 0) return nobodyFinding(holding, master);
  if (holders.length > 1) return severalFinding(holding, holders, facts);
  const only = holders[0] as string;
  // Of two masters each may hold it: that there are two is told elsewhere.
  if (master === undefined || second !== undefined) return well("holder", `${ip} is at ${only}`);
  if (here !== null) {
    if (master.here) return well("holder", `${ip} is on ${here} of this host, the master`);
    const stale = `${ip} is on ${here} of this host, but ${whoIs(master)} is master`;
    return failed("holder", stale, ...staleAdvice(holding, here, facts));
  }
  const virtual = virtualOf(holding);
  if (!master.here && only === master.last.mac) {
    return well(
      "holder",
      `${ip} is at ${only}, ${only === virtual ? "the virtual MAC address" : "the master"}`,
    );
  }
  if (only === virtual) return well("holder", `${ip} is at ${only}, the virtual MAC address`);
  if (!master.here && master.last.mac === virtual) {
    const below = `${ip} is at ${only}, although its master ${whoIs(master)} advertises with the virtual MAC address`;
    return doubtful("holder", below, ...BELOW_ADVICE);
  }
  const other = speakerAt(only, holding, facts);
  const who = other === undefined ? "somebody else" : other.source;
  return failed(
    "holder",
    `${ip} is at ${only} (${who}), not at its master ${whoIs(master)}`,
    ...secondHolderAdvice(holding, facts),
  );
}

function nobodyFinding({ ip }: HoldingFact, master: MasterFact | undefined): Finding {
  if (master === undefined) {
    return doubtful("holder", `nobody answers for ${ip}`, "# nobody is master of it either");
  }
  return failed(
    "holder",
    `nobody answers for ${ip}, although ${whoIs(master)} is master`,
    `# on the master: ip address show to ${ip}; sysctl net.ipv4.conf.all.arp_ignore`,
    "# a hypervisor may drop its answers (port security, forged transmits, allowed address pairs)",
  );
}

function severalFinding(
  holding: HoldingFact,
  holders: readonly string[],
  facts: DoctorFacts,
): Finding {
  const virtual = virtualOf(holding);
  const named = holders.map((who) => {
    if (who === virtual) return `${who} (the virtual MAC address)`;
    const speaker = speakerAt(who, holding, facts);
    return speaker === undefined ? who : `${who} (${speaker.source})`;
  });
  const isBelow = virtual !== null && holders.includes(virtual);
  const [master, second] = mastersOf(holding, facts);
  const isElsewhere = master !== undefined && second === undefined && !master.here;
  if (holding.here !== null && isElsewhere && !facts.routerHere[holding.family]) {
    const left = `${holding.ip} is at ${holders.length} places: ${listed(named)}; no router runs on this host`;
    return failed("holder", left, ...staleAdvice(holding, holding.here, facts));
  }
  const advice =
    isBelow && knownCauses(holding, facts).length === 0
      ? BELOW_ADVICE
      : secondHolderAdvice(holding, facts);
  return failed(
    "holder",
    `${holding.ip} is at ${holders.length} places: ${listed(named)}`,
    ...advice,
  );
}

const mastersOf = ({ vrid, family }: HoldingFact, { heard }: DoctorFacts): readonly MasterFact[] =>
  heard.routers.find((router) => router.vrid === vrid && router.family === family)?.masters ?? [];

const virtualOf = ({ vrid, family }: HoldingFact): string | null =>
  vrid === null ? null : formatMac(virtualMac(family, vrid));

const whoIs = ({ last, here }: MasterFact): string =>
  here ? "this host" : `${last.source} (${last.mac})`;

/** Of the same family: one MAC address may speak for both. */
const speakerAt = (wanted: string, { family }: HoldingFact, { heard }: DoctorFacts) =>
  heard.speakers.find((one) => one.mac === wanted && one.family === family);

/** Only a host without a router is told to give the address away. */
function staleAdvice(holding: HoldingFact, here: string, facts: DoctorFacts): string[] {
  const { ip, family } = holding;
  const known = facts.addresses.find((one) => formatIp(one.ip) === ip);
  const line = `ip address del ${known === undefined ? ip : formatCidr(known)} dev ${shellWord(here)}`;
  if (!facts.routerHere[family]) {
    // On another interface, as lo, it may be meant: behind a load balancer each server has it.
    return [known === undefined ? `# unless it is meant to be there: ${line}` : line];
  }
  return [
    ...knownCauses(holding, facts),
    `# only if the router of this host is not master (vipkit vrrp status): ${line}`,
  ];
}

const BELOW_ADVICE = [
  "# on that host the interface below the virtual MAC answers too: sysctl -w net.ipv4.conf.IF.arp_ignore=1",
];
