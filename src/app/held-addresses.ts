/** The virtual addresses of one router on its interface: all there while it is MASTER, else none. */
import { type Cidr, familyOf, formatCidr, sameIp } from "../core/addr.ts";
import { SystemError } from "../core/errors.ts";
import type { NetlinkRequest } from "../core/netlink/message.ts";
import {
  ADDRESS_FLAGS,
  addAddress,
  deleteAddress,
  FOREVER,
  type NewAddress,
} from "../core/netlink/rtnl-address.ts";
import type { NetlinkSocket } from "../io/ports.ts";
import type { InterfaceState } from "./interface-watch.ts";
import { listAddresses, VIPKIT_ADDRESS_PROTOCOL } from "./rtnl.ts";

export class HeldAddresses {
  readonly #netlink: NetlinkSocket;
  readonly #vips: readonly Cidr[];
  /** The interface to work on; it may come anew under its old name. */
  ifIndex: number | undefined;
  #ours: readonly Cidr[]; // without those that are the host's own
  #holding: boolean;

  constructor(netlink: NetlinkSocket, vips: readonly Cidr[]) {
    this.#netlink = netlink;
    this.#vips = vips;
    this.#ours = vips;
    this.#holding = false;
  }

  /** Whether they are to be there. */
  get holding(): boolean {
    return this.#holding;
  }

  /**
   * What stands on the interface before the start.
   * @param owner the addresses are the host's own unless a run of ours left them: these stay for ever
   * @returns one sentence for each address that a run which died has left behind
   */
  inherit(owner: boolean): string[] {
    if (this.ifIndex === undefined) return [];
    const addresses = listAddresses(this.#netlink, { ifIndex: this.ifIndex });
    const present = (vip: Cidr) => addresses.find((address) => sameIp(address.ip, vip.ip));
    const isHosts = (vip: Cidr): boolean => {
      const found = present(vip);
      return found !== undefined && found.protocol !== VIPKIT_ADDRESS_PROTOCOL;
    };
    if (owner) this.#ours = this.#vips.filter((vip) => !isHosts(vip));
    const fate = owner ? "taken over" : "removed until this router is MASTER";
    return this.#ours
      .filter((vip) => present(vip) !== undefined)
      .map((vip) => `${formatCidr(vip)} was there already, left by a run that died: ${fate}`);
  }

  /** Those that are there already are fine. @throws SystemError */
  hold(): void {
    this.#holding = true;
    this.#change("address add", (vip, ifIndex) => addAddress(described(vip, ifIndex)), ["EEXIST"]);
  }

  /** Those that are gone already are fine, and so is an interface that is gone. @throws SystemError */
  release(): void {
    this.#holding = false;
    this.#change("address del", (vip, ifIndex) => deleteAddress({ ...vip, ifIndex }), [
      "EADDRNOTAVAIL",
      "ENODEV",
    ]);
  }

  /** Whether somebody has taken away what we hold. */
  isIncomplete({ link, addresses }: InterfaceState): boolean {
    if (!this.#holding || link === undefined) return false;
    return this.#vips.some((vip) => !addresses.some((address) => sameIp(address.ip, vip.ip)));
  }

  #change(
    op: string,
    request: (vip: Cidr, ifIndex: number) => NetlinkRequest,
    fine: readonly string[],
  ): void {
    const ifIndex = this.ifIndex;
    if (ifIndex === undefined || this.#ours.length === 0) return;
    const answers = this.#netlink.transact(this.#ours.map((vip) => request(vip, ifIndex)));
    for (const [index, { refusal }] of answers.entries()) {
      if (refusal === undefined || fine.includes(refusal.code)) continue;
      throw new SystemError(
        op,
        formatCidr(this.#ours[index] as Cidr),
        refusal.code,
        refusal.detail,
      );
    }
  }
}

/**
 * An IPv6 address is used at once, for its last holder is gone, and is no source of our own traffic:
 * its preferred lifetime is over from the start.
 */
function described(vip: Cidr, ifIndex: number): NewAddress {
  const address = { ...vip, ifIndex, protocol: VIPKIT_ADDRESS_PROTOCOL };
  if (familyOf(vip.ip) === 4) return address;
  return { ...address, flags: ADDRESS_FLAGS.noDad, validLftS: FOREVER, preferredLftS: 0 };
}
