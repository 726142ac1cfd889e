/** One interface by its name, as the kernel shows it now. */
import { formatCidr } from "../../core/addr.ts";
import type { SystemError } from "../../core/errors.ts";
import { RTM, RTNL_GROUPS } from "../../core/netlink/rtnl.ts";
import {
  ADDRESS_FLAGS,
  decodeAddress,
  type InterfaceAddress,
} from "../../core/netlink/rtnl-address.ts";
import { decodeLink, type Link } from "../../core/netlink/rtnl-link.ts";
import type { NetlinkSocket, Ports } from "../../io/ports.ts";
import { assessInterface, type InterfaceStatus } from "../../proto/vrrp/interface-status.ts";
import { isLinkLocalReach } from "../../proto/vrrp/reach.ts";
import type { VirtualAddress } from "../../proto/vrrp/virtual-address.ts";
import { listAddresses, readLink } from "../rtnl.ts";
import { heldVips, isOwner, longestAdvertBytes, type VrrpInstance } from "./instance.ts";
import { type KernelWatch, watchKernel } from "./kernel-watch.ts";

export interface InterfaceState {
  readonly link: Link | undefined; // undefined while there is no such interface
  readonly addresses: readonly InterfaceAddress[];
}

export const NO_INTERFACE: InterfaceState = { link: undefined, addresses: [] };

/** @throws SystemError */
export function readInterface(netlink: NetlinkSocket, ifName: string): InterfaceState {
  const link = readLink(netlink, ifName);
  return { link, addresses: link ? listAddresses(netlink, { ifIndex: link.ifIndex }) : [] };
}

export interface InterfaceHandlers {
  /** Gets every new state; several notifications at once make one call. It may throw SystemError. */
  onChange(state: InterfaceState): void;
  /** The state could not be read or followed, as when the interface goes meanwhile: tried again soon. */
  onTrouble(error: SystemError): void;
}

/** Tells of every change from now on, and of the state as it is then. */
export function watchInterface(
  ports: Pick<Ports, "watchNetlink" | "clock">,
  netlink: NetlinkSocket,
  ifName: string,
  { onChange, onTrouble }: InterfaceHandlers,
): KernelWatch {
  let ifIndex: number | undefined; // undefined: not known, so any address may be of this interface
  let known = new Map<string, InterfaceAddress>(); // when it was read last
  const { link, ip4Address, ip6Address } = RTNL_GROUPS;
  return watchKernel(ports, {
    groups: [link, ip4Address, ip6Address],
    concerns: ({ type, body }) => {
      if (type === RTM.newAddress || type === RTM.deleteAddress) {
        const address = decodeAddress(body);
        if (!address.ok || (ifIndex !== undefined && address.value.ifIndex !== ifIndex))
          return false;
        // Each renewal of a lease is notified too: to read everything anew for it would be most of the
        // work of a MASTER at short intervals.
        const before = known.get(formatCidr(address.value));
        return type !== RTM.newAddress || !isRenewal(address.value, before);
      }
      const changed = decodeLink(body);
      if (!changed.ok) return false;
      const { name, ifIndex: index } = changed.value;
      if (name === ifName) ifIndex = index; // perhaps a new one of this name
      return name === ifName || index === ifIndex;
    },
    read: () => {
      const state = readInterface(netlink, ifName);
      ifIndex = state.link?.ifIndex;
      known = new Map(state.addresses.map((address) => [formatCidr(address), address]));
      onChange(state);
    },
    onTrouble,
  });
}

/** Whether an address is as it was before, but for its lifetime. */
const isRenewal = (
  { ifIndex, flags, protocol }: InterfaceAddress,
  before: InterfaceAddress | undefined,
): boolean => ifIndex === before?.ifIndex && flags === before.flags && protocol === before.protocol;

/** How `instance` fares on its interfaces as they are. */
export function assessFor(
  instance: VrrpInstance,
  states: ReadonlyMap<string, InterfaceState>,
): InterfaceStatus {
  const { ifName, family, source, reach } = instance;
  const vips = heldVips(instance);
  const { link, addresses } = states.get(ifName) ?? NO_INTERFACE;
  const unusable = ADDRESS_FLAGS.tentative | ADDRESS_FLAGS.dadFailed;
  const facts = addresses.map(({ ip, flags }) => ({ ip, usable: (flags & unusable) === 0 }));
  const [owner, linkLocal] = [isOwner(instance), isLinkLocalReach(reach)];
  const assessed = assessInterface(link, facts, {
    family,
    vips,
    source,
    owner,
    linkLocal,
    advertBytes: longestAdvertBytes(instance),
  });
  const status = instance.tracksLink ? assessed : withoutLinkDown(assessed);
  const isTroubled = (vip: VirtualAddress): boolean =>
    vip.tracked && vip.ifName !== ifName && troubleOf(states.get(vip.ifName)?.link) !== undefined;
  if (!vips.some(isTroubled)) return status;
  return { ...status, faults: [...status.faults, "vip-interface-down"] };
}

const withoutLinkDown = (status: InterfaceStatus): InterfaceStatus => ({
  ...status,
  faults: status.faults.filter((fault) => fault !== "link-down"),
});

/** Why an interface carries nothing, as a word; undefined where it does. */
export function troubleOf(link: Link | undefined): "gone" | "down" | undefined {
  if (link === undefined) return "gone";
  return link.up && link.running ? undefined : "down";
}
