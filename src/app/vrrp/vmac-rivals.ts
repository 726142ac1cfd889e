/**
 * Macvlans of others that carry our virtual MAC address on our interface, as keepalived and FRR make
 * them. While a private one is up, Linux gives it what its own MAC address sends (macvlan.c), so that
 * we do not hear a master who has a VMAC.
 */
import { formatMac } from "../../core/addr.ts";
import { UsageError } from "../../core/errors.ts";
import { RTNL_GROUPS } from "../../core/netlink/rtnl.ts";
import { decodeLink, type Link } from "../../core/netlink/rtnl-link.ts";
import type { Closable, NetlinkSocket, Ports } from "../../io/ports.ts";
import { virtualMac } from "../../proto/vrrp/vmac.ts";
import { listLinks } from "../rtnl.ts";
import { heldVips, type VrrpInstance } from "./instance.ts";
import { watchKernel } from "./kernel-watch.ts";
import { isOurs } from "./vmac-leftovers.ts";

/** @throws UsageError naming the first one that is up, and what helps; SystemError */
export function refuseRivals(instance: VrrpInstance, netlink: NetlinkSocket): void {
  const rival = findRival(instance, netlink);
  if (rival !== undefined) throw new UsageError(rivalText(instance, rival));
}

/**
 * Calls `onRival` now and whenever it may be another one, with a sentence that names the first one
 * that is up, undefined where there is none.
 */
export function watchRivals(
  instance: VrrpInstance,
  ports: Pick<Ports, "watchNetlink" | "clock">,
  netlink: NetlinkSocket,
  onRival: (rival: string | undefined) => void,
): Closable {
  let rival: Link | undefined;
  const watch = watchKernel(ports, {
    groups: [RTNL_GROUPS.link],
    /** Few links do: all of them are listed for each that does. */
    concerns: ({ body }) => {
      const link = decodeLink(body);
      return link.ok && (link.value.ifIndex === rival?.ifIndex || hasOurMac(link.value, instance));
    },
    read: () => {
      rival = findRival(instance, netlink);
      onRival(rival && rivalText(instance, rival));
    },
    onTrouble: () => {}, // who follows the interface tells it
  });
  watch.readNow();
  return watch;
}

/** The first one that is up; undefined where there is none. @throws SystemError */
function findRival(instance: VrrpInstance, netlink: NetlinkSocket): Link | undefined {
  const links = listLinks(netlink);
  const base = links.find(({ name }) => name === instance.ifName);
  return base && links.find((link) => link.up && isRival(link, instance, base.ifIndex));
}

/** One on which the user wants our addresses is no rival's. */
const isRival = (link: Link, instance: VrrpInstance, baseIndex: number): boolean =>
  link.lowerIndex === baseIndex &&
  hasOurMac(link, instance) &&
  (link.name === instance.vmac?.ifName ||
    !heldVips(instance).some(({ ifName }) => ifName === link.name));

/** Whether it is a macvlan with our virtual MAC address that vipkit has not made. */
const hasOurMac = (link: Link, { family, config }: VrrpInstance): boolean =>
  KINDS.has(link.kind) &&
  formatMac(link.mac) === formatMac(virtualMac(family, config.vrid)) &&
  !isOurs(link);

const rivalText = ({ ifName, config }: VrrpInstance, { name, mac }: Link): string =>
  `VRID ${config.vrid} on ${ifName} is in use on this host: ${name} has ${formatMac(mac)} and is up; ` +
  `stop whose it is (keepalived, FRR), then ip link delete ${name}`;

const KINDS: ReadonlySet<string | null> = new Set(["macvlan", "macvtap"]);
