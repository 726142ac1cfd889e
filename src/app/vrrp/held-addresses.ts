/** The virtual addresses of one router on its interface: all there while it is MASTER, else none. */
import { type Cidr, formatCidr, sameIp } from "../../core/addr.ts";
import { SystemError } from "../../core/errors.ts";
import type { NetlinkRequest } from "../../core/netlink/message.ts";
import {
  addAddress,
  deleteAddress,
  FOREVER,
  type InterfaceAddress,
  type NewAddress,
  replaceAddress,
} from "../../core/netlink/rtnl-address.ts";
import { isSameValue } from "../../core/same-value.ts";
import type { NetlinkAnswer, NetlinkSocket } from "../../io/ports.ts";
import type { VirtualAddress } from "../../proto/vrrp/virtual-address.ts";
import { HAND_ADDRESS_PROTOCOL, listAddresses, ROUTER_ADDRESS_PROTOCOL } from "../rtnl.ts";
import type { Holding } from "./holdings.ts";
import type { InterfaceState } from "./interface-watch.ts";
import { newAddress } from "./new-address.ts";

export class HeldAddresses implements Holding {
  readonly #netlink: NetlinkSocket;
  readonly #vips: readonly VirtualAddress[];
  readonly #owner: boolean;
  readonly #leaseS: number | null;
  readonly #nowMs: () => number;
  readonly #isAging: boolean; // what is asked for is another thing later
  #ifIndex: number | undefined;
  #ours: readonly VirtualAddress[]; // those that we add and remove: never the host's own
  #holding: boolean;
  #sinceMs = 0; // when it began to hold them
  #wanted: readonly NewAddress[] = []; // ours as the kernel is asked for them
  /** To have ours or renew their lease: made beforehand, for a takeover must not wait for it. */
  #wish: readonly NetlinkRequest[] = [];

  /**
   * @param owner whether virtual addresses that are there already may be the host's own
   * @param leaseS after so many whole seconds without `hold` the kernel takes the addresses away
   */
  constructor(
    netlink: NetlinkSocket,
    vips: readonly VirtualAddress[],
    owner: boolean,
    leaseS: number | null,
    nowMs: () => number,
  ) {
    this.#netlink = netlink;
    this.#vips = vips;
    this.#owner = owner;
    this.#leaseS = leaseS;
    this.#ours = owner ? [] : vips;
    this.#holding = false;
    this.#nowMs = nowMs;
    this.#isAging = vips.some(({ extras }) => {
      const lifetimeS = extras?.preferredLftS ?? 0;
      return lifetimeS > 0 && lifetimeS < FOREVER;
    });
  }

  /** Whether they are to be there. */
  get holding(): boolean {
    return this.#holding;
  }

  /** What renews the lease of all; nothing where none is held. */
  get renewal(): readonly NetlinkRequest[] {
    return this.#holding && this.#leaseS !== null ? this.#wish : [];
  }

  /** Those that are there for the time of a lease. */
  get leased(): readonly NewAddress[] {
    return this.#holding && this.#leaseS !== null ? this.#wanted : [];
  }

  /**
   * Works on this interface from now on, for it may come anew under its old name; undefined: there
   * is none. What was held on another one is taken away there. @throws SystemError
   */
  moveTo(ifIndex: number | undefined): void {
    const before = this.#ifIndex;
    if (before === ifIndex) return;
    this.#ifIndex = ifIndex;
    this.#prepare();
    if (this.#holding) this.#remove(this.#ours, before);
  }

  leftovers(): string[] {
    return this.#findLeftovers().map(({ sentence }) => sentence);
  }

  inherit(): string[] {
    const found = this.#findLeftovers();
    const stray = found.flatMap(({ address, kept }) => (kept ? [] : [address]));
    this.#remove([...stray, ...(this.#owner ? [] : this.#vips)], this.#ifIndex);
    return found.map(({ sentence }) => sentence);
  }

  /** Those that are there already get a new lease. @throws SystemError */
  hold(): void {
    const starting = !this.#holding;
    this.#holding = true;
    if (starting) this.#sinceMs = this.#nowMs();
    if (starting && this.#owner) this.#ours = this.#vips.filter((vip) => !this.#isHosts(vip));
    if (this.#isAging || (starting && this.#owner)) this.#prepare();
    if (this.#wish.length === 0) return;
    requireAll("address add", this.#ours, this.#netlink.transact(this.#wish), HELD);
  }

  /** Those that are gone already are fine, and so is an interface that is gone. @throws SystemError */
  release(): void {
    if (!this.#holding) return;
    this.#remove(this.#ours, this.#ifIndex);
    this.#holding = false; // not before: what was refused is tried again at the end
  }

  /** Leaves those that somebody else of this process has from now on, and removes the others. @throws SystemError */
  leave(kept: readonly VirtualAddress[]): void {
    if (!this.#holding) return;
    this.#holding = false;
    const gone = this.#ours.filter((vip) => !kept.some((other) => isSameValue(vip, other)));
    this.#remove(gone, this.#ifIndex);
  }

  /** Those that we hold and that are not there. */
  missing({ link, addresses }: InterfaceState): readonly VirtualAddress[] {
    // When an interface is set down the kernel takes its IPv6 addresses: they are put back afterwards.
    if (!this.#holding || link === undefined || !link.up) return [];
    return this.#ours.filter((vip) => !addresses.some((address) => sameIp(address.ip, vip.ip)));
  }

  #prepare(): void {
    const ifIndex = this.#ifIndex;
    const put = this.#leaseS === null ? addAddress : replaceAddress;
    const ageS = this.#holding ? (this.#nowMs() - this.#sinceMs) / 1000 : 0;
    const lifetime = { validLftS: this.#leaseS ?? FOREVER, ageS };
    this.#wanted =
      ifIndex === undefined ? [] : this.#ours.map((vip) => newAddress(vip, ifIndex, lifetime));
    this.#wish = this.#wanted.map(put);
  }

  /** An owner leaves alone what it has not added; what a run of it left, it has added. */
  #findLeftovers(): Leftover[] {
    return this.#present().flatMap((address) => {
      const vip = this.#vips.find(({ ip }) => sameIp(ip, address.ip));
      if (vip === undefined || (this.#owner && !isMarked(address))) return [];
      const kept = this.#owner && address.prefixLength === vip.prefixLength;
      const origin = ORIGINS.get(address.protocol) ?? "of unknown origin";
      const fate = this.#owner ? "removed" : "removed until this router is MASTER";
      const text = `${formatCidr(address)} was there already, ${origin}`;
      return [{ address, kept, sentence: `${text}: ${kept ? "taken over" : fate}` }];
    });
  }

  #isHosts(vip: Cidr): boolean {
    return this.#present().some((address) => sameIp(address.ip, vip.ip) && !isMarked(address));
  }

  #present(): readonly InterfaceAddress[] {
    if (this.#ifIndex === undefined) return [];
    return listAddresses(this.#netlink, { ifIndex: this.#ifIndex });
  }

  #remove(addresses: readonly PlacedAddress[], ifIndex: number | undefined): void {
    if (ifIndex === undefined || addresses.length === 0) return;
    const requests = addresses.map(({ ip, prefixLength, peer, extras }) =>
      deleteAddress({ ip, prefixLength, peer: peer ?? extras?.peer ?? null, ifIndex }),
    );
    requireAll("address delete", addresses, this.#netlink.transact(requests), GONE);
  }
}

/** As it is there, or as it is to be there. */
type PlacedAddress = Cidr &
  Partial<Pick<InterfaceAddress, "peer"> & Pick<VirtualAddress, "extras">>;

interface Leftover {
  readonly address: InterfaceAddress;
  readonly kept: boolean;
  readonly sentence: string;
}

/** A kernel before 5.18 keeps no mark: then nothing is known to be ours. */
const isMarked = ({ protocol }: InterfaceAddress): boolean => protocol === ROUTER_ADDRESS_PROTOCOL;

/** @throws SystemError of the first refusal that is not `fine` */
function requireAll(
  op: string,
  addresses: readonly (Cidr & { readonly ifName?: string })[],
  answers: readonly NetlinkAnswer[],
  fine: readonly string[],
): void {
  for (const [index, { refusal }] of answers.entries()) {
    if (refusal === undefined || fine.includes(refusal.code)) continue;
    const address = addresses[index] as (typeof addresses)[number];
    const place = address.ifName === undefined ? "" : ` on ${address.ifName}`;
    throw new SystemError(op, formatCidr(address) + place, refusal.code, refusal.detail);
  }
}

/** A living run is none of those: its claim would have kept us from starting. */
const ORIGINS: ReadonlyMap<number | undefined, string> = new Map([
  [ROUTER_ADDRESS_PROTOCOL, "left by a run that died"],
  [HAND_ADDRESS_PROTOCOL, "added by vip add"],
]);

/** It is there; or the interface went a moment ago, which is told by its watch. */
const HELD = ["EEXIST", "ENODEV"];

/** No such address, no such interface, an interface without IPv6. */
const GONE = ["EADDRNOTAVAIL", "ENODEV", "ENXIO"];
