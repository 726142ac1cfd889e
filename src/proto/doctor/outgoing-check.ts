/**
 * A router of this host whose adverts do not leave it: its own packet filter drops them (hook output)
 * before any socket of the interface sees them, so that others take over beside it.
 */
import type { Family } from "../../core/addr.ts";
import type { DoctorFacts } from "./facts.ts";
import { doubtful, type Finding, failed } from "./finding.ts";
import { outgoingLines } from "./firewall-lines.ts";
import { isOwn, listed, secondsOf } from "./speakers.ts";

/** Nothing where no router is here, where it speaks, or where it may rightly be silent. */
export function outgoingFindings(family: Family, facts: DoctorFacts): Finding[] {
  const { link, filter, heard } = facts;
  if (!isMute(family, facts)) return [];
  const lines = outgoingLines(family, link.name, filter);
  if (lines.length === 0) return [];
  const silence = `no advert of it left ${link.name} within ${secondsOf(heard.aloneMs + heard.joinedMs)}`;
  const others = heard.speakers.filter((one) => one.family === family && !isOwn(one, facts));
  if (others.length === 0) {
    const alone = `this host runs a router and nobody else is heard, but ${silence}: its firewall may drop what goes out (output)`;
    return [doubtful("firewall", alone, ...lines)];
  }
  const held = facts.holdings.filter((one) => one.family === family && one.here !== null);
  if (held.length === 0) return []; // a BACKUP is silent
  const what = `this host has ${listed(held.map(({ ip }) => ip))} and runs a router, but ${silence}`;
  const tell = lines.every((line) => line.startsWith("#")) ? doubtful : failed;
  return [tell("firewall", `${what}: its firewall seems to drop what goes out (output)`, ...lines)];
}

/** Of all VRIDs: what drops one drops all. */
export const isMute = (family: Family, { routerHere, heard }: DoctorFacts): boolean =>
  routerHere[family] && !heard.speakers.some((one) => one.family === family && one.here);
