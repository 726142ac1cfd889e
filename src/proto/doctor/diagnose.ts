/** All checks of `vrrp doctor` but the two-sided one, in the order in which a cause explains the next. */
import { agreementFindings } from "./agreement-check.ts";
import type { DoctorFacts } from "./facts.ts";
import { doubtful, type Finding, namingFamily } from "./finding.ts";
import { firewallFindings } from "./firewall-check.ts";
import { flawFindings } from "./flaws-check.ts";
import { holderFindings } from "./holders-check.ts";
import { addressFindings, linkFindings } from "./link-check.ts";
import { masterFindings } from "./masters-check.ts";
import { membershipFindings } from "./membership-check.ts";
import { settingFindings } from "./settings-check.ts";
import { groupsOf, speakersOf } from "./speakers.ts";
import { clashFindings } from "./vrid-clash.ts";

/** Where the link is down nothing that needs it is told. */
export function diagnose(facts: DoctorFacts): Finding[] {
  const findings = allFindings(facts);
  if (facts.families.length === 1) return findings;
  return findings.map((one) => (ALIKE.has(one.check) ? namingFamily(one) : one));
}

function allFindings(facts: DoctorFacts): Finding[] {
  const standing = [...linkFindings(facts), ...addressFindings(facts)];
  if (!facts.link.running) return [...standing, ...settingFindings(facts)];
  return [
    ...standing,
    ...membershipFindings(facts),
    ...masterFindings(facts),
    ...firewallFindings(facts),
    ...clashFindings(facts),
    ...groupsOf(facts).flatMap((group) => agreementFindings(group, facts.link.name)),
    ...flawFindings(facts),
    ...settingFindings(facts),
    ...holderFindings(facts),
    ...managerFindings(facts),
  ];
}

/** What takes virtual addresses away matters where this host may hold some. */
function managerFindings(facts: DoctorFacts): Finding[] {
  if (!speakersOf(facts).some(({ here }) => here)) return [];
  return facts.suspects.map(({ program, pid, remedy }) =>
    doubtful("manager", `${program} (pid ${pid}) may take virtual addresses away`, `# ${remedy}`),
  );
}

/** Checks of one family whose words are the same for the other. */
const ALIKE: ReadonlySet<string> = new Set(["membership", "snooping", "firewall"]);
