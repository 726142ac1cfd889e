/** What one virtual router is and does, as its user asked for it: values only. */
import {
  type Family,
  familyOf,
  formatIp,
  type IpBytes,
  isLinkLocalIp6,
  sameIp,
} from "../../core/addr.ts";
import { advertBytes } from "../../proto/vrrp/advert-size.ts";
import { USUAL, type VrrpConfig, vrrpProblems } from "../../proto/vrrp/config.ts";
import type { HmacSettings } from "../../proto/vrrp/hmac.ts";
import { chooseLeaseS, leaseCaveat } from "../../proto/vrrp/lease.ts";
import {
  reachProblems,
  VRRP_GROUP,
  type VrrpPeer,
  type VrrpReach,
} from "../../proto/vrrp/reach.ts";
import type { Pace } from "../../proto/vrrp/times.ts";
import {
  linkLocalCaveat,
  usualScope,
  type VirtualAddress,
  virtualAddressProblems,
} from "../../proto/vrrp/virtual-address.ts";
import type { Vmac } from "../../proto/vrrp/vmac.ts";
import type { VirtualRouting } from "./virtual-routing.ts";

/** For the commands, which see no `proto`. */
export { USUAL, type VirtualAddress, type VrrpPeer, type VrrpReach };

export interface VrrpInstance {
  readonly name: string; // "VI_1": what hooks and logs call it
  readonly ifName: string; // where adverts are heard
  readonly family: Family; // of the adverts and the addresses in them
  readonly vips: readonly VirtualAddress[]; // at least one, in the order in which adverts list them
  readonly excludedVips: readonly VirtualAddress[]; // held as well, in no advert, of any family
  readonly vmac: Vmac | null; // where addresses without a place of their own are
  readonly source: IpBytes | null; // null: chosen from the interface
  readonly reach: VrrpReach;
  readonly authPass: string | null; // version 2 alone, at most 8 bytes
  readonly hmac: HmacSettings | null; // keys that sign and verify adverts
  readonly accept: boolean; // whether this host takes packets for the addresses; an owner always does
  readonly verify: readonly IpBytes[] | null; // asked on takeover beside the gateway; null: nobody is
  readonly tracksLink: boolean; // else it goes on while its interface is down
  readonly extraGarpOn: readonly string[]; // interfaces that no advert leaves from, for `garpExtraMs`
  readonly comparesAlways: boolean; // else the addresses in adverts of a new master alone
  readonly sockets: SocketWishes;
  readonly routing: VirtualRouting; // routes and rules that follow the addresses
  readonly config: VrrpConfig; // what its state machine needs
}

/** Of the sockets of its adverts. */
export interface SocketWishes {
  readonly unicastTtl: number; // 0..255, of what goes to peers
  readonly room: Room | null; // for adverts that wait; null: as the system has it
}

/** So many bytes, adverts of ours, or packets as long as the link takes. */
export interface Room {
  readonly count: number;
  readonly of: "byte" | "advert" | "packet";
}

/** @param mtuBytes of the interface */
export function bytesOf({ count, of }: Room, advert: number, mtuBytes: number): number {
  return count * { byte: 1, advert, packet: mtuBytes }[of];
}

export const USUAL_SOCKETS: SocketWishes = { unicastTtl: 255, room: null };

/** What of it may change while it runs. */
export type VrrpSecrets = Pick<VrrpInstance, "authPass" | "hmac">;

/** To VRRP's own group unless the user names another. */
export const groupReach = (family: Family, group: IpBytes = VRRP_GROUP[family]): VrrpReach => ({
  kind: "group",
  group,
});

/** A virtual address as the user asked for it: without a place or a scope it has the usual one. */
export type VipWish = Omit<VirtualAddress, "ifName" | "scope" | "metric"> & {
  readonly ifName: string | undefined;
  readonly scope: number | undefined;
};

/** The usual place is the VMAC where there is one, whose state follows the router's and not the reverse. */
export function virtualAddress(
  wish: VipWish,
  { ifName, vmac }: Pick<VrrpInstance, "ifName" | "vmac">,
): VirtualAddress {
  const scope = wish.scope ?? usualScope(wish.ip);
  if (wish.ifName !== undefined || vmac === null) {
    return { ...wish, ifName: wish.ifName ?? ifName, scope, metric: 0 };
  }
  return { ...wish, ifName: vmac.ifName, scope, metric: LAST_RESORT, tracked: false };
}

/** All that it has while it is MASTER. */
export const heldVips = ({ vips, excludedVips }: VrrpInstance): readonly VirtualAddress[] => [
  ...vips,
  ...excludedVips,
];

/** Those of its addresses that are on the LAN of its interface: what stands on it is there as well. */
export const vipsOnLan = (instance: VrrpInstance): readonly IpBytes[] =>
  heldVips(instance).flatMap(({ ip, ifName }) =>
    ifName === instance.ifName || ifName === instance.vmac?.ifName ? [ip] : [],
  );

/** All interfaces that matter to it, its own first. */
export const interfacesOf = (instance: VrrpInstance): ReadonlySet<string> =>
  new Set([
    instance.ifName,
    ...(instance.vmac === null ? [] : [instance.vmac.ifName]),
    ...heldVips(instance).map(({ ifName }) => ifName),
  ]);

/** With its IP header. */
export function longestAdvertBytes({ config, vips, hmac }: VrrpInstance): number {
  const addresses = vips.map(({ ip }) => ip);
  return advertBytes({ version: config.version, addresses, hmac: hmac !== null });
}

/** What is against the RFC in its addresses and works all the same: a sentence, or null. */
export const addressCaveat = ({ vips }: VrrpInstance): string | null => linkLocalCaveat(vips);

/** A sentence for each thing that is not as it should be and works all the same. */
export const instanceCaveats = (instance: VrrpInstance): string[] =>
  [addressCaveat(instance), leaseCaveat(instance.config)].filter((text) => text !== null);

/** `eth0/51/IPv4`: what one process at a time may run. */
export const instanceKey = ({
  ifName,
  family,
  config,
}: Pick<VrrpInstance, "ifName" | "family" | "config">): string =>
  `${ifName}/${config.vrid}/IPv${family}`;

/** Whole seconds; `auto` is the longest that ends in time beside any peer, null is none. */
export type LeaseWish = number | "auto" | null;

export const leaseFor = (wish: LeaseWish, pace: Pace): number | null =>
  wish === "auto" ? chooseLeaseS(pace) : wish;

/** The router that owns the addresses has this priority, and nobody else (RFC 9568 section 5.2.4). */
export const isOwner = ({ config }: Pick<VrrpInstance, "config">): boolean =>
  config.priority === 255;

/**
 * One sentence for each thing that cannot be meant.
 * @param mtuBytes of the interface, null while it is not known
 */
export function instanceProblems(instance: VrrpInstance, mtuBytes: number | null): string[] {
  const { config, vips, excludedVips, authPass, hmac } = instance;
  const addresses = vips.map((vip) => vip.ip);
  return [
    ...vrrpProblems({ ...config, addresses, authPass, hmac: hmac !== null, mtuBytes }),
    ...virtualAddressProblems(vips, excludedVips),
    ...sourceProblems(instance),
    ...vmacProblems(instance),
    ...verifyProblems(instance),
    ...reachProblems(instance.reach, { ...instance, vips: heldVips(instance) }),
  ];
}

const verifyProblems = (instance: VrrpInstance): string[] =>
  (instance.verify ?? [])
    .filter((host) => heldVips(instance).some(({ ip }) => sameIp(ip, host)))
    .map((host) => `--verify ${formatIp(host)} is a virtual address: no other host has it`);

function vmacProblems({ vmac, vips }: VrrpInstance): string[] {
  if (vmac === null || vips.some(({ ifName }) => ifName === vmac.ifName)) return [];
  return [
    `the VMAC ${vmac.ifName} and dev clash: each address in the adverts has another interface`,
  ];
}

function sourceProblems(instance: VrrpInstance): string[] {
  const { source, family, reach } = instance;
  if (source === null) return [];
  const text = `source ${formatIp(source)}`;
  if (familyOf(source) !== family) {
    return [`${text} is of another family than the virtual addresses`];
  }
  const problems: string[] = [];
  // RFC 9568 section 5.1.2.1
  if (family === 6 && reach.kind === "group" && !isLinkLocalIp6(source)) {
    problems.push(`${text} is no link-local address`);
  }
  if (!isOwner(instance) && heldVips(instance).some(({ ip }) => sameIp(ip, source))) {
    problems.push(`${text} is a virtual address, which moves away`);
  }
  return problems;
}

/** Metric of the route to a prefix that the host prefers to reach by any other interface. */
const LAST_RESORT = 0xffff_ffff;
