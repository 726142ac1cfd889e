/**
 * Macvlans of others that carry our virtual MAC address on our interface, as keepalived and FRR make
 * them. While a private one is up, Linux gives it what its own MAC address sends (macvlan.c), so that
 * we do not hear a master who has a VMAC.
 */
import { formatMac } from "../../core/addr.ts";
import { SystemError, UsageError } from "../../core/errors.ts";
import { RTNL_GROUPS } from "../../core/netlink/rtnl.ts";
import { decodeLink, type Link } from "../../core/netlink/rtnl-link.ts";
import type { Cancel, Closable, NetlinkEvent, NetlinkSocket, Ports } from "../../io/ports.ts";
import { virtualMac } from "../../proto/vrrp/vmac.ts";
import { listLinks } from "../rtnl.ts";
import { heldVips, type VrrpInstance } from "./instance.ts";
import { isOurs } from "./vmac-leftovers.ts";

/** @throws UsageError naming the first one that is up, and what helps; SystemError */
export function refuseRivals(instance: VrrpInstance, netlink: NetlinkSocket): void {
  const rival = findRival(instance, netlink);
  if (rival !== undefined) throw new UsageError(rivalText(instance, rival));
}

/**
 * Calls `onChange` now and whenever it may be another one, with a sentence that names the first one
 * that is up, undefined where there is none.
 */
export function watchRivals(
  instance: VrrpInstance,
  ports: Pick<Ports, "watchNetlink" | "clock">,
  netlink: NetlinkSocket,
  onChange: (rival: string | undefined) => void,
): Closable {
  const { clock } = ports;
  let rival: Link | undefined;
  let due = false;
  let closed = false;
  let cancelRetry: Cancel = () => {};
  const readAnew = (): void => {
    due = false;
    if (closed) return;
    cancelRetry();
    try {
      rival = findRival(instance, netlink);
    } catch (error) {
      if (!(error instanceof SystemError)) throw error;
      cancelRetry = clock.at(clock.nowMs() + RETRY_MS, readAnew);
      return;
    }
    onChange(rival && rivalText(instance, rival));
  };
  /** Few links do: all of them are listed for each that does. */
  const concerns = (event: NetlinkEvent): boolean => {
    if (event.kind === "lost") return true;
    const link = decodeLink(event.body);
    return link.ok && (link.value.ifIndex === rival?.ifIndex || hasOurMac(link.value, instance));
  };
  const watch = ports.watchNetlink([RTNL_GROUPS.link], (event) => {
    if (due || !concerns(event)) return;
    due = true;
    queueMicrotask(readAnew);
  });
  readAnew();
  return {
    close: () => {
      closed = true;
      cancelRetry();
      watch.close();
    },
  };
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
const RETRY_MS = 1000;
