/** A virtual or static address as the kernel is asked for it. */
import { familyOf } from "../../core/addr.ts";
import { ADDRESS_FLAGS, type NewAddress } from "../../core/netlink/rtnl-address.ts";
import type { VirtualAddress } from "../../proto/vrrp/virtual-address.ts";
import { ROUTER_ADDRESS_PROTOCOL } from "../rtnl.ts";

/** How long it stays. */
export interface Lifetime {
  readonly validLftS: number; // without another request
  readonly ageS: number; // since it was asked for first
}

/**
 * An IPv6 address is used at once, for its last holder is gone, and is no source of our own traffic:
 * its preferred lifetime is over from the start. Both unless something else is asked for.
 */
export function newAddress(
  { ip, prefixLength, label, scope, metric, extras }: VirtualAddress,
  ifIndex: number,
  { validLftS, ageS }: Lifetime,
): NewAddress {
  const protocol = ROUTER_ADDRESS_PROTOCOL;
  const address = { ip, prefixLength, label, scope, ifIndex, validLftS, protocol, metric };
  const isIp6 = familyOf(ip) === 6;
  const { flags = 0, detectsDuplicates = false, preferredLftS: said = null } = extras ?? {};
  const preferredLftS = said === null ? (isIp6 ? 0 : validLftS) : Math.max(0, said - ageS);
  return {
    ...address,
    flags: flags | (isIp6 && !detectsDuplicates ? ADDRESS_FLAGS.noDad : 0),
    preferredLftS: Math.min(Math.ceil(preferredLftS), validLftS), // the kernel refuses a longer one
    broadcast: extras?.broadcast ?? null,
    peer: extras?.peer ?? null,
  };
}

/** The same for so long. */
export const withLifetime = (address: NewAddress, validLftS: number): NewAddress => ({
  ...address,
  validLftS,
  preferredLftS: Math.min(address.preferredLftS ?? validLftS, validLftS),
});
