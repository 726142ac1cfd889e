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
  const note = (present: boolean) => (one: InterfaceAddress) =>
    void changes.push({ type: "address", address: formatCidr(one), present });
  missing(before.addresses, after.addresses).forEach(note(false));
  missing(after.addresses, before.addresses).forEach(note(true));
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

/** Those of `some` that `others` has not. */
const missing = (
  some: readonly InterfaceAddress[],
  others: readonly InterfaceAddress[],
): readonly InterfaceAddress[] =>
  some.filter(
    ({ ip, prefixLength }) =>
      !others.some((other) => other.prefixLength === prefixLength && sameIp(other.ip, ip)),
  );
