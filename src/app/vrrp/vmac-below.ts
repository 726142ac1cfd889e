/**
 * Settings of the interface below a VMAC. All that stand on it share them: the first one changes them,
 * the last one puts them back, and the alias of each tells what they were, so that no death of a
 * process makes it forgotten.
 */
import type { Link } from "../../core/netlink/rtnl-link.ts";
import type { NetlinkSocket, Ports } from "../../io/ports.ts";
import {
  type FormerSettings,
  parseMark,
  restored,
  type Setting,
  strengthened,
  tooWeakBelow,
} from "../../proto/vrrp/vmac.ts";
import { listLinks } from "../rtnl.ts";

export type SettingPorts = Pick<Ports, "readSysctl" | "writeSysctl">;

export class SettingsBelow {
  readonly #ports: SettingPorts;
  readonly #netlink: NetlinkSocket;
  readonly #needed: boolean;
  #base: Link | undefined;
  #former: FormerSettings = new Map();

  /** @param needed whether the VMAC has addresses that anything below would answer for */
  constructor(ports: SettingPorts, netlink: NetlinkSocket, needed: boolean) {
    this.#ports = ports;
    this.#netlink = netlink;
    this.#needed = needed;
  }

  /** The interface below; undefined before `find` and when it has gone. */
  get base(): Link | undefined {
    return this.#base;
  }

  /**
   * What they were before any VMAC was there; to be asked before one is made. @throws SystemError
   */
  find(base: Link): FormerSettings {
    const own = this.#base?.ifIndex === base.ifIndex ? this.#former : [];
    this.#base = base;
    if (!this.#needed) return this.#former;
    const weak = tooWeakBelow(base.name, this.#ports.readSysctl);
    const known = this.#marksOn(base, undefined).flatMap((former) => [...former]);
    this.#former = new Map([...weak, ...known, ...own]);
    return this.#former;
  }

  /** Makes them what a VMAC needs. @throws SystemError */
  strengthen(): void {
    if (this.#base !== undefined) this.#write(strengthened(this.#base.name, this.#former));
  }

  /** Puts them back unless another VMAC than this one needs them. @throws SystemError */
  restore(vmac: Link | undefined): void {
    const base = this.#base;
    if (base === undefined) return;
    if (this.#marksOn(base, vmac?.ifIndex).some(({ size }) => size > 0)) return;
    this.#write(restored(base.name, this.#former, this.#ports.readSysctl));
  }

  /** The interface has gone, and its settings with it. */
  forget(): void {
    this.#base = undefined;
    this.#former = new Map();
  }

  /** Of all VMACs of ours there but one; also of those whose process has died. */
  #marksOn(base: Link, except: number | undefined): FormerSettings[] {
    return listLinks(this.#netlink)
      .filter(({ ifIndex, lowerIndex }) => lowerIndex === base.ifIndex && ifIndex !== except)
      .flatMap(({ alias }) => parseMark(alias) ?? []);
  }

  #write(settings: readonly Setting[]): void {
    for (const { path, value } of settings) this.#ports.writeSysctl(path, value);
  }
}
