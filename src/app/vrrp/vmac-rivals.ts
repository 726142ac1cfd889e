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
  const rival = rivalIn(listLinks(netlink), instance);
  if (rival !== undefined) throw new UsageError(rivalText(instance, rival));
}

/** Watches for them, once for all routers of this process. */
export class Rivals {
  readonly #ports: Pick<Ports, "watchNetlink" | "clock">;
  readonly #netlink: NetlinkSocket;
  readonly #looks = new Set<() => void>(); // of those who follow
  #watch: Closable | undefined; // while anybody follows
  #links: readonly Link[] | undefined; // undefined: the kernel told of a change since

  constructor(ports: Pick<Ports, "watchNetlink" | "clock">, netlink: NetlinkSocket) {
    this.#ports = ports;
    this.#netlink = netlink;
  }

  /**
   * Calls `onRival` now and whenever it may be another one, with a sentence that names the first one
   * that is up, undefined where there is none. @throws SystemError
   */
  follow(instance: VrrpInstance, onRival: (rival: string | undefined) => void): Closable {
    this.#watch ??= this.#open();
    const look = (): void => {
      this.#links ??= listLinks(this.#netlink);
      const rival = rivalIn(this.#links, instance);
      onRival(rival && rivalText(instance, rival));
    };
    this.#looks.add(look);
    const close = (): void => {
      this.#looks.delete(look);
      if (this.#looks.size > 0) return;
      this.#watch?.close();
      this.#watch = undefined;
      this.#links = undefined;
    };
    try {
      look();
    } catch (error) {
      close();
      throw error;
    }
    return { close };
  }

  #open(): Closable {
    return watchKernel(this.#ports, {
      groups: [RTNL_GROUPS.link],
      concerns: ({ body }) => {
        const link = decodeLink(body);
        if (!link.ok) return false;
        this.#links = undefined;
        return KINDS.has(link.value.kind) && !isOurs(link.value);
      },
      read: () => {
        this.#links = undefined;
        for (const look of [...this.#looks]) look();
      },
      onTrouble: () => {}, // who follows the interface tells it
    });
  }
}

/** The first one that is up; undefined where there is none. */
function rivalIn(links: readonly Link[], instance: VrrpInstance): Link | undefined {
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
