/** Whether adverts to the group get as far as this host: memberships, and switches that look at them. */
import type { Family } from "../../core/addr.ts";
import { shellWord } from "../../core/shell-word.ts";
import type { DoctorFacts, GroupFact } from "./facts.ts";
import { doubtful, type Finding, failed, ofFamily, skipped, well } from "./finding.ts";
import { GROUP_NAMES } from "./link-check.ts";
import { isOwn, secondsOf, speakersOf } from "./speakers.ts";

export const membershipFindings = (facts: DoctorFacts): Finding[] =>
  facts.families.flatMap((family) =>
    [joinFinding(family, facts), snoopingFinding(family, facts)].map((one) =>
      ofFamily(family, one),
    ),
  );

function joinFinding(family: Family, { groups, link }: DoctorFacts): Finding {
  const group = groups[family];
  const name = GROUP_NAMES[family];
  if (group.refusal !== null) {
    const refused = `${link.name} cannot join ${name}: ${group.refusal}`;
    return failed("membership", refused, ...joinAdvice(family, group));
  }
  return well("membership", `${beforehand(group)}; joining ${name} on ${link.name} works`);
}

function beforehand({ joinedBefore }: GroupFact): string {
  if (joinedBefore === null) return "the kernel does not tell who has joined";
  return joinedBefore ? "already joined by a program here" : "joined by nobody here before";
}

function joinAdvice(family: Family, { refusalCode }: GroupFact): string[] {
  if (refusalCode === "ENOBUFS" && family === 4) {
    return ["sysctl -w net/ipv4/igmp_max_memberships=100"];
  }
  return refusalCode === "ENODEV" ? ["# the interface has to be up, with an address"] : [];
}

/**
 * A switch that snoops sends a group only to the ports where somebody joined it, and forgets a port
 * when nobody asks again (RFC 4541 section 2.1.1): without a querier it may cut us off after minutes.
 */
function snoopingFinding(family: Family, facts: DoctorFacts): Finding {
  const { heard, bridge, groups } = facts;
  const protocol = family === 4 ? "IGMP" : "MLD";
  const toGroup = speakersOf(facts).filter(
    (one) => one.family === family && !one.here && !isOwn(one, facts) && one.toGroup,
  );
  const alone = toGroup.reduce((sum, one) => sum + one.alone, 0);
  const joined = toGroup.reduce((sum, one) => sum + one.joined, 0);
  const queries = heard.queries[family];
  const asked =
    queries > 0 ? `${queries} ${protocol} queries seen` : `no ${protocol} query seen in that time`;
  const counts = `${alone} adverts in ${secondsOf(heard.aloneMs)} before we joined, ${joined} in ${secondsOf(heard.joinedMs)} after`;
  if (alone > 0 && joined === 0 && heard.joinedMs > heard.aloneMs) {
    const gone = `${counts}: they stopped when we joined`;
    return failed("snooping", `${gone}; ${asked}`, ...snoopingAdvice(facts, protocol));
  }
  if (joined > 0 && alone === 0 && !groups[family].joinedBefore) {
    const filtered = `${counts}: a switch or the network card goes by memberships; ${asked}`;
    return queries > 0 || family === 4
      ? well("snooping", filtered)
      : doubtful("snooping", filtered, ...snoopingAdvice(facts, protocol));
  }
  if (joined + alone > 0) {
    const all = `${alone + joined} adverts, the group being joined all the time by a program here`;
    return well("snooping", `${groups[family].joinedBefore ? all : counts}; ${asked}`);
  }
  if (bridge?.snooping && !bridge.querier && queries === 0) {
    const suspect = `the bridge ${bridge.name} snoops without a querier, and no advert to ${GROUP_NAMES[family]} came in`;
    return doubtful("snooping", suspect, ...snoopingAdvice(facts, protocol));
  }
  return skipped("snooping", `no advert to ${GROUP_NAMES[family]} came in; ${asked}`);
}

function snoopingAdvice({ bridge }: DoctorFacts, protocol: string): string[] {
  if (bridge?.snooping) {
    const device = shellWord(bridge.name);
    return [
      `ip link set dev ${device} type bridge mcast_querier 1`,
      `# or: ip link set dev ${device} type bridge mcast_snooping 0`,
    ];
  }
  return [
    `# on the switch: turn on an ${protocol} querier for this VLAN, or turn ${protocol} snooping off`,
    "# or send by unicast: vipkit vrrp run --peer ADDR, unicast_peer of keepalived",
  ];
}
