/** Adverts that nobody believes, and those that should not come in at all: our own. */
import { shellWord } from "../../core/shell-word.ts";
import type { Speaker } from "./census.ts";
import type { DoctorFacts } from "./facts.ts";
import { doubtful, type Finding, failed, well } from "./finding.ts";
import { isOwn, listed, nameOf, routerName, speakersOf } from "./speakers.ts";

/** @returns nothing where no advert was heard */
export function flawFindings(facts: DoctorFacts): Finding[] {
  const speakers = speakersOf(facts).filter((one) => one.here || !isOwn(one, facts));
  if (speakers.length === 0) return ownFindings(facts);
  const farther = speakers.filter(({ lowestTtl }) => lowestTtl < 255);
  const broken = speakers.filter(({ flaws }) => Object.keys(flaws).length > 0);
  const findings: Finding[] = [];
  if (farther.length > 0) findings.push(ttlFinding(farther));
  for (const one of broken.slice(0, MOST_TOLD)) findings.push(brokenFinding(one));
  const { lost } = facts.heard;
  if (lost > 0) {
    const seen = `${lost} frames came faster than they could be read: the counts are too low`;
    findings.push(doubtful("adverts", seen, "# who sends so many? vipkit vrrp sniff"));
  }
  if (findings.length === 0) {
    const adverts = speakers.reduce((sum, one) => sum + one.alone + one.joined, 0);
    findings.push(
      well("adverts", `${adverts} adverts, each with TTL 255 to a group and a good checksum`),
    );
  }
  return [...findings, ...ownFindings(facts)];
}

/** RFC 9568 section 7.1: such an advert must be thrown away, for it may come from anywhere. */
function ttlFinding(speakers: readonly Speaker[]): Finding {
  const each = speakers.map((one) => `TTL ${one.lowestTtl} from ${nameOf(one)}`);
  return failed(
    "ttl",
    `adverts to the group must have TTL 255: ${listed(each)}`,
    "# it crossed a router or a proxy of multicast, or its sender sets another TTL; nobody believes it",
  );
}

function brokenFinding(one: Speaker): Finding {
  const { vrid, family, flaws, version } = one;
  const each = Object.entries(flaws).map(([code, count]) => `${code} ${count} times`);
  const seen = `${routerName(vrid, family)}: adverts of ${nameOf(one)} are no good: ${listed(each)}`;
  const which =
    version === 2 || version === 3 ? `version ${version}` : `version ${version}, CARP perhaps`;
  return failed("adverts", `${seen} (${which})`, ...adviceFor(Object.keys(flaws)));
}

function adviceFor(codes: readonly string[]): string[] {
  if (codes.includes("bad-checksum")) {
    return [
      "# broken on the way or by its sender: compare with vipkit vrrp sniff --bad on the sender's own host",
    ];
  }
  return codes.includes("bad-version") || codes.includes("bad-type")
    ? ["# another protocol with the number 112, or VRRP of a version that is not spoken any more"]
    : [];
}

/** The kernel throws away what comes in from an address of its own. */
function ownFindings(facts: DoctorFacts): Finding[] {
  return speakersOf(facts)
    .filter((one) => isOwn(one, facts))
    .slice(0, MOST_TOLD)
    .map((one) => {
      const { source, mac, vrid, family } = one;
      const name = routerName(vrid, family);
      return facts.host.macs.has(mac)
        ? failed(
            "loop",
            `${name}: our own adverts come back to ${facts.link.name}, from ${source} with our MAC address ${mac}`,
            "# a loop of switches or bridges, a bond whose ports lead to one switch without LACP, or a mirror port",
          )
        : failed(
            "loop",
            `${name}: ${mac} sends adverts from our own address ${source}`,
            `# two hosts have ${source}: vipkit garp send would only hide it; give one of them another address`,
            `ip address show dev ${shellWord(facts.link.name)}`,
          );
    });
}

const MOST_TOLD = 8;
