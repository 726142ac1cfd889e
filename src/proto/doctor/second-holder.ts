/**
 * Why somebody beside the master answers for a virtual address. Only where nothing that was seen
 * explains it may it be left over: to take it away from a running master would make things worse.
 */
import { shellWord } from "../../core/shell-word.ts";
import type { Speaker } from "./census.ts";
import type { DoctorFacts, HoldingFact } from "./facts.ts";
import { isMute, outgoingFindings } from "./outgoing-check.ts";
import { isOwn, listed, nameOf } from "./speakers.ts";
import { isClashing } from "./vrid-clash.ts";

/** Advice, the likeliest first; what another check has told is referred to, and is all then. */
export function secondHolderAdvice(holding: HoldingFact, facts: DoctorFacts): string[] {
  const causes = knownCauses(holding, facts);
  return causes.length > 0 ? causes : openCauses(holding, facts);
}

/** What another check has told. */
export function knownCauses(holding: HoldingFact, facts: DoctorFacts): string[] {
  const { ip, vrid, family, here } = holding;
  const { heard } = facts;
  const causes: string[] = [];
  if (isClashing(ip, facts)) causes.push("# masters of two VRIDs have it: see vrid");
  const speakers = heard.speakers.filter((one) => one.vrid === vrid && one.family === family);
  const whose = (sinners: readonly Speaker[]): string => listed(sinners.map(nameOf), 3);
  const far = speakers.filter(({ lowestTtl }) => lowestTtl < 255);
  if (far.length > 0) {
    causes.push(`# others do not believe ${whose(far)} and are master too: see ttl`);
  }
  const broken = speakers.filter(({ flaws }) => Object.keys(flaws).length > 0);
  if (broken.length > 0) {
    causes.push(`# others do not believe ${whose(broken)} and are master too: see adverts`);
  }
  const unheard = speakers.filter(
    (one) => !one.here && !isOwn(one, facts) && one.expected > 0 && one.received === 0,
  );
  if (here !== null && unheard.length > 0) {
    causes.push(`# a router of this host does not hear ${whose(unheard)}: see firewall`);
  }
  if (here !== null && outgoingFindings(family, facts).length > 0) {
    causes.push(
      "# a router of this host may be master (vipkit vrrp status, systemctl status keepalived), and its adverts do not leave: see firewall",
    );
  }
  const router = heard.routers.find((one) => one.vrid === vrid && one.family === family);
  if (causes.length === 0 && (router?.masters.length ?? 0) > 1) {
    causes.push("# each of them is master and has it rightly: see master");
  }
  return causes;
}

function openCauses(holding: HoldingFact, facts: DoctorFacts): string[] {
  const { ip, macs, here: isHere, family } = holding;
  const { link, heard } = facts;
  const doctor = `vipkit vrrp doctor -I ${shellWord(link.name)}`;
  const known = heard.speakers.find(
    (one) => !one.here && one.family === family && macs.includes(one.mac),
  );
  const peer = known?.source ?? "ADDR";
  return [
    ...(isHere !== null && isMute(family, facts)
      ? [
          `# a router of this host may be master although no advert of it left ${link.name}: vipkit vrrp status, systemctl status keepalived`,
        ]
      : []),
    isHere === null
      ? `# two masters may not hear each other: ${doctor} --respond on ${known === undefined ? "one" : peer}, ${doctor} --peer ${peer} on the other`
      : `# the other may be a master that is not heard here: ${doctor} --respond there, ${doctor} --peer ${peer} here`,
    `# or a router that was silent just now: ${doctor} --for 30s`,
    `# only where no router runs there: a killed one left it; ip address show to ${ip}, and remove it`,
  ];
}
