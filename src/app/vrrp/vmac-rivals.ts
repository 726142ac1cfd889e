/**
 * Macvlans of others that carry our virtual MAC address on our interface, as keepalived and FRR make
 * them. While a private one is up, Linux gives it what its own MAC address sends (macvlan.c), so that
 * we do not hear a master who has a VMAC.
 */
import { formatMac } from "../../core/addr.ts";
import { UsageError } from "../../core/errors.ts";
import type { Link } from "../../core/netlink/rtnl-link.ts";
import type { NetlinkSocket } from "../../io/ports.ts";
import { virtualMac } from "../../proto/vrrp/vmac.ts";
import { listLinks } from "../rtnl.ts";
import { heldVips, type VrrpInstance } from "./instance.ts";
import { isOurs } from "./vmac-leftovers.ts";

/** @throws UsageError naming the first one that is up, and what helps; SystemError */
export function refuseRivals(instance: VrrpInstance, netlink: NetlinkSocket): void {
  const rival = findRival(instance, netlink);
  if (rival !== undefined) throw new UsageError(rivalText(instance, rival));
}

/** The first one that is up; undefined where there is none. @throws SystemError */
function findRival(instance: VrrpInstance, netlink: NetlinkSocket): Link | undefined {
  const links = listLinks(netlink);
  const base = links.find(({ name }) => name === instance.ifName);
  return base && links.find((link) => link.up && isRival(link, instance, base.ifIndex));
}

/** One on which the user wants our addresses is no rival's. */
function isRival(link: Link, instance: VrrpInstance, baseIndex: number): boolean {
  const mac = virtualMac(instance.family, instance.config.vrid);
  return (
    link.lowerIndex === baseIndex &&
    KINDS.has(link.kind) &&
    formatMac(link.mac) === formatMac(mac) &&
    !isOurs(link) &&
    (link.name === instance.vmac?.ifName ||
      !heldVips(instance).some(({ ifName }) => ifName === link.name))
  );
}

const rivalText = ({ ifName, config }: VrrpInstance, { name, mac }: Link): string =>
  `VRID ${config.vrid} on ${ifName} is in use on this host: ${name} has ${formatMac(mac)} and is up; ` +
  `stop whose it is (keepalived, FRR), then ip link delete ${name}`;

const KINDS: ReadonlySet<string | null> = new Set(["macvlan", "macvtap"]);
