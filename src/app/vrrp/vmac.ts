/**
 * The macvlan with the virtual MAC address of one router, in the kernel: made, kept, and taken away
 * with all that it took. It is up just while the router is MASTER, for what is down sends nothing: no
 * report of groups, no neighbour discovery with the MAC address of somebody else's mastership.
 */
import { type Family, familyOf, formatMac } from "../../core/addr.ts";
import { SystemError } from "../../core/errors.ts";
import type { NetlinkRequest } from "../../core/netlink/message.ts";
import { createLink, deleteLink, type Link, setLink } from "../../core/netlink/rtnl-link.ts";
import type { Closable, NetlinkSocket } from "../../io/ports.ts";
import {
  formatMark,
  usualVmacName,
  type Vmac,
  type VmacFamilies,
  virtualMac,
  vmacSettings,
} from "../../proto/vrrp/vmac.ts";
import { listLinks, readLink } from "../rtnl.ts";
import type { Holding } from "./holdings.ts";
import { heldVips, type VrrpInstance } from "./instance.ts";
import { type SettingPorts, SettingsBelow } from "./vmac-below.ts";
import { isOurs, leftoverText, requireOurs } from "./vmac-leftovers.ts";

/** For the commands, which see no `proto`. */
export type { Vmac };

/** @param wish `name` null: the usual one. */
export const vmacFor = (wish: {
  readonly family: Family;
  readonly vrid: number;
  readonly name: string | null;
  readonly sendsAdverts: boolean;
}): Vmac => ({
  ifName: wish.name ?? usualVmacName(wish.family, wish.vrid),
  mac: virtualMac(wish.family, wish.vrid),
  sendsAdverts: wish.sendsAdverts,
});

/** @returns undefined for a router without one */
export function vmacLinkFor(
  instance: VrrpInstance,
  ports: SettingPorts,
  netlink: NetlinkSocket,
  tell: (notice: string) => void,
  adopts: boolean,
): VmacLink | undefined {
  const { vmac } = instance;
  if (vmac === null) return undefined;
  const carried = heldVips(instance).filter(({ ifName }) => ifName === vmac.ifName);
  const has = (family: Family): boolean => carried.some(({ ip }) => familyOf(ip) === family);
  return new VmacLink(ports, netlink, vmac, { hasIp4: has(4), hasIp6: has(6) }, tell, adopts);
}

/** Nothing is made before the first `moveTo`. */
export class VmacLink implements Closable {
  readonly #ports: SettingPorts;
  readonly #netlink: NetlinkSocket;
  readonly #vmac: Vmac;
  readonly #families: VmacFamilies;
  readonly #tell: (notice: string) => void;
  readonly #below: SettingsBelow;
  #link: Link | undefined; // that we made
  #isUp = false;
  #isHeld = false; // whether it is to be up
  #adopts: boolean;

  /**
   * @param tell of each time that it had to be made anew
   * @param adopts whether the process before this one was MASTER until just now: its VMAC goes on as it is
   */
  constructor(
    ports: SettingPorts,
    netlink: NetlinkSocket,
    vmac: Vmac,
    families: VmacFamilies,
    tell: (notice: string) => void,
    adopts = false,
  ) {
    this.#tell = tell;
    this.#adopts = adopts;
    this.#ports = ports;
    this.#netlink = netlink;
    this.#vmac = vmac;
    this.#families = families;
    this.#below = new SettingsBelow(ports, netlink, families.hasIp4);
  }

  /**
   * Stands on this interface from now on; made anew where it is missing or another one.
   * @param base undefined while there is nothing to stand on. @throws SystemError
   */
  moveTo(base: Link | undefined): void {
    if (base === undefined) {
      this.#below.forget(); // and what stood on it is gone too
      this.#link = undefined;
      this.#isUp = false;
      return;
    }
    const link = readLink(this.#netlink, this.#vmac.ifName);
    if (this.#adopts) this.#adopt(base, link);
    const isIt =
      link !== undefined &&
      link.ifIndex === this.#link?.ifIndex &&
      this.#below.base?.ifIndex === base.ifIndex &&
      formatMac(link.mac) === formatMac(this.#vmac.mac);
    if (isIt) this.#isUp = link.up;
    else this.#make(base, link);
    this.#setUp(this.#isHeld);
  }

  /** Undefined while there is none. */
  get link(): Link | undefined {
    return this.#link;
  }

  /** Whether it is up: then nothing that carries its own MAC address comes to the interface below. */
  get isUp(): boolean {
    return this.#isUp;
  }

  /** What is held on it: it is up while that is there, and goes down before it is taken away. */
  around(held: Holding): Holding {
    return {
      hold: () => {
        this.#isHeld = true;
        this.#setUp(true);
        held.hold();
      },
      release: () => {
        this.#isHeld = false;
        try {
          this.#setUp(false);
        } finally {
          held.release();
        }
      },
      leftovers: () => held.leftovers(),
      inherit: () => {
        this.#isHeld = false; // one that was adopted may be up
        this.#setUp(false);
        return held.inherit();
      },
    };
  }

  /** Takes it away, with the settings that no other VMAC on its interface needs. @throws SystemError */
  close(): void {
    try {
      // First, for who makes a VMAC meanwhile still finds here what is to be put back in the end.
      this.#below.restore(this.#link);
    } finally {
      if (this.#link !== undefined) this.#remove(this.#link);
      this.moveTo(undefined);
    }
  }

  /** Once: what is missing or another one later is made. */
  #adopt(base: Link, there: Link | undefined): void {
    this.#adopts = false;
    if (there === undefined || !isOurs(there) || there.lowerIndex !== base.ifIndex) return;
    this.#below.find(base);
    this.#link = there;
    this.#isHeld = there.up;
  }

  /** @param there what has its name now. @throws SystemError where that is not ours */
  #make(base: Link, there: Link | undefined): void {
    const { ifName, mac } = this.#vmac;
    if (there !== undefined) requireOurs(there);
    const wasTaken = this.#below.base?.ifIndex === base.ifIndex;
    const renamed = this.#renamed();
    const mark = formatMark(this.#below.find(base));
    if (there !== undefined) this.#remove(there);
    if (renamed !== undefined) this.#remove(renamed); // no other may have its MAC address beside it
    this.#link = undefined;
    this.#isUp = false;
    const wish = { kind: "macvlan", mode: "private", lowerIndex: base.ifIndex } as const;
    this.#transact(createLink({ ...wish, name: ifName, mac }), "link add", GONE);
    const link = readLink(this.#netlink, ifName);
    if (link === undefined) {
      this.moveTo(undefined); // the one below has just gone
      return;
    }
    this.#link = link;
    try {
      this.#transact(setLink(link.ifIndex, { alias: mark }), "link set");
      this.#equip();
    } catch (error) {
      this.#remove(link); // half of it would be taken for all
      this.#link = undefined;
      throw error;
    }
    if (renamed !== undefined) this.#tell(`${ifName} was renamed to ${renamed.name}: made anew`);
    else if (wasTaken) this.#tell(`${ifName} was taken away: made anew`);
    else if (there !== undefined) this.#tell(leftoverText(there, "made anew"));
  }

  /** What we made, where somebody has given it another name. */
  #renamed(): Link | undefined {
    const ours = this.#link;
    return listLinks(this.#netlink).find(
      (link) => link.ifIndex === ours?.ifIndex && link.name !== ours.name && isOurs(link),
    );
  }

  #equip(): void {
    const rpFilterOfAll = this.#ports.readSysctl("net/ipv4/conf/all/rp_filter") ?? "0";
    const wishes = vmacSettings(this.#vmac.ifName, { ...this.#families, rpFilterOfAll });
    for (const { path, value } of wishes) this.#ports.writeSysctl(path, value);
    this.#below.strengthen();
  }

  #setUp(up: boolean): void {
    if (this.#link === undefined || this.#isUp === up) return;
    this.#transact(setLink(this.#link.ifIndex, { up }), "link set", up ? [] : GONE);
    this.#isUp = up;
  }

  #remove({ ifIndex }: Link): void {
    this.#transact(deleteLink(ifIndex), "link delete", GONE);
  }

  #transact(request: NetlinkRequest, op: string, fine: readonly string[] = []): void {
    const [answer] = this.#netlink.transact([request]);
    const refusal = answer?.refusal;
    if (refusal === undefined || fine.includes(refusal.code)) return;
    const { code, detail } = refusal;
    const hint = op === "link add" && code === "EOPNOTSUPP" ? ": modprobe macvlan" : "";
    throw new SystemError(op, this.#vmac.ifName, code, `${detail}${hint}`);
  }
}

const GONE = ["ENODEV"];
