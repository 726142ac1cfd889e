/**
 * The ARP problem of direct routing: a real server has the virtual address too, and where it answers for it, the
 * router sends what is for the service straight to it, past the balancer.
 */

import { shellWord } from "../../../core/shell-word.ts";
import { doubtful, type Finding, failed, skipped, well } from "../../doctor/finding.ts";
import { listed } from "../../doctor/speakers.ts";
import type { AnswerFact, AskedVip, IpvsFacts } from "./facts.ts";

export const arpFindings = (facts: IpvsFacts): Finding[] =>
  facts.answers.flatMap((answer) => findingsOn(answer, facts));

function findingsOn(answer: AnswerFact, facts: IpvsFacts): Finding[] {
  const { ifName, refusal, vips, unasked } = answer;
  if (refusal !== null) return [skipped("arp", `nobody could be asked on ${ifName}: ${refusal}`)];
  const harms = vips.flatMap((vip) => [
    ...serverFindings(vip, answer, facts),
    ...otherFindings(vip, answer, facts),
  ]);
  const good = vips.filter(({ servers, macs }) => macs.length === 0 && servers.length > 0);
  const asked = new Set(good.flatMap(({ servers }) => servers));
  const seen = `no real server answers for ${listed(good.map(({ ip }) => ip))} on ${ifName} (asked: ${listed([...asked])})`;
  const more = `${unasked} more addresses on ${ifName} were not asked`;
  return [
    ...(good.length > 0 ? [well("arp", seen)] : []),
    ...harms,
    ...silentFindings(answer),
    ...(unasked > 0 ? [skipped("arp", more)] : []),
  ];
}

/** What is to be changed stands on the real server; here is only told anew who has the address. */
function serverFindings(
  { ip, servers, macs }: AskedVip,
  answer: AnswerFact,
  { places }: IpvsFacts,
): Finding[] {
  const guilty = servers.filter((server) => meets(macs, answer.servers.get(server)));
  if (guilty.length === 0) return [];
  const [how, fix] = ip.includes(":") ? ["neighbour solicitations", ON_LO] : ["ARP", QUIET];
  const seen = `${listed(guilty)} answers ${how} for ${ip} on ${answer.ifName}: clients get there past this host`;
  const there = `# on ${listed(guilty)}: have ${ip} on lo alone; ${fix}`;
  const again = `vipkit garp send ${ip} -I ${shellWord(answer.ifName)}`;
  return [failed("arp", seen, there, ...(places.has(ip) ? [again] : []))];
}

/** Who answers and is none of the real servers. */
function otherFindings(vip: AskedVip, answer: AnswerFact, { places }: IpvsFacts): Finding[] {
  const here = places.get(vip.ip);
  const known = new Set([...answer.servers.values()].flat());
  const others = vip.macs.filter((mac) => !known.has(mac));
  if (others.length === 0) return [];
  if (here === undefined) {
    const seen = `${listed(others)} has ${vip.ip} on ${answer.ifName}: another balancer, as it seems`;
    return [well("arp", seen)];
  }
  const seen = `${listed(others)} answers for ${vip.ip} on ${answer.ifName}, which this host has on ${here}: another balancer, or a real server with another address`;
  return [doubtful("arp", seen, `# who is it? ip neighbour show dev ${shellWord(answer.ifName)}`)];
}

function silentFindings({ servers, ifName }: AnswerFact): Finding[] {
  const silent = [...servers].filter(([, macs]) => macs.length === 0).map(([ip]) => ip);
  if (silent.length === 0) return [];
  const seen = `${listed(silent)} on ${ifName} does not answer for its own address: it is down, or on another link`;
  return [skipped("arp", seen)];
}

const meets = (macs: readonly string[], own: readonly string[] = []): boolean =>
  own.some((mac) => macs.includes(mac));

const QUIET = "sysctl -w net/ipv4/conf/all/arp_ignore=1 net/ipv4/conf/all/arp_announce=2";
const ON_LO = "an interface answers for its own addresses";
