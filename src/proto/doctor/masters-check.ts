/** Who is master: nobody, one, or several, which is a split brain or two groups with one VRID. */
import type { Family } from "../../core/addr.ts";
import { formatDurationMs } from "../../core/duration.ts";
import { shellWord } from "../../core/shell-word.ts";
import type { DoctorFacts, MasterFact, RouterFact } from "./facts.ts";
import { doubtful, type Finding, failed, ofFamily, well } from "./finding.ts";
import { isOwn, listed, routerName, type SpeakerGroup, secondsOf, speakersOf } from "./speakers.ts";

export function masterFindings(facts: DoctorFacts): Finding[] {
  const routers = facts.heard.routers.filter(
    ({ vrid, family }) =>
      (facts.vrid === null || vrid === facts.vrid) && facts.families.includes(family),
  );
  const findings = routers.map((router) => masterFinding(router, facts));
  const silent = facts.families.filter((family) => !routers.some((it) => it.family === family));
  return [...findings, ...silent.map((family) => ofFamily(family, nobodyFinding(family, facts)))];
}

function masterFinding(router: RouterFact, facts: DoctorFacts): Finding {
  const name = routerName(router.vrid, router.family);
  const masters = router.masters.filter(
    ({ last, here }) => here || !facts.host.ips.has(last.source),
  );
  const [only] = masters;
  if (only === undefined) {
    const gone = listed(router.former.map(speakerText));
    return failed("master", `${name} has no master any more: ${gone}`, ...NOBODY_ADVICE);
  }
  if (masters.length === 1) {
    const { last } = only;
    const list = listed([...last.addresses]);
    return well(
      "master",
      `${name}: ${speakerText(only)}, every ${formatDurationMs(last.intervalMs)}, ${list}`,
    );
  }
  const each = listed(
    masters.map((one) => `${speakerText(one)} for ${listed([...one.last.addresses], 3)}`),
  );
  return failed(
    "master",
    `${name} has ${masters.length} masters: ${each}`,
    ...splitAdvice(masters, facts),
  );
}

function speakerText({ last, here }: MasterFact): string {
  const who = here ? `this host (${last.source}, ${last.mac})` : `${last.source} (${last.mac})`;
  return last.priority === 0 ? `${who} resigned` : `${who} priority ${last.priority}`;
}

function nobodyFinding(family: Family, facts: DoctorFacts): Finding {
  const { heard, vrid, link, routerHere } = facts;
  const listened = secondsOf(heard.aloneMs + heard.joinedMs);
  const whose = vrid === null ? "" : ` for ${routerName(vrid, family)}`;
  const others = heard.speakers.filter((one) => one.family === family && one.vrid !== vrid);
  const vrids = [...new Set(others.map((one) => `${one.vrid}`))];
  const instead = vrid !== null && vrids.length > 0 ? `; heard vrid ${listed(vrids)} instead` : "";
  const flawed = speakersOf(facts).some((one) => one.family === family && !isOwn(one, facts));
  const good = flawed ? "no good advert" : "no advert";
  // Whom nobody asked about a router cannot tell whether there is one: unicast passes it by.
  const isBystander = vrid === null && heard.speakers.length === 0 && !routerHere[family];
  const tell = isBystander ? doubtful : failed;
  return tell(
    "master",
    `${good}${whose} over IPv${family} within ${listened} on ${link.name}${instead}`,
    ...NOBODY_ADVICE,
    `# slower than once in ${listened}: vipkit vrrp doctor -I ${shellWord(link.name)} --for 1m`,
  );
}

/** Row by row of what RFC 9568 takes for granted: one VRID means one list of addresses. */
export function collisionFinding(group: SpeakerGroup, ifName: string): Finding | undefined {
  const clans = clansOf(group);
  if (clans.length < 2) return undefined;
  const each = clans.map(
    ({ sources, addresses }) => `${listed(sources, 3)} for ${listed(addresses, 3)}`,
  );
  const vip = shellWord(clans.at(-1)?.addresses[0] ?? "ADDR");
  return failed(
    "vrid",
    `${routerName(group.vrid, group.family)} is used by ${clans.length} groups that share no address: ${each.join("; ")}`,
    `# give one of them a VRID that is free: vipkit vrrp id -I ${shellWord(ifName)} ${vip}`,
  );
}

interface Clan {
  readonly sources: string[];
  readonly addresses: string[];
}

/** Those who share an address, directly or by way of others, belong together. */
function clansOf({ speakers }: SpeakerGroup): Clan[] {
  let clans: Clan[] = [];
  for (const { source, terms } of speakers) {
    const addresses = [...terms.addresses];
    const kin = clans.filter((clan) => clan.addresses.some((it) => addresses.includes(it)));
    const united: Clan = {
      sources: [...kin.flatMap((clan) => clan.sources), source],
      addresses: [...new Set([...kin.flatMap((clan) => clan.addresses), ...addresses])],
    };
    clans = [...clans.filter((clan) => !kin.includes(clan)), united];
  }
  return clans;
}

const NOBODY_ADVICE = [
  "# does a router run? vipkit vrrp status, systemctl status keepalived, vtysh -c 'show vrrp'",
  "# by unicast only the peers hear it: run this on one of them, or --peer ADDR with --respond there",
];

function splitAdvice(masters: readonly MasterFact[], { link }: DoctorFacts): string[] {
  const [one, other] = masters.map(({ last }) => last.source);
  const device = shellWord(link.name);
  return [
    "# neither believes or hears the other: see below what differs, and run this on each of them",
    `# one direction may be dead: vipkit vrrp doctor -I ${device} --respond on ${one}, --peer ${one} on ${other}`,
  ];
}
