/**
 * What is to be done so that addresses are there, or are not: wishes compared with what the kernel
 * has. A plan carried out leaves nothing to do for the same wishes.
 */
import { familyOf } from "../core/addr.ts";
import {
  ADDRESS_FLAGS,
  type AddressKey,
  type InterfaceAddress,
  type NewAddress,
} from "../core/netlink/rtnl-address.ts";

export type AddressChange =
  | { readonly kind: "add"; readonly address: NewAddress }
  | { readonly kind: "delete"; readonly address: NewAddress } // all that is known of it
  | { readonly kind: "replace"; readonly address: NewAddress; readonly was: NewAddress };

/**
 * Adds what is missing. Of an address that is there, the preferred lifetime is changed when one is
 * wished for; label, scope and flags stay, for the kernel cannot change them.
 */
export function planPresence(
  wishes: readonly NewAddress[],
  actual: readonly InterfaceAddress[],
): AddressChange[] {
  const present = byKey(actual);
  return [...byKey(wishes)].flatMap(([key, wish]): AddressChange[] => {
    const was = present.get(key);
    if (was === undefined) return [{ kind: "add", address: wish }];
    const { preferredLftS } = wish;
    if (preferredLftS === undefined || preferredLftS === was.preferredLftS) return [];
    const validLftS = Math.max(was.validLftS, preferredLftS);
    return [{ kind: "replace", address: { ...was, preferredLftS, validLftS }, was }];
  });
}

/** Deletes what is there. */
export function planAbsence(
  unwanted: readonly AddressKey[],
  actual: readonly InterfaceAddress[],
): AddressChange[] {
  const present = byKey(actual);
  return [...byKey(unwanted).keys()].flatMap((key): AddressChange[] => {
    const address = present.get(key);
    return address === undefined ? [] : [{ kind: "delete", address }];
  });
}

/**
 * Adds again what went away without being asked to: with the primary IPv4 address of a prefix the
 * kernel deletes the secondary ones too (unless net.ipv4.conf.*.promote_secondaries is set).
 */
export function planCollateral(
  carriedOut: readonly AddressChange[],
  before: readonly InterfaceAddress[],
  after: readonly InterfaceAddress[],
): AddressChange[] {
  const deleted = carriedOut.filter(({ kind }) => kind === "delete");
  const accountedFor = byKey([...deleted.map(({ address }) => address), ...after]);
  return before
    .filter(isSecondaryIp4)
    .filter((address) => !accountedFor.has(addressKey(address)))
    .map((address) => ({ kind: "add", address }));
}

/** What takes a change back. */
export function inverse(change: AddressChange): AddressChange {
  const { address } = change;
  if (change.kind === "replace") return { kind: "replace", address: change.was, was: address };
  return { kind: change.kind === "add" ? "delete" : "add", address };
}

/** An interface has an IPv6 address once, whatever its prefix; an IPv4 address once for each prefix. */
export function addressKey({ ifIndex, ip, prefixLength }: AddressKey): string {
  return familyOf(ip) === 6
    ? `${ifIndex} ${ip.join(":")}`
    : `${ifIndex} ${ip.join(".")}/${prefixLength}`;
}

const byKey = <Address extends AddressKey>(addresses: readonly Address[]): Map<string, Address> =>
  new Map(addresses.map((address) => [addressKey(address), address]));

/** IPv6 uses the bit for temporary addresses. */
const isSecondaryIp4 = ({ ip, flags }: InterfaceAddress): boolean =>
  familyOf(ip) === 4 && (flags & ADDRESS_FLAGS.secondary) !== 0;
