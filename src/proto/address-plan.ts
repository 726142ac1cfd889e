/**
 * What is to be done so that addresses are there, or are not: wishes compared with what the kernel
 * has. A plan carried out leaves nothing to do for the same wishes.
 */
import { familyOf } from "../core/addr.ts";
import { scopeName } from "../core/netlink/rtnl.ts";
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
 * Adds what is missing, and anew what is there and of no use, for another host has it (RFC 4862
 * section 5.4.5): perhaps it has gone. Of another address that is there, the preferred lifetime is changed when one is
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
    if (isDuplicate(was)) {
      return [
        { kind: "delete", address: was },
        { kind: "add", address: wish },
      ];
    }
    const { preferredLftS } = wish;
    if (preferredLftS === undefined || preferredLftS === was.preferredLftS) return [];
    const validLftS = Math.max(was.validLftS, preferredLftS);
    return [{ kind: "replace", address: { ...was, preferredLftS, validLftS }, was }];
  });
}

/** Addresses that are there otherwise than they are wished for, in what the kernel cannot change. */
export function unchangeable(
  wishes: readonly NewAddress[],
  actual: readonly InterfaceAddress[],
): Unchangeable[] {
  const present = byKey(actual);
  return wishes.flatMap((wish): Unchangeable[] => {
    const was = present.get(addressKey(wish));
    if (was === undefined || familyOf(wish.ip) === 6) return [];
    if (wish.label !== undefined && wish.label !== null && wish.label !== was.label) {
      return [{ was, trait: `label ${was.label}` }];
    }
    return wish.scope === undefined || wish.scope === was.scope
      ? []
      : [{ was, trait: `scope ${scopeName(was.scope)}` }];
  });
}

export interface Unchangeable {
  readonly was: InterfaceAddress;
  readonly trait: string; // what it has
}

/** The kernel has found that another host has it. */
export const isDuplicate = ({ flags }: InterfaceAddress): boolean =>
  (flags & ADDRESS_FLAGS.dadFailed) !== 0;

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
