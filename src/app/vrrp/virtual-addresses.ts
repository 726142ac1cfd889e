/** All virtual addresses of one router, each on its interface. */
import type { NewAddress } from "../../core/netlink/rtnl-address.ts";
import type { Closable, NetlinkSocket, Ports } from "../../io/ports.ts";
import type { VirtualAddress } from "../../proto/vrrp/virtual-address.ts";
import { allOf, doAll, type Holding } from "./holdings.ts";
import { heldVips, isOwner, type VrrpInstance } from "./instance.ts";
import type { InterfaceState } from "./interface-watch.ts";
import { bearsLag, type Renewals } from "./renewals.ts";
import { type InterfaceNews, VipInterface } from "./vip-interface.ts";

export class VirtualAddresses implements Closable {
  /** What is to be there while the router is MASTER. */
  readonly holding: Holding;
  readonly #renewals: Renewals | undefined;
  readonly #interfaces: ReadonlyMap<string, VipInterface>;

  constructor(
    ports: Pick<Ports, "openPacketSocket" | "readSysctl" | "clock">,
    netlink: NetlinkSocket,
    instance: VrrpInstance,
    renewals?: Renewals,
  ) {
    const { leaseS } = instance.config;
    const byInterface = new Map<string, VirtualAddress[]>();
    for (const vip of heldVips(instance)) {
      byInterface.set(vip.ifName, [...(byInterface.get(vip.ifName) ?? []), vip]);
    }
    const make = (vips: readonly VirtualAddress[]): VipInterface =>
      new VipInterface(ports, netlink, vips, isOwner(instance), leaseS);
    this.#interfaces = new Map(Array.from(byInterface, ([name, vips]) => [name, make(vips)]));
    const held = allOf([...this.#interfaces.values()].map(({ held }) => held));
    const isShared = renewals !== undefined && bearsLag(instance.config);
    this.#renewals = isShared ? renewals : undefined;
    this.holding = isShared ? this.#renewedWithOthers(held, renewals) : held;
  }

  /** What is there already is renewed together with that of other routers; what is not is put there at once. */
  #renewedWithOthers(held: Holding, renewals: Renewals): Holding {
    let isRefused = false;
    return {
      ...held,
      hold: () => {
        const interfaces = [...this.#interfaces.values()];
        if (isRefused || !interfaces.every(({ isWhole }) => isWhole)) {
          isRefused = false;
          held.hold();
          return;
        }
        const requests = interfaces.flatMap(({ held }) => held.renewal);
        renewals.add(this, requests, () => {
          isRefused = true;
        });
      },
      release: () => {
        renewals.drop(this);
        held.release();
      },
    };
  }

  /** As `holding.leftovers`, on interfaces as they are, with nothing opened. @throws SystemError */
  leftoversOn(states: ReadonlyMap<string, InterfaceState>): string[] {
    for (const [ifName, { held }] of this.#interfaces) {
      held.moveTo(states.get(ifName)?.link?.ifIndex);
    }
    return this.holding.leftovers();
  }

  /** That the interface went or came back since the last look at it. */
  newsOf(ifName: string, state: InterfaceState): InterfaceNews | undefined {
    return this.#interfaces.get(ifName)?.newsOf(state);
  }

  /** Works on the interface as it is now. @throws SystemError */
  moveTo(ifName: string, state: InterfaceState): void {
    const vips = this.#interfaces.get(ifName);
    if (vips === undefined) return;
    if (vips.ifIndex !== state.link?.ifIndex) this.#renewals?.drop(this);
    vips.moveTo(state);
  }

  /** @returns whether they leave in another way than before. @throws SystemError, with none then */
  prepareAnnouncementsOn(ifName: string): boolean {
    return this.#interfaces.get(ifName)?.prepareAnnouncements() ?? false;
  }

  /** Whether they are to be there now. */
  isHeldOn(ifName: string): boolean {
    return this.#interfaces.get(ifName)?.held.holding ?? false;
  }

  /** Whether they are to be there now, wherever they are. */
  get areHeld(): boolean {
    return [...this.#interfaces.values()].some(({ held }) => held.holding);
  }

  /** Those that are there for the time of a lease. */
  get leased(): readonly NewAddress[] {
    return [...this.#interfaces.values()].flatMap(({ held }) => held.leased);
  }

  /** As `HeldAddresses.leave`. @throws SystemError of the first interface that failed */
  leave(kept: readonly VirtualAddress[]): void {
    doAll([...this.#interfaces.values()], ({ held }) => held.leave(kept));
  }

  /** Those that we hold on this interface and that are not there. */
  missingOn(ifName: string): readonly VirtualAddress[] {
    return this.#interfaces.get(ifName)?.missing ?? [];
  }

  /** Those that are there now and can be used. */
  get present(): readonly VirtualAddress[] {
    return [...this.#interfaces.values()].flatMap(({ present }) => present);
  }

  /** Every one `times` over, or those of these interfaces. @throws SystemError of the first interface that failed */
  announce(times: number, ifNames: Iterable<string> = this.#interfaces.keys()): void {
    doAll([...ifNames], (ifName) => this.#interfaces.get(ifName)?.announce(times));
  }

  close(): void {
    this.#renewals?.drop(this);
    for (const one of this.#interfaces.values()) one.close();
  }
}
