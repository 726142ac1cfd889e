/** Links and addresses of this network namespace, asked of the kernel (rtnetlink(7)). */
import { SystemError } from "../core/errors.ts";
import {
  decodeAddress,
  dumpAddresses,
  type InterfaceAddress,
} from "../core/netlink/rtnl-address.ts";
import { decodeLink, getLink, type Link } from "../core/netlink/rtnl-link.ts";
import type { NetlinkSocket } from "../io/ports.ts";

/** IFA_PROTO of the addresses that vipkit adds, so that it knows them again: VRRP's protocol number. */
export const VIPKIT_ADDRESS_PROTOCOL = 112;

/** @returns undefined where there is no such interface. @throws SystemError */
export function readLink(netlink: NetlinkSocket, name: string): Link | undefined {
  const [answer] = netlink.transact([getLink({ name })]);
  if (answer?.refusal) {
    if (answer.refusal.code === "ENODEV") return undefined;
    throw new SystemError("link get", name, answer.refusal.code, answer.refusal.detail);
  }
  const link = decodeLink(answer?.messages[0]?.body ?? new Uint8Array());
  return link.ok ? link.value : undefined;
}

/** @throws SystemError ENODEV where there is no such interface */
export function findLink(netlink: NetlinkSocket, name: string): Link {
  const link = readLink(netlink, name);
  if (!link) throw new SystemError("link get", name, "ENODEV", "no such interface");
  return link;
}

/** @throws SystemError */
export function listAddresses(
  netlink: NetlinkSocket,
  of: { ifIndex?: number },
): InterfaceAddress[] {
  const [answer] = netlink.transact([dumpAddresses(of)]);
  return (answer?.messages ?? []).flatMap(({ body }) => {
    const a = decodeAddress(body);
    return a.ok ? [a.value] : [];
  });
}
