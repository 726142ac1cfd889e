/** The addresses that this host has, told at each change. */
import type { IpBytes } from "../../../../core/addr.ts";
import { NETLINK_ROUTE, RTNL_GROUPS } from "../../../../core/netlink/rtnl.ts";
import type { Closable, Ports } from "../../../../io/ports.ts";
import { listAddresses } from "../../../rtnl.ts";
import { watchKernel } from "../../../vrrp/kernel-watch.ts";

/** Tells them for the first time before it returns. @throws SystemError */
export function watchLocalAddresses(
  ports: Pick<Ports, "openNetlink" | "watchNetlink" | "clock">,
  tell: (addresses: readonly IpBytes[]) => void,
  onTrouble: (text: string) => void,
): Closable {
  const netlink = ports.openNetlink(NETLINK_ROUTE);
  const watch = watchKernel(ports, {
    groups: [RTNL_GROUPS.ip4Address, RTNL_GROUPS.ip6Address],
    concerns: () => true,
    read: () => tell(listAddresses(netlink, {}).map(({ ip }) => ip)),
    onTrouble: (error) => onTrouble(error.message),
  });
  watch.readNow();
  return {
    close: () => {
      watch.close();
      netlink.close();
    },
  };
}
