/** Removes addresses from an interface: all or none. */
import type { Cidr, IpBytes } from "../core/addr.ts";
import { NETLINK_ROUTE } from "../core/netlink/rtnl.ts";
import type { InterfaceAddress } from "../core/netlink/rtnl-address.ts";
import type { Ports } from "../io/ports.ts";
import { planAbsence } from "../proto/address-plan.ts";
import { changeAddresses } from "./address-changes.ts";
import { findLink, listAddresses } from "./rtnl.ts";

/** An address to be removed; without a length whatever length it has there. */
export interface UnwantedVip {
  readonly ip: IpBytes;
  readonly prefixLength: number | undefined;
}

/** Those that were there are gone now; of one asked for several may have been there. */
export interface VipDelOutcome {
  readonly asked: UnwantedVip;
  readonly removed: readonly Cidr[];
}

/** @throws SystemError, with everything as it was */
export function deleteVips(
  request: { readonly ifName: string; readonly vips: readonly UnwantedVip[] },
  ports: Pick<Ports, "openNetlink">,
): VipDelOutcome[] {
  const netlink = ports.openNetlink(NETLINK_ROUTE);
  try {
    const link = findLink(netlink, request.ifName);
    const before = listAddresses(netlink, { ifIndex: link.ifIndex });
    const byIp = new Map<string, InterfaceAddress[]>();
    for (const own of before) byIp.set(`${own.ip}`, [...(byIp.get(`${own.ip}`) ?? []), own]);
    const outcomes = request.vips.map((asked) => {
      const fits = (own: Cidr) => (asked.prefixLength ?? own.prefixLength) === own.prefixLength;
      return { asked, removed: (byIp.get(`${asked.ip}`) ?? []).filter(fits) };
    });
    const unwanted = outcomes.flatMap(({ removed }) => removed);
    // The kernel deletes secondary addresses along with their primary: they go before it.
    const plan = planAbsence(unwanted, before).reverse();
    changeAddresses(netlink, link, plan, before);
    return outcomes;
  } finally {
    netlink.close();
  }
}
