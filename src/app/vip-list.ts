/** The addresses of this host with the names of their interfaces. */
import { type Family, familyOf } from "../core/addr.ts";
import { NETLINK_ROUTE } from "../core/netlink/rtnl.ts";
import type { InterfaceAddress } from "../core/netlink/rtnl-address.ts";
import type { Ports } from "../io/ports.ts";
import {
  findLink,
  HAND_ADDRESS_PROTOCOL,
  listAddresses,
  listLinks,
  ROUTER_ADDRESS_PROTOCOL,
} from "./rtnl.ts";

export interface HostAddress extends InterfaceAddress {
  readonly ifName: string;
  readonly byVipkit: boolean; // marked as ours; kernels before 5.18 keep no mark
}

/** It is there and of no use: the kernel has found that another host has it. */
export { isDuplicate } from "../proto/address-plan.ts";

/** In the kernel's order: by interface, primary addresses first. @throws SystemError */
export function listVips(
  of: { readonly ifName?: string | undefined; readonly family?: Family | undefined },
  ports: Pick<Ports, "openNetlink">,
): HostAddress[] {
  const netlink = ports.openNetlink(NETLINK_ROUTE);
  try {
    const { ifName, family } = of;
    const links = ifName === undefined ? listLinks(netlink) : [findLink(netlink, ifName)];
    return links.flatMap(({ ifIndex, name }) =>
      listAddresses(netlink, { ifIndex })
        .filter(({ ip }) => family === undefined || familyOf(ip) === family)
        .map((address) => {
          const byVipkit = OURS.includes(address.protocol);
          return { ...address, ifName: name, byVipkit };
        }),
    );
  } finally {
    netlink.close();
  }
}

const OURS: readonly (number | undefined)[] = [HAND_ADDRESS_PROTOCOL, ROUTER_ADDRESS_PROTOCOL];
