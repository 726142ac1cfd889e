/** What changed on an interface between two looks at it, as records of the flight recorder. */
import { formatCidr, formatMac, sameIp } from "../../core/addr.ts";
import type { InterfaceAddress } from "../../core/netlink/rtnl-address.ts";
import type { Link } from "../../core/netlink/rtnl-link.ts";
import type { InterfaceState } from "./interface-watch.ts";

export type InterfaceChange =
  | {
      readonly type: "link";
      readonly present: boolean; // what follows is null where it is not
      readonly if_index: number | null;
      readonly up: boolean | null;
      readonly carrier: boolean | null;
      readonly running: boolean | null;
      readonly mac: string | null;
      readonly mtu_bytes: number | null;
    }
  | { readonly type: "address"; readonly address: string; readonly present: boolean };

/** Lifetimes and flags are no change: a lease is renewed with each advert. */
export function interfaceChanges(before: InterfaceState, after: InterfaceState): InterfaceChange[] {
  const changes: InterfaceChange[] = sameLink(before.link, after.link) ? [] : [linkOf(after.link)];
  if (sameAddresses(before.addresses, after.addresses)) return changes; // as with each renewed lease
  const [old, now] = [before, after].map(({ addresses }) => new Set(addresses.map(formatCidr)));
  for (const address of old ?? []) {
    if (!now?.has(address)) changes.push({ type: "address", address, present: false });
  }
  for (const address of now ?? []) {
    if (!old?.has(address)) changes.push({ type: "address", address, present: true });
  }
  return changes;
}

const sameLink = (a: Link | undefined, b: Link | undefined): boolean =>
  a?.ifIndex === b?.ifIndex &&
  a?.up === b?.up &&
  a?.carrier === b?.carrier &&
  a?.running === b?.running &&
  a?.mtuBytes === b?.mtuBytes &&
  (a === b || (a !== undefined && b !== undefined && formatMac(a.mac) === formatMac(b.mac)));

const linkOf = (link: Link | undefined): InterfaceChange => ({
  type: "link",
  present: link !== undefined,
  if_index: link?.ifIndex ?? null,
  up: link?.up ?? null,
  carrier: link?.carrier ?? null,
  running: link?.running ?? null,
  mac: link === undefined ? null : formatMac(link.mac),
  mtu_bytes: link?.mtuBytes ?? null,
});

/** In the same order too, as the kernel lists them while nothing comes or goes. */
const sameAddresses = (
  some: readonly InterfaceAddress[],
  others: readonly InterfaceAddress[],
): boolean =>
  some.length === others.length &&
  some.every(({ ip, prefixLength }, index) => {
    const other = others[index];
    return other !== undefined && other.prefixLength === prefixLength && sameIp(other.ip, ip);
  });
