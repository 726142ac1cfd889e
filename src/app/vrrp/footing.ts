/**
 * What one virtual router stands on: its interfaces as they are now, its sockets there and what it
 * holds there. It follows them through loss, return and replacement without a restart.
 */
import type { IpBytes } from "../../core/addr.ts";
import type { Closable, NetlinkSocket, Ports } from "../../io/ports.ts";
import type { VrrpFact } from "../../proto/vrrp/facts.ts";
import type { InterfaceStatus } from "../../proto/vrrp/interface-status.ts";
import { Attachment } from "./attachment.ts";
import type { FaultBoard } from "./fault-board.ts";
import { HeldRouting } from "./held-routing.ts";
import { allOf, type Holding } from "./holdings.ts";
import { heldVips, interfacesOf, type VrrpInstance } from "./instance.ts";
import { assessFor, type InterfaceState } from "./interface-watch.ts";
import type { Interfaces } from "./interfaces.ts";
import type { KernelWatch } from "./kernel-watch.ts";
import type { AdvertListener } from "./listener.ts";
import type { LossInquiry } from "./loss-inquiry.ts";
import type { Place } from "./place.ts";
import { SourceGrace } from "./source-grace.ts";
import type { Teller } from "./teller.ts";
import type { VrrpTransport } from "./transport.ts";
import { VirtualAddresses } from "./virtual-addresses.ts";
import { vmacLinkFor } from "./vmac.ts";

export interface FootingHandlers {
  /** Gets what the machine is to know. */
  readonly feed: (fact: VrrpFact) => void;
  /** Gets each state of an interface before anything follows from it. */
  readonly onState: (ifName: string, state: InterfaceState) => void;
  /** All has followed from it. */
  readonly onSettled: () => void;
}

/** Where it is. */
export interface World {
  readonly ports: Ports;
  readonly netlink: NetlinkSocket;
  readonly interfaces: Interfaces;
}

/** Those who are told of adverts, of trouble and of losses. */
export interface FootingParts {
  readonly listener: AdvertListener;
  readonly teller: Teller;
  readonly losses: LossInquiry;
  readonly faults: FaultBoard;
}

export class Footing implements Closable {
  /** The addresses and all that goes with them. */
  readonly holdings: Holding;
  readonly #instance: VrrpInstance;
  readonly #parts: FootingParts;
  readonly #handlers: FootingHandlers;
  readonly #vips: VirtualAddresses;
  readonly #routing: HeldRouting;
  readonly #attachment: Attachment;
  readonly #grace: SourceGrace;
  readonly #seen = new Map<string, InterfaceState>(); // by interface
  #rival: string | undefined; // a sentence about who has our virtual MAC address here
  readonly #watches = new Map<string, KernelWatch>(); // of each interface
  #rivals: Closable | undefined;

  /** Nothing is opened yet. */
  constructor(
    instance: VrrpInstance,
    { ports, netlink, interfaces }: World,
    parts: FootingParts,
    handlers: FootingHandlers,
    wasMaster: boolean,
  ) {
    this.#instance = instance;
    this.#parts = parts;
    this.#handlers = handlers;
    const { listener, teller } = parts;
    const tell = (text: string): void => teller.tell("notice", text);
    const vmac = vmacLinkFor(instance, ports, netlink, tell, wasMaster);
    this.#attachment = new Attachment(ports, instance, vmac, listener);
    this.#vips = new VirtualAddresses(ports, netlink, instance, interfaces.renewals);
    this.#routing = new HeldRouting(ports, netlink, instance.routing, teller.tell);
    const held = allOf([this.#vips.holding, this.#routing]);
    const all = vmac?.around(held) ?? held;
    // An address put back before the router's own would become the primary one, and its end that of the other.
    const hold = (): void => (this.#grace.isRunning ? undefined : all.hold());
    this.holdings = { ...all, hold };
    this.#grace = new SourceGrace(ports.clock, instance.config.adverIntervalMs, () =>
      this.#lookAgain(),
    );
  }

  /** Looks at the interfaces, and follows them from now on. @throws SystemError, with nothing left open */
  open(interfaces: Interfaces): void {
    const names = [...interfacesOf(this.#instance)];
    for (const ifName of names) {
      const watch = interfaces.follow(ifName, {
        onChange: (state) => this.#look(ifName, state),
        onTrouble: (error) => {
          this.#parts.teller.tell("trouble", error.message);
          if (this.#attachment.transport === undefined) this.#parts.faults.raise("no-socket");
        },
      });
      this.#watches.set(ifName, watch);
    }
    try {
      for (const ifName of names) this.#look(ifName, interfaces.stateOf(ifName));
      this.#rivals = interfaces.rivals.follow(this.#instance, this.#onRival);
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /** Whether the addresses are to be there. */
  get areHeld(): boolean {
    return this.#vips.areHeld;
  }

  /** Another footing has taken over: what that has too stays, all else goes. */
  leaveTo(next: VrrpInstance): void {
    const { attempt } = this.#parts.teller;
    attempt(() => this.#vips.leave(heldVips(next)));
    attempt(() => this.#routing.leave(next.routing));
    this.close();
  }

  /** Where the sockets are; undefined while there are none. */
  get place(): Place | undefined {
    return this.#attachment.place;
  }

  /** Whether nothing here keeps the router from its work. */
  get isSound(): boolean {
    return this.#parts.faults.isClear;
  }

  /** The virtual addresses that are there now and can be used. */
  get present(): VirtualAddresses["present"] {
    return this.#vips.present;
  }

  /** Virtual addresses that are there for the time of a lease. */
  get leased(): VirtualAddresses["leased"] {
    return this.#vips.leased;
  }

  /** Goes by other keys, another password or priority from now on. */
  renew(instance: VrrpInstance): void {
    this.#attachment.renew(instance);
  }

  /** In FAULT even the farewell may fail to leave, and why is told already. */
  send(act: (transport: VrrpTransport) => void): void {
    const { transport } = this.#attachment;
    const quietly = !this.isSound || this.#grace.isRunning;
    if (transport !== undefined) this.#parts.teller.attempt(() => act(transport), quietly);
  }

  /** Tells every LAN where its virtual addresses are, `times` over, or those of these interfaces alone. */
  announce(times: number, ifNames?: readonly string[]): void {
    this.#parts.teller.attempt(() => this.#vips.announce(times, ifNames), !this.isSound);
  }

  /** Whatever is still held is taken away, sockets are closed. */
  close(): void {
    const { attempt } = this.#parts.teller;
    for (const watch of this.#watches.values()) watch.close();
    this.#rivals?.close();
    this.#grace.close();
    this.#attachment.close();
    this.#vips.close();
    attempt(() => this.holdings.release());
    this.#routing.close();
    attempt(() => this.#attachment.dismantle());
  }

  readonly #onRival = (rival: string | undefined): void => {
    if (rival === this.#rival) return;
    this.#rival = rival;
    if (rival !== undefined) this.#parts.teller.tell("trouble", rival);
    this.#lookAgain();
  };

  /** Through the watch, which tries again where the sockets are refused. */
  #lookAgain(): void {
    this.#watches.get(this.#instance.ifName)?.readNow();
  }

  #assess(source: IpBytes | undefined): InterfaceStatus {
    const status = this.#grace.bear(assessFor(this.#instance, this.#seen), source);
    if (this.#rival === undefined) return status;
    return { ...status, faults: [...status.faults, "virtual-mac-taken"] };
  }

  /** Faults go up before the sockets change and down after it: a farewell leaves by the old ones. */
  #look(ifName: string, state: InterfaceState): void {
    const { feed, onState, onSettled } = this.#handlers;
    const { teller, losses, faults } = this.#parts;
    this.#seen.set(ifName, state);
    onState(ifName, state);
    const { ifName: own, vmac } = this.#instance;
    const isOwn = ifName === own || ifName === vmac?.ifName;
    const waited = this.#grace.isRunning;
    const source = this.#vips.areHeld ? this.place?.source : undefined;
    const status = this.#assess(source);
    const news = isOwn ? undefined : this.#vips.newsOf(ifName, state);
    if (news !== undefined) teller.tell("notice", news.text);
    for (const fault of status.faults) faults.raise(fault);
    teller.attempt(() => this.#vips.moveTo(ifName, state));
    const replaced = isOwn
      ? this.#attach(ifName, status.source)
      : this.#vips.prepareAnnouncementsOn(ifName) || news?.isBack === true;
    faults.keepOnly(isOwn ? status.faults : [...status.faults, "no-socket"]);
    if (!this.#grace.isRunning) {
      const loss = losses.judge(this.#vips.missingOn(ifName), state, replaced);
      if (loss !== undefined) feed(loss);
      // A new MAC address must be announced like an address that was lost and put back.
      else if ((replaced || waited) && this.#vips.isHeldOn(ifName))
        feed({ kind: "addresses-lost" });
    }
    onSettled();
  }

  /** @returns whether any socket is another one now. @throws SystemError, with none for adverts then */
  #attach(ifName: string, source: IpBytes | null): boolean {
    try {
      const own = this.#seen.get(this.#instance.ifName);
      const moved = this.#attachment.moveTo(own?.link, source);
      return this.#vips.prepareAnnouncementsOn(ifName) || moved;
    } catch (error) {
      this.#attachment.close();
      throw error;
    }
  }
}
