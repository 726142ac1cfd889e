/** One virtual address under two VRIDs: their routers do not know each other, and both are master. */
import type { DoctorFacts } from "./facts.ts";
import { type Finding, failed } from "./finding.ts";
import { groupsOf, listed } from "./speakers.ts";

/** One for each set of VRIDs that share addresses. What other VRIDs advertise counts too. */
export function clashFindings(facts: DoctorFacts): Finding[] {
  const shared = new Map<string, string[]>();
  for (const [ip, vrids] of clashesOf(facts)) {
    const each = [...vrids].map(([vrid, who]) => `vrid ${vrid} by ${listed(who, 3)}`).join(" and ");
    shared.set(each, [...(shared.get(each) ?? []), ip]);
  }
  return Array.from(shared, ([each, ips]) => {
    const seen = `${listed(ips)} ${ips.length > 1 ? "are" : "is"} advertised under ${each}: one of them has the wrong VRID`;
    return failed("vrid", seen, ...CLASH_ADVICE);
  });
}

export const isClashing = (ip: string, facts: DoctorFacts): boolean => clashesOf(facts).has(ip);

/** Of each address that has several the VRIDs, each with who advertises it. */
function clashesOf(facts: DoctorFacts): Map<string, Map<number, string[]>> {
  const places = new Map<string, Map<number, string[]>>();
  for (const { vrid, speakers } of groupsOf({ ...facts, vrid: null })) {
    for (const { terms, source } of speakers) {
      if (terms.priority === 0) continue; // it resigned
      for (const ip of terms.addresses) {
        const vrids = places.get(ip) ?? new Map<number, string[]>();
        places.set(ip, vrids.set(vrid, [...(vrids.get(vrid) ?? []), source]));
      }
    }
  }
  const isAsked = (vrids: Map<number, unknown>): boolean =>
    facts.vrid === null || vrids.has(facts.vrid);
  return new Map([...places].filter(([, vrids]) => vrids.size > 1 && isAsked(vrids)));
}

const CLASH_ADVICE = [
  "# the same VRID for all that share an address: virtual_router_id of keepalived, --vrid of vipkit vrrp run",
];
