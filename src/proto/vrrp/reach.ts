/**
 * Whom the adverts of a virtual router go to and whose it believes: a multicast group (RFC 9568
 * sections 5.1.1.2 and 5.1.2.2), or peers by name, each told by unicast (of which no RFC knows).
 */
import {
  type Cidr,
  type Family,
  familyOf,
  formatIp,
  type IpBytes,
  isLinkLocalIp6,
  isMulticastIp,
  sameIp,
} from "../../core/addr.ts";

export type VrrpReach =
  | { readonly kind: "group"; readonly group: IpBytes }
  | { readonly kind: "peers"; readonly peers: readonly VrrpPeer[] }; // at least one

export interface VrrpPeer {
  readonly ip: IpBytes;
  readonly minTtl: number; // 1..255: what is left of the 255 that its adverts start with
  readonly maxTtl: number; // 1..255
}

/** RFC 9568 sections 5.1.1.2 and 5.1.2.2: 224.0.0.18 and ff02::12. */
export const VRRP_GROUP = {
  4: Uint8Array.of(224, 0, 0, 18),
  6: Uint8Array.of(0xff, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x12),
} as const;

/** Where each advert goes, at least one address. */
export const destinationsOf = (reach: VrrpReach): readonly IpBytes[] =>
  reach.kind === "group" ? [reach.group] : reach.peers.map(({ ip }) => ip);

/** Whether IPv6 adverts leave from a link-local address unless the user names a source. */
export const isLinkLocalReach = (reach: VrrpReach): boolean =>
  reach.kind === "group" || reach.peers.every(({ ip }) => isLinkLocalIp6(ip));

/** What a reach is held against: the virtual router that it belongs to. */
export interface ReachOwner {
  readonly family: Family;
  readonly vips: readonly Cidr[];
  readonly source: IpBytes | null; // fixed by the user
}

/** @returns one sentence for each thing that cannot be meant; empty when all is well. */
export function reachProblems(reach: VrrpReach, owner: ReachOwner): string[] {
  if (reach.kind === "group") return groupProblems(reach.group, owner.family);
  const { peers } = reach;
  if (peers.length === 0) return ["there is no peer to send adverts to"];
  const problems = peers.flatMap((peer) => peerProblems(peer, owner));
  for (const [index, { ip }] of peers.entries()) {
    if (peers.findIndex((other) => sameIp(other.ip, ip)) < index) {
      problems.push(`peer ${formatIp(ip)} is given twice`);
    }
  }
  return problems;
}

function groupProblems(group: IpBytes, family: Family): string[] {
  const text = `group ${formatIp(group)}`;
  if (familyOf(group) !== family) {
    return [`${text} is of another family than the virtual addresses`];
  }
  return isLinkScopeGroup(group)
    ? []
    : [`${text} is not a group of one LAN: ${LINK_GROUPS[family]}`];
}

function peerProblems({ ip, minTtl, maxTtl }: VrrpPeer, owner: ReachOwner): string[] {
  const text = `peer ${formatIp(ip)}`;
  if (familyOf(ip) !== owner.family) {
    return [`${text} is of another family than the virtual addresses`];
  }
  const problems: string[] = [];
  if (owner.vips.some((vip) => sameIp(vip.ip, ip))) {
    problems.push(`${text} is a virtual address, which is no router of its own`);
  }
  if (owner.source !== null && sameIp(owner.source, ip)) {
    problems.push(`${text} is our own source address`);
  }
  if (minTtl > maxTtl) problems.push(`${text} has min-ttl ${minTtl} above max-ttl ${maxTtl}`);
  return problems;
}

/** 224.0.0.0/24 (RFC 5771 section 4), or IPv6 groups of scope 2 with any flags (RFC 7346). */
const isLinkScopeGroup = (ip: IpBytes): boolean =>
  isMulticastIp(ip) &&
  (ip.length === 4 ? ip[0] === 224 && ip[1] === 0 && ip[2] === 0 : (Number(ip[1]) & 0x0f) === 2);

const LINK_GROUPS = { 4: "224.0.0.0/24", 6: "ff02::/16 or another of scope 2" } as const;
