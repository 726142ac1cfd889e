/** Waits for the kernel's own duplicate address detection of IPv6 (RFC 4862 section 5.4). */
import { type IpBytes, includesIp } from "../core/addr.ts";
import { RTNL_GROUPS } from "../core/netlink/rtnl.ts";
import { ADDRESS_FLAGS, type InterfaceAddress } from "../core/netlink/rtnl-address.ts";
import type { Link } from "../core/netlink/rtnl-link.ts";
import type { NetlinkSocket, Ports } from "../io/ports.ts";
import { listAddresses } from "./rtnl.ts";

/**
 * @returns those of `ips` that somebody else has. An address that the kernel has not judged after 5 s
 *   (a link without carrier) is left to it.
 * @throws SystemError; the reason of `signal` when it aborts
 */
export function failedKernelProbe(
  ports: Pick<Ports, "clock" | "watchNetlink">,
  netlink: NetlinkSocket,
  link: Pick<Link, "ifIndex">,
  ips: readonly IpBytes[],
  signal: AbortSignal,
): Promise<readonly IpBytes[]> {
  const has = (address: InterfaceAddress, flag: number): boolean =>
    (address.flags & flag) !== 0 && includesIp(ips, address.ip);
  return new Promise((resolve, reject) => {
    const look = (patient: boolean): void => {
      try {
        const addresses = listAddresses(netlink, { ifIndex: link.ifIndex });
        const failed = addresses.filter((address) => has(address, ADDRESS_FLAGS.dadFailed));
        const judged = !addresses.some(
          (address) => has(address, ADDRESS_FLAGS.tentative) && !failed.includes(address),
        );
        if (judged || failed.length > 0 || !patient) end(() => resolve(failed.map(({ ip }) => ip)));
      } catch (error) {
        end(() => reject(error));
      }
    };
    const end = (settle: () => void): void => {
      cancel();
      watch.close();
      signal.removeEventListener("abort", abort);
      settle();
    };
    const abort = (): void => end(() => reject(signal.reason));
    const cancel = ports.clock.at(ports.clock.nowMs() + PATIENCE_MS, () => look(false));
    const watch = ports.watchNetlink([RTNL_GROUPS.ip6Address], () => look(true));
    signal.addEventListener("abort", abort, { once: true });
    if (signal.aborted) abort();
    else look(true);
  });
}

const PATIENCE_MS = 5000;
