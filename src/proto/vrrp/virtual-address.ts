/**
 * One address of a virtual router with its place, in the terms of ip-address(8), and what no router can
 * have. It stands in the adverts or, excluded from them, is only held and announced.
 */
import {
  type Cidr,
  familyOf,
  formatCidr,
  formatIp,
  type IpBytes,
  isLinkLocalIp6,
  isLoopbackIp,
  isMappedIp4,
} from "../../core/addr.ts";
import { SCOPES } from "../../core/netlink/rtnl.ts";

export interface VirtualAddress extends Cidr {
  readonly ifName: string; // interface that has it while the router is MASTER
  readonly label: string | null; // IPv4 alone, 1..15 bytes; null: the interface's name
  readonly scope: number; // u8, SCOPES; that of an IPv6 address follows from it
  readonly metric: number; // u32, of the route to its prefix; 0: the kernel's choice
  readonly tracked: boolean; // the router is in FAULT while that interface is down or gone
  readonly extras?: AddressExtras; // what else is asked of the kernel
}

export interface AddressExtras {
  readonly broadcast: IpBytes | null; // IPv4 alone
  readonly peer: IpBytes | null; // the other end of a point-to-point address
  readonly flags: number; // u32, ADDRESS_FLAGS
  readonly detectsDuplicates: boolean; // IPv6 alone: it is used when the kernel has asked for others
  readonly preferredLftS: number | null; // Infinity = for ever; null = as is usual
}

/**
 * @param vips those in the adverts
 * @param excluded those that are not
 * @returns one sentence for each thing that cannot be meant; empty when all is well
 */
export function virtualAddressProblems(
  vips: readonly VirtualAddress[],
  excluded: readonly VirtualAddress[],
): string[] {
  const texts = vips.map(({ ip }) => formatIp(ip));
  const placed = ({ ip, ifName }: VirtualAddress): string => `${formatIp(ip)} dev ${ifName}`;
  const places = [...vips, ...excluded].map(placed);
  // Two LANs may have the same one, as the link-local address of their gateway; an advert may not.
  const twins = new Set([
    ...repeated(texts),
    ...repeated(places).map((place) => place.split(" ")[0]),
  ]);
  return [
    ...[...vips, ...excluded].flatMap(ownProblems),
    ...Array.from(twins, (text) => `${text} is given twice`),
  ];
}

/** There may be thousands of them. */
function repeated(texts: readonly string[]): string[] {
  const seen = new Set<string>();
  return texts.filter((text) => seen.size === seen.add(text).size);
}

/** RFC 9568 section 5.2.9: a sentence where the first IPv6 address of the adverts is not link-local. */
export function linkLocalCaveat([first]: readonly VirtualAddress[]): string | null {
  if (first === undefined || familyOf(first.ip) === 4 || isLinkLocalIp6(first.ip)) return null;
  return (
    `${formatIp(first.ip)} is the first virtual address, and over IPv6 that is to be the link-local ` +
    "address of the router (RFC 9568 section 5.2.9)"
  );
}

function ownProblems(vip: VirtualAddress): string[] {
  const { ip, ifName, label, scope } = vip;
  const text = formatIp(ip);
  const problems: string[] = [];
  const kind = unfitKind(vip);
  if (kind !== undefined) problems.push(`${formatCidr(vip)} is ${kind}, no virtual address`);
  if (byteLength(ifName) > NAME_BYTES) {
    problems.push(`${text}: dev ${ifName} has more than ${NAME_BYTES} bytes`);
  }
  if (label !== null && byteLength(label) > NAME_BYTES) {
    problems.push(`${text}: label ${label} has more than ${NAME_BYTES} bytes`);
  }
  if (familyOf(ip) === 4) return problems;
  if (label !== null) problems.push(`${text} and label ${label} clash: IPv6 addresses have none`);
  if (scope !== usualScope(ip)) {
    problems.push(`${text} and scope clash: that of an IPv6 address follows from the address`);
  }
  return problems;
}

/** What an address is that cannot move from host to host. */
function unfitKind({ ip, prefixLength }: Cidr): string | undefined {
  if (isLoopbackIp(ip)) return "a loopback address";
  if (isMappedIp4(ip)) return "an IPv4 address written as IPv6";
  if (familyOf(ip) === 6 || prefixLength >= 31) return undefined;
  const hostBits = 2 ** (32 - prefixLength) - 1;
  const host = (new DataView(ip.buffer, ip.byteOffset).getUint32(0) & hostBits) >>> 0;
  if (host === 0) return "the address of its network";
  return host === hostBits ? "the broadcast address of its network" : undefined;
}

/** RT_SCOPE_UNIVERSE but for link-local IPv6 addresses; for IPv6 the kernel takes no other. */
export const usualScope = (ip: IpBytes): number =>
  isLinkLocalIp6(ip) ? SCOPES.link : SCOPES.global;

const byteLength = (text: string): number => new TextEncoder().encode(text).length;

const NAME_BYTES = 15; // IFNAMSIZ of linux/if.h, without its end: interfaces and labels
