/**
 * Whether a virtual router can work on its interface as the kernel describes it now, and from which
 * address it sends (RFC 9568 section 5.1: the primary IPv4 address or the link-local IPv6 address; to
 * IPv6 peers beyond the link another one).
 */
import {
  type Cidr,
  type Family,
  familyOf,
  type IpBytes,
  isLinkLocalIp6,
  sameIp,
} from "../../core/addr.ts";

/** Why a virtual router cannot work; each keeps it in FAULT until it is gone. */
export type InterfaceFault =
  | "interface-gone"
  | "link-down"
  | "no-source-address"
  | "mtu-too-small" // for our advert, which must not be fragmented
  | "vip-interface-down" // another interface, which has virtual addresses, is down or gone
  | "virtual-mac-taken"; // another program's interface has it here, so that masters may not be heard

/** The part of a link that matters here; flags of linux/if.h. */
export interface LinkFacts {
  readonly up: boolean; // IFF_UP: the administrator wants it
  readonly running: boolean; // IFF_RUNNING: there is a carrier
  readonly mtuBytes: number;
}

/** The part of an address that matters here; flags of linux/if_addr.h. */
export interface AddressFacts {
  readonly ip: IpBytes;
  readonly usable: boolean; // neither IFA_F_TENTATIVE nor IFA_F_DADFAILED
}

export interface RouterWish {
  readonly family: Family;
  readonly vips: readonly Cidr[];
  readonly owner: boolean; // priority 255: the virtual address is our own, so it may be the source
  readonly source: IpBytes | null; // fixed by the user
  readonly advertBytes: number; // the longest packet that it sends
  readonly linkLocal: boolean; // over IPv6 the source is to be a link-local address, or to be none
}

export interface InterfaceStatus {
  readonly faults: readonly InterfaceFault[];
  readonly source: IpBytes | null;
}

/** @param link undefined while there is no such interface. */
export function assessInterface(
  link: LinkFacts | undefined,
  addresses: readonly AddressFacts[],
  wish: RouterWish,
): InterfaceStatus {
  if (link === undefined) return { faults: ["interface-gone"], source: null };
  const source = chooseSource(addresses, wish);
  const faults: InterfaceFault[] = [];
  if (!link.up || !link.running) faults.push("link-down");
  if (source === null) faults.push("no-source-address");
  if (link.mtuBytes < wish.advertBytes) faults.push("mtu-too-small");
  return { faults, source };
}

/**
 * The first that fits, in the kernel's order; a virtual address is none, for it moves away. An owner
 * takes it where there is no other: the kernel of a peer that holds it drops what comes from it.
 */
function chooseSource(addresses: readonly AddressFacts[], wish: RouterWish): IpBytes | null {
  const { family, source, vips, owner, linkLocal } = wish;
  const fitting = addresses.filter(({ ip, usable }) => {
    if (!usable || familyOf(ip) !== family) return false;
    if (source !== null) return sameIp(ip, source);
    return family === 4 || isLinkLocalIp6(ip) === linkLocal;
  });
  const isVirtual = ({ ip }: AddressFacts): boolean => vips.some((vip) => sameIp(vip.ip, ip));
  const lasting = fitting.find((address) => source !== null || !isVirtual(address));
  return (lasting ?? (owner ? fitting[0] : undefined))?.ip ?? null;
}
