/** The facts of this host by which a configuration is judged. */
import type { Host } from "../../config/host.ts";
import { NETLINK_ROUTE } from "../../core/netlink/rtnl.ts";
import type { Ports } from "../../io/ports.ts";
import { listAddresses, listLinks } from "../rtnl.ts";

/** @throws SystemError */
export function thisHost(ports: Pick<Ports, "openNetlink">): Host {
  const netlink = ports.openNetlink(NETLINK_ROUTE);
  try {
    const addresses = listAddresses(netlink, {});
    const interfaces = listLinks(netlink).map(({ ifIndex, name, mtuBytes, multicast }) => {
      const own = addresses.filter((one) => one.ifIndex === ifIndex);
      return [name, { mtu: mtuBytes, hasMulticast: multicast, addresses: own }] as const;
    });
    return { interfaces: new Map(interfaces) };
  } finally {
    netlink.close();
  }
}
