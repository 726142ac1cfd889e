/** Settings of the host without which packets of clients, or replies of real servers, are dropped or go astray. */
import { type Family, formatIp } from "../../../core/addr.ts";
import { shellWord } from "../../../core/shell-word.ts";
import { doubtful, type Finding, failed, well } from "../../doctor/finding.ts";
import { strictest } from "../../doctor/settings-check.ts";
import type { IpvsFacts } from "./facts.ts";
import {
  addressesOf,
  forwardedBy,
  type Member,
  namesOf,
  ofFamily,
  vipOf,
  wayTo,
} from "./subjects.ts";

export const forwardingFindings = (facts: IpvsFacts): Finding[] => [
  ...natFindings(4, facts),
  ...natFindings(6, facts),
  ...redirectFindings(facts),
  ...reverseFindings(facts),
];

/** With NAT replies come back through this host, which has to be a router for them. */
function natFindings(family: Family, facts: IpvsFacts): Finding[] {
  const members = ofFamily(family, forwardedBy("masq", facts)).filter(
    ({ destination }) => wayTo(destination.ip, facts) !== null,
  );
  if (members.length === 0) return [];
  const name = family === 4 ? "ip_forward" : "forwarding of IPv6";
  const stopped = members.filter(({ destination }) => {
    const ifName = wayTo(destination.ip, facts)?.ifName;
    return (
      facts.setting(family === 4 ? `net/ipv4/conf/${ifName}/forwarding` : IP6_FORWARDING) === "0"
    );
  });
  if (stopped.length === 0)
    return [well("forward", `${name} is on: replies of NAT's real servers go through`)];
  const seen = `${name} is off: with NAT replies of ${addressesOf(stopped)} come through this host, which drops them`;
  return [failed("forward", seen, `sysctl -w ${family === 4 ? IP4_FORWARDING : IP6_FORWARDING}=1`)];
}

/** With clients on the LAN of the real servers. */
function redirectFindings(facts: IpvsFacts): Finding[] {
  const found = new Map<string, Member[]>();
  for (const member of ofFamily(4, forwardedBy("masq", facts))) {
    const way = wayTo(member.destination.ip, facts);
    const vip = vipOf(member.of);
    const ifName = vip === null ? undefined : facts.places.get(formatIp(vip));
    if (ifName === undefined || way?.ifName !== ifName || way.gateway !== null) continue;
    if (strictest(facts.setting, "send_redirects", ifName) === 0) continue;
    found.set(ifName, [...(found.get(ifName) ?? []), member]);
  }
  return Array.from(found, ([ifName, members]) => {
    const seen = `send_redirects is 1 on ${ifName}, which has real servers of NAT and the virtual address: ${addressesOf(members)} may be told to answer clients of this LAN past this host, and they know no such connection`;
    const lines = ["all", ifName].map((of) => conf(of, "send_redirects", 0));
    return doubtful("forward", seen, ...lines);
  });
}

/** Strict: what comes by another interface than the way back is dropped. */
function reverseFindings(facts: IpvsFacts): Finding[] {
  const strict = new Map<string, Set<(typeof facts.services)[number]>>();
  for (const of of facts.services) {
    const vip = vipOf(of);
    const ifName = vip?.length === 4 ? facts.places.get(formatIp(vip)) : undefined;
    const link = facts.links.find(({ name }) => name === ifName);
    if (ifName === undefined || link === undefined || !isWire(link)) continue;
    if (strictest(facts.setting, "rp_filter", ifName) !== 1 || facts.waysOut[4] === ifName)
      continue;
    strict.set(ifName, (strict.get(ifName) ?? new Set()).add(of));
  }
  return Array.from(strict, ([ifName, services]) => {
    const out = facts.waysOut[4];
    const way = out === null ? "there is no default route" : `the default route leaves by ${out}`;
    const seen = `rp_filter is 1 on ${ifName}, and ${way}: packets of clients beyond this LAN are dropped before they get to ${namesOf(services)}`;
    return doubtful("forward", seen, conf(ifName, "rp_filter", 2));
  });
}

/** Packets of others come in by it. */
const isWire = ({ loopback, kind }: IpvsFacts["links"][number]): boolean =>
  !loopback && kind !== "dummy";

const conf = (ifName: string, name: string, value: number): string =>
  `sysctl -w ${shellWord(`net/ipv4/conf/${ifName}/${name}=${value}`)}`;

const IP4_FORWARDING = "net/ipv4/ip_forward";
const IP6_FORWARDING = "net/ipv6/conf/all/forwarding";
