/** VMACs that a run which died has left: known by their mark, and to whom they were by their MAC address. */
import { formatMac } from "../../core/addr.ts";
import { SystemError } from "../../core/errors.ts";
import { deleteLink, type Link } from "../../core/netlink/rtnl-link.ts";
import type { NetlinkSocket } from "../../io/ports.ts";
import { parseMark, virtualMac } from "../../proto/vrrp/vmac.ts";
import { listLinks, readLink } from "../rtnl.ts";
import type { VrrpInstance } from "./instance.ts";
import { type SettingPorts, SettingsBelow } from "./vmac-below.ts";

/**
 * One sentence for each that a new run would make anew or remove.
 * @throws SystemError, also where an interface that is not ours has the name of its VMAC
 */
export function vmacLeftovers(instance: VrrpInstance, netlink: NetlinkSocket): string[] {
  const { vmac } = instance;
  const namesake = vmac === null ? undefined : readLink(netlink, vmac.ifName);
  if (namesake !== undefined) requireOurs(namesake);
  const others = straysOf(instance, netlink).map((link) => leftoverText(link, "removed"));
  return namesake === undefined ? others : [leftoverText(namesake, "made anew"), ...others];
}

/**
 * Takes away what runs of this virtual router under another name, or before one without VMAC, have
 * left; to be called when no other process can be at it. @returns one sentence for each
 */
export function sweepVmacs(
  instance: VrrpInstance,
  ports: SettingPorts,
  netlink: NetlinkSocket,
): string[] {
  const base = readLink(netlink, instance.ifName);
  return straysOf(instance, netlink).map((link) => {
    const below = new SettingsBelow(ports, netlink, true);
    if (base !== undefined) below.find(base);
    below.restore(link);
    netlink.transact([deleteLink(link.ifIndex)]); // who has it in use tells, by its name being taken
    return leftoverText(link, "removed");
  });
}

/** Whether a VMAC of vipkit made it, of this process or of another. */
export const isOurs = ({ kind, alias }: Link): boolean =>
  kind === "macvlan" && parseMark(alias) !== undefined;

/** @throws SystemError */
export function requireOurs(link: Link): void {
  if (isOurs(link)) return;
  // A macvlan of that name another router left; anything else is somebody's, or the host's own.
  const remedy = link.kind === "macvlan" ? `ip link delete ${link.name}, or ` : "";
  const detail = `is there already and not ours: ${remedy}choose another name with --vmac NAME`;
  throw new SystemError("link add", link.name, "EEXIST", detail);
}

export const leftoverText = ({ name, mac }: Link, fate: "made anew" | "removed"): string =>
  `${name} with ${formatMac(mac)} was there already, left by a run that died: ${fate}`;

function straysOf({ ifName, family, config, vmac }: VrrpInstance, netlink: NetlinkSocket): Link[] {
  const links = listLinks(netlink);
  const base = links.find(({ name }) => name === ifName);
  const mac = formatMac(virtualMac(family, config.vrid));
  return links.filter(
    (link) =>
      link.lowerIndex === base?.ifIndex &&
      link.name !== vmac?.ifName &&
      isOurs(link) &&
      formatMac(link.mac) === mac,
  );
}
