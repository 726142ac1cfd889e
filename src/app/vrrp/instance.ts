/** What one virtual router is and does, as its user asked for it: values only. */
import {
  type Cidr,
  type Family,
  familyOf,
  formatIp,
  type IpBytes,
  isLinkLocalIp6,
  sameIp,
} from "../../core/addr.ts";
import { type VrrpConfig, vrrpProblems } from "../../proto/vrrp/config.ts";
import type { HmacSettings } from "../../proto/vrrp/hmac.ts";
import { chooseLeaseS } from "../../proto/vrrp/lease.ts";
import {
  reachProblems,
  VRRP_GROUP,
  type VrrpPeer,
  type VrrpReach,
} from "../../proto/vrrp/reach.ts";
import type { Pace } from "../../proto/vrrp/times.ts";
import type { VirtualRouting } from "./virtual-routing.ts";

export type { VrrpPeer, VrrpReach };

export interface VrrpInstance {
  readonly name: string; // "VI_1": what hooks and logs call it
  readonly ifName: string;
  readonly family: Family; // that of all its addresses
  readonly vips: readonly Cidr[]; // at least one, in the order in which adverts list them
  readonly source: IpBytes | null; // null: chosen from the interface
  readonly reach: VrrpReach;
  readonly authPass: string | null; // version 2 alone, at most 8 bytes
  readonly hmac: HmacSettings | null; // keys that sign and verify adverts
  readonly routing: VirtualRouting; // routes and rules that follow the addresses
  readonly config: VrrpConfig; // what its state machine needs
}

/** What of it may change while it runs. */
export type VrrpSecrets = Pick<VrrpInstance, "authPass" | "hmac">;

/** To VRRP's own group unless the user names another. */
export const groupReach = (family: Family, group: IpBytes = VRRP_GROUP[family]): VrrpReach => ({
  kind: "group",
  group,
});

/** `eth0/51/IPv4`: what one process at a time may run. */
export const instanceKey = ({ ifName, family, config }: VrrpInstance): string =>
  `${ifName}/${config.vrid}/IPv${family}`;

/** Whole seconds; `auto` is the longest that ends in time beside any peer, null is none. */
export type LeaseWish = number | "auto" | null;

export const leaseFor = (wish: LeaseWish, pace: Pace): number | null =>
  wish === "auto" ? chooseLeaseS(pace) : wish;

/** The router that owns the addresses has this priority, and nobody else (RFC 9568 section 5.2.4). */
export const isOwner = ({ config }: VrrpInstance): boolean => config.priority === 255;

/**
 * One sentence for each thing that cannot be meant.
 * @param mtuBytes of the interface, null while it is not known
 */
export function instanceProblems(instance: VrrpInstance, mtuBytes: number | null): string[] {
  const { config, vips, authPass, hmac } = instance;
  const addresses = vips.map((vip) => vip.ip);
  return [
    ...vrrpProblems({ ...config, addresses, authPass, hmac: hmac !== null, mtuBytes }),
    ...sourceProblems(instance),
    ...reachProblems(instance.reach, instance),
  ];
}

function sourceProblems(instance: VrrpInstance): string[] {
  const { source, family, vips, reach } = instance;
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
  if (!isOwner(instance) && vips.some(({ ip }) => sameIp(ip, source))) {
    problems.push(`${text} is a virtual address, which moves away`);
  }
  return problems;
}
