/**
 * The kernel settings that VRRP depends on, as they take effect (ip-sysctl.rst of Linux), and those
 * that do harm as this host stands.
 */
import { addressBits, isLinkLocalIp6 } from "../../core/addr.ts";
import { shellWord } from "../../core/shell-word.ts";
import type { DoctorFacts } from "./facts.ts";
import { doubtful, type Finding, failed, well } from "./finding.ts";

type ReadSetting = DoctorFacts["setting"];

/** A setting for people: what holds, and where it comes from. */
export interface EffectiveSetting {
  readonly name: string;
  readonly ifName: string;
  readonly value: number | null; // null: the kernel has no such setting
  readonly rule: string; // how it follows from `all` and the interface
}

/** Of IPv4 the greater of `all` and the interface. */
export const strictest = (setting: ReadSetting, name: string, ifName: string): number =>
  Math.max(...["all", ifName].map((of) => Number(setting(`net/ipv4/conf/${of}/${name}`) ?? 0)));

/** What stands in the table, of the interface and of the VMACs on it. */
export function effectiveSettings(facts: DoctorFacts): EffectiveSetting[] {
  const { link, vmacs, setting, families } = facts;
  const names = [link.name, ...vmacs.map(({ ifName }) => ifName)];
  const ip4 = names.flatMap((ifName) =>
    MAXIMUM.map((name) => ({
      name,
      ifName,
      value: there(setting, name, ifName) ? strictest(setting, name, ifName) : null,
      rule: name === "accept_local" ? "all or interface" : "maximum of all and interface",
    })),
  );
  const nonlocal = setting("net/ipv4/ip_nonlocal_bind");
  const whole = {
    name: "ip_nonlocal_bind",
    ifName: "",
    value: nonlocal === undefined ? null : Number(nonlocal),
    rule: "of the host",
  };
  const ip6 = IP6.map((name) => {
    const value = setting(`net/ipv6/conf/${link.name}/${name}`);
    const rule = name === "accept_dad" ? "maximum of all and interface" : "of the interface";
    return { name, ifName: link.name, value: value === undefined ? null : Number(value), rule };
  });
  return [...(families.includes(4) ? [...ip4, whole] : []), ...(families.includes(6) ? ip6 : [])];
}

export function settingFindings(facts: DoctorFacts): Finding[] {
  const harms = [...vmacFindings(facts), ...replyFindings(facts), ...ip6Findings(facts)];
  if (harms.length > 0) return harms;
  const values = effectiveSettings(facts)
    .filter(({ value, ifName }) => value !== null && (ifName === "" || ifName === facts.link.name))
    .map(({ name, value }) => `${name}=${value}`);
  return [well("sysctl", values.length > 0 ? values.join(" ") : "no setting can be read")];
}

/** With the addresses on a macvlan, the interface below must not speak for them. */
function vmacFindings({ vmacs, link, setting, families }: DoctorFacts): Finding[] {
  if (vmacs.length === 0 || !families.includes(4)) return [];
  const findings: Finding[] = [];
  const below = (name: string) => strictest(setting, name, link.name);
  const names = vmacs.map(({ ifName }) => ifName).join(", ");
  if (below("arp_ignore") === 0 && below("arp_filter") === 0) {
    const seen = `arp_ignore is 0 on ${link.name}: it answers for the addresses on ${names} too, with its own MAC address`;
    findings.push(doubtful("sysctl", seen, line(link.name, "arp_ignore", 1)));
  }
  if (below("arp_announce") < 2) {
    const seen = `arp_announce is ${below("arp_announce")} on ${link.name}: it may ask with an address of ${names}, and neighbours learn the wrong MAC address`;
    findings.push(doubtful("sysctl", seen, line(link.name, "arp_announce", 2)));
  }
  for (const { ifName } of vmacs) {
    if (strictest(setting, "rp_filter", ifName) !== 1) continue;
    const seen = `rp_filter is 1 on ${ifName}: it drops what comes from hosts that are reached by ${link.name}`;
    findings.push(failed("sysctl", seen, line(ifName, "rp_filter", 2)));
  }
  return findings;
}

/** Whether this host would answer for the virtual addresses that it has. */
function replyFindings({ link, setting, addresses, families }: DoctorFacts): Finding[] {
  const ignore = strictest(setting, "arp_ignore", link.name);
  if (!families.includes(4) || addresses.every(({ ip }) => ip.length !== 4)) return [];
  if (ignore === 8) {
    const seen = `arp_ignore is 8: this host answers for no address at all`;
    return [failed("sysctl", seen, line(link.name, "arp_ignore", 0), line("all", "arp_ignore", 0))];
  }
  const whole = addresses.some(
    ({ ip, prefixLength }) => ip.length === 4 && prefixLength === addressBits(4),
  );
  if (ignore !== 2 || !whole) return [];
  const seen = "arp_ignore is 2: nobody gets an answer for an address with the prefix length 32";
  return [failed("sysctl", seen, line(link.name, "arp_ignore", 1), line("all", "arp_ignore", 1))];
}

export const isIp6Off = ({ link, setting }: Pick<DoctorFacts, "link" | "setting">): boolean =>
  setting(`net/ipv6/conf/${link.name}/disable_ipv6`) === "1";

/** Where it took the address too, that is told of the address. */
function ip6Findings(facts: DoctorFacts): Finding[] {
  const { link, families, addresses } = facts;
  const isTold = !addresses.some(({ ip }) => isLinkLocalIp6(ip));
  if (!families.includes(6) || isTold || !isIp6Off(facts)) return [];
  const fix = `sysctl -w ${shellWord(`net/ipv6/conf/${link.name}/disable_ipv6=0`)}`;
  return [failed("sysctl", `disable_ipv6 is 1 on ${link.name}: it takes no part in IPv6`, fix)];
}

const there = (setting: ReadSetting, name: string, ifName: string): boolean =>
  setting(`net/ipv4/conf/${ifName}/${name}`) !== undefined;

const line = (ifName: string, name: string, value: number): string =>
  `sysctl -w ${shellWord(`net/ipv4/conf/${ifName}/${name}=${value}`)}`;

const MAXIMUM = ["rp_filter", "arp_ignore", "arp_announce", "accept_local"] as const;
const IP6 = ["disable_ipv6", "accept_dad"] as const;
