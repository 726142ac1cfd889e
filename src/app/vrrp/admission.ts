/**
 * What must be so before a virtual router takes part: its interface fits, no other process of this
 * host runs it, and nobody uses its VRID for other addresses.
 */
import { familyOf, formatCidr, formatIp, sameIp } from "../../core/addr.ts";
import { SystemError, UsageError } from "../../core/errors.ts";
import type { Closable, NetlinkSocket, Ports } from "../../io/ports.ts";
import { destinationsOf } from "../../proto/vrrp/reach.ts";
import type { ForeignUse } from "../../proto/vrrp/survey.ts";
import { requireEthernet } from "../announcements.ts";
import { findLink } from "../rtnl.ts";
import {
  heldVips,
  instanceKey,
  instanceProblems,
  interfacesOf,
  isOwner,
  type VrrpInstance,
} from "./instance.ts";
import { type InterfaceState, NO_INTERFACE, readInterface } from "./interface-watch.ts";
import { vmacLeftovers } from "./vmac-leftovers.ts";
import { refuseRivals } from "./vmac-rivals.ts";

/**
 * @returns its interfaces by name
 * @throws SystemError naming the nearest interface where there is none of the name
 */
export function examine(
  instance: VrrpInstance,
  netlink: NetlinkSocket,
): ReadonlyMap<string, InterfaceState> {
  const { ifName } = instance;
  const tracked = heldVips(instance).flatMap((vip) => (vip.tracked ? vip.ifName : []));
  for (const needed of new Set([ifName, ...tracked])) {
    const { name } = findLink(netlink, needed);
    // One interface must have one name, or two processes could run one virtual router on it.
    if (name !== needed) throw new UsageError(`${needed} is another name of ${name}: use that`);
  }
  const names = [...interfacesOf(instance)];
  const states = new Map(names.map((name) => [name, readInterface(netlink, name)]));
  requireFitness(instance, states.get(ifName) ?? NO_INTERFACE);
  refuseRivals(instance, netlink);
  vmacLeftovers(instance, netlink); // is the name of its VMAC free?
  return states;
}

/** What must be right at the start; later the interface may come and go. */
function requireFitness(instance: VrrpInstance, { link, addresses }: InterfaceState): void {
  const { ifName, family, source, reach, vmac } = instance;
  const vips = heldVips(instance);
  if (link === undefined) return;
  const problems = instanceProblems(instance, link.mtuBytes);
  if (problems.length > 0) throw new UsageError(`${ifName}: ${problems.join("; ")}`);
  requireEthernet(link);
  const self = destinationsOf(reach).find((to) => addresses.some(({ ip }) => sameIp(ip, to)));
  if (self !== undefined) throw new UsageError(`${ifName}: peer ${formatIp(self)} is this host`);
  const asked = instance.verify?.find((host) => addresses.some(({ ip }) => sameIp(ip, host)));
  if (asked !== undefined) {
    throw new UsageError(`${ifName}: --verify ${formatIp(asked)} is this host`);
  }
  const answered = vips.find(
    (vip) => vip.ifName === vmac?.ifName && addresses.some(({ ip }) => sameIp(ip, vip.ip)),
  );
  if (answered !== undefined) {
    throw new UsageError(
      `${ifName}: has ${formatIp(answered.ip)} and would answer for it in the place of ${answered.ifName}`,
    );
  }
  if (reach.kind === "group" && !link.multicast)
    throw new UsageError(`${ifName}: cannot send to multicast groups`);
  if (!link.running) return; // addresses may come with the carrier, as IPv6's do
  const isVirtual = (ip: Uint8Array): boolean => vips.some((vip) => sameIp(vip.ip, ip));
  const candidates = addresses.filter(({ ip }) => familyOf(ip) === family);
  if (source !== null && !candidates.some(({ ip }) => sameIp(ip, source))) {
    throw new UsageError(`${ifName}: does not have the source address ${formatIp(source)}`);
  }
  if (candidates.length === 0)
    throw new UsageError(`${ifName}: has no IPv${family} address to send from`);
  if (!isOwner(instance) && candidates.every(({ ip }) => isVirtual(ip))) {
    const own = vips.map(formatCidr).join(", ");
    throw new UsageError(
      `${ifName}: has no IPv${family} address but ${own}; who owns the virtual address runs with priority 255`,
    );
  }
}

/**
 * The virtual router itself, and each address of it: two that had one in common would take it away
 * from each other. @throws SystemError `already-running`, with nothing claimed
 */
export function claim(instance: VrrpInstance, ports: Pick<Ports, "claimName">): Closable {
  const { ifName, family, config, vmac } = instance;
  const claimed: Closable[] = [];
  const close = (): void => {
    for (const each of claimed) each.close();
  };
  const take = (name: string, what: string, owner: string): void => {
    const each = ports.claimName(name);
    if (each !== undefined) {
      claimed.push(each);
      return;
    }
    close();
    throw new SystemError("claim", what, "already-running", owner);
  };
  const router = `VRID ${config.vrid} for IPv${family} on ${ifName}`;
  take(`vrrp/${instanceKey(instance)}`, router, "another process runs this virtual router here");
  if (vmac !== null) {
    const cure = "another process has a VMAC of this name: --vmac NAME";
    take(`vmac/${vmac.ifName}`, `the name ${vmac.ifName}`, cure);
  }
  for (const vip of heldVips(instance)) {
    const address = `${formatIp(vip.ip)} on ${vip.ifName}`;
    const name = `vip/${vip.ifName}/${formatIp(vip.ip)}`;
    take(name, address, "another virtual router that runs here has this address");
  }
  return { close };
}

/** @throws UsageError where somebody uses our VRID for other addresses */
export function refuseForeign(instance: VrrpInstance, foreign: ForeignUse | undefined): void {
  if (foreign === undefined) return;
  const { ifName, config, vips } = instance;
  const ours = vips.map(({ ip }) => formatIp(ip)).join(", ");
  throw new UsageError(
    `VRID ${config.vrid} on ${ifName} is in use: ${foreign.source} advertises ` +
      `${foreign.addresses.join(", ")}, not ${ours}; take another VRID, or --force`,
  );
}
