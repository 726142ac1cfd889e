/** Carries out a plan for the addresses of one interface: all of it or nothing. */
import { formatCidr } from "../core/addr.ts";
import { SystemError } from "../core/errors.ts";
import type { NetlinkRequest } from "../core/netlink/message.ts";
import {
  addAddress,
  deleteAddress,
  type InterfaceAddress,
  replaceAddress,
} from "../core/netlink/rtnl-address.ts";
import type { Link } from "../core/netlink/rtnl-link.ts";
import type { NetlinkSocket } from "../io/ports.ts";
import { type AddressChange, inverse, planCollateral } from "../proto/address-plan.ts";
import { listAddresses } from "./rtnl.ts";

/**
 * In one go. Secondary addresses that the kernel deletes along with a primary one are put back.
 * @param before the addresses of `link` from which the plan was made
 * @throws SystemError of the first refusal, when all that was done has been taken back; what could
 *   not be is named in its detail
 */
export function changeAddresses(
  netlink: NetlinkSocket,
  link: Pick<Link, "ifIndex" | "name">,
  changes: readonly AddressChange[],
  before: readonly InterfaceAddress[],
): void {
  const { done, failures } = attempt(netlink, changes);
  const [failure] = failures;
  if (failure === undefined) {
    putBackCollateral(netlink, link, changes, before);
    return;
  }
  const left = attempt(netlink, done.map(inverse).reverse()).failures;
  putBackCollateral(netlink, link, [], before);
  throw new SystemError(
    `address ${failure.change.kind}`,
    nameOf(failure.change, link),
    failure.code,
    failure.detail + left.map(({ change }) => `; not taken back: ${nameOf(change, link)}`).join(""),
  );
}

interface Failure {
  readonly change: AddressChange;
  readonly code: string;
  readonly detail: string;
}

/** That somebody else was faster is no failure; what they did is not ours to take back. */
function attempt(
  netlink: NetlinkSocket,
  changes: readonly AddressChange[],
): { done: AddressChange[]; failures: Failure[] } {
  const done: AddressChange[] = [];
  const failures: Failure[] = [];
  for (const [index, { refusal }] of netlink.transact(changes.map(requestFor)).entries()) {
    const change = changes[index] as AddressChange;
    if (refusal === undefined) done.push(change);
    else if (refusal.code !== FASTER[change.kind]) failures.push({ change, ...refusal });
  }
  return { done, failures };
}

function putBackCollateral(
  netlink: NetlinkSocket,
  link: Pick<Link, "ifIndex" | "name">,
  changes: readonly AddressChange[],
  before: readonly InterfaceAddress[],
): void {
  if (planCollateral(changes, before, []).length === 0) return; // nothing can have gone along
  const after = listAddresses(netlink, { ifIndex: link.ifIndex });
  const [failure] = attempt(netlink, planCollateral(changes, before, after)).failures;
  if (failure === undefined) return;
  const subject = nameOf(failure.change, link);
  const detail = `deleted along with its primary address and not put back: ${failure.detail}`;
  throw new SystemError("address keep", subject, failure.code, detail);
}

function requestFor(change: AddressChange): NetlinkRequest {
  switch (change.kind) {
    case "add":
      return addAddress(change.address);
    case "replace":
      return replaceAddress(change.address);
    case "delete":
      return deleteAddress(change.address);
  }
}

const nameOf = ({ address }: AddressChange, link: Pick<Link, "name">): string =>
  `${formatCidr(address)} on ${link.name}`;

const FASTER = { add: "EEXIST", delete: "EADDRNOTAVAIL", replace: undefined } as const;
