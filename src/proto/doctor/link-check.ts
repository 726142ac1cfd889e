/** Whether the interface can carry adverts: link, multicast, and an address to send them from. */
import {
  type Family,
  formatCidr,
  formatIp,
  formatMac,
  type IpBytes,
  isLinkLocalIp6,
} from "../../core/addr.ts";
import { ADDRESS_FLAGS, type InterfaceAddress } from "../../core/netlink/rtnl-address.ts";
import { shellWord } from "../../core/shell-word.ts";
import type { DoctorFacts } from "./facts.ts";
import { doubtful, type Finding, failed, ofFamily, well } from "./finding.ts";
import { isIp6Off } from "./settings-check.ts";
import { listed } from "./speakers.ts";

export function linkFindings(facts: DoctorFacts): Finding[] {
  return [linkFinding(facts), multicastFinding(facts)];
}

function linkFinding({ link, master }: DoctorFacts): Finding {
  const { name } = link;
  const device = shellWord(name);
  if (!link.up) return failed("link", `${name} is down`, `ip link set dev ${device} up`);
  if (!link.carrier && !link.running) {
    const advice = "# look at the cable, the port of the switch, or the other end of the link";
    return failed("link", `${name} is up, but has no carrier`, advice);
  }
  if (!link.running) {
    const waits = `${name} has a carrier, but is ${link.operState}: it waits for something`;
    return failed("link", waits, "# 802.1X, LACP or the link below has to let it through");
  }
  if (master !== null && SWALLOWS.has(master.kind ?? "")) {
    const swallowed = `${name} is a port of the ${master.kind} ${master.name}, which takes all that comes in: no socket on ${name} hears anything`;
    return failed("link", swallowed, `vipkit vrrp doctor -I ${shellWord(master.name)}`);
  }
  return well("link", `${name} up, carrier, ${formatMac(link.mac)}, mtu ${link.mtuBytes}`);
}

function multicastFinding({ link: { name, multicast } }: DoctorFacts): Finding {
  if (multicast) return well("multicast", `${name} can do multicast`);
  const without = `${name} has no MULTICAST flag: adverts to a group neither leave nor come in`;
  return failed("multicast", without, `ip link set dev ${shellWord(name)} multicast on`);
}

export const addressFindings = (facts: DoctorFacts): Finding[] =>
  facts.families.map((family) =>
    ofFamily(family, family === 4 ? ip4Finding(facts) : ip6Finding(facts)),
  );

function ip4Finding({ addresses, link: { name } }: DoctorFacts): Finding {
  const own = addresses.filter(({ ip }) => ip.length === 4);
  if (own.length === 0) {
    const without = `${name} has no IPv4 address: adverts over IPv4 have no source`;
    return failed("address", without, `# ip address add ADDR/LEN dev ${shellWord(name)}`);
  }
  return well("address", listed(own.map(formatCidr), 4));
}

function ip6Finding(facts: DoctorFacts): Finding {
  const { addresses, link } = facts;
  const device = shellWord(link.name);
  const own = addresses.filter(({ ip }) => isLinkLocalIp6(ip));
  if (own.length === 0) {
    const without = `${link.name} has no link-local IPv6 address: adverts over IPv6 have no source`;
    return isIp6Off(facts)
      ? failed(
          "address",
          `${without}; IPv6 is switched off there`,
          sysctlLine(link.name, "disable_ipv6", 0),
        )
      : failed("address", without, `ip address add ${eui64(link.mac)}/64 dev ${device}`);
  }
  const good = own.filter(({ flags }) => (flags & NOT_YET) === 0);
  const [bad] = own;
  if (good.length > 0) return well("address", listed(good.map(formatCidr), 4));
  if (hasFlag(bad, ADDRESS_FLAGS.dadFailed)) {
    const taken = `${formatIp((bad as InterfaceAddress).ip)} on ${link.name} is a duplicate: another host of the LAN has it`;
    return failed("address", taken, `# ip address add fe80::OTHER/64 dev ${device}`);
  }
  const tentative = `${link.name} has a link-local address, which is tentative: the kernel still asks whether others have it`;
  return doubtful(
    "address",
    tentative,
    `# look again in a few seconds: ip -6 address show dev ${device}`,
  );
}

const hasFlag = (address: InterfaceAddress | undefined, flag: number): boolean =>
  ((address?.flags ?? 0) & flag) !== 0;

const sysctlLine = (ifName: string, name: string, value: number): string =>
  `sysctl -w ${shellWord(`net/ipv6/conf/${ifName}/${name}=${value}`)}`;

/** The address that the kernel would have made of the MAC address (RFC 4291 appendix A). */
const eui64 = ([first = 0, b = 0, c = 0, d = 0, e = 0, f = 0]: Uint8Array): string =>
  formatIp(
    Uint8Array.of(0xfe, 0x80, 0, 0, 0, 0, 0, 0, first ^ 2, b, c, 0xff, 0xfe, d, e, f) as IpBytes,
  );

/** What the group of the family is called by those who join it. */
export const GROUP_NAMES: Readonly<Record<Family, string>> = { 4: "224.0.0.18", 6: "ff02::12" };

const NOT_YET = ADDRESS_FLAGS.dadFailed | ADDRESS_FLAGS.tentative;
const SWALLOWS: ReadonlySet<string> = new Set(["bridge", "bond", "team", "openvswitch"]);
