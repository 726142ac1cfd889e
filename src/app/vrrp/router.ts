/**
 * One virtual router at work: its state machine bound to its interface, its addresses and its
 * sockets. It follows the interface through loss, return and replacement without a restart.
 */
import type { IpBytes } from "../../core/addr.ts";
import { type Driver, drive } from "../../io/drive.ts";
import type { Closable, NetlinkSocket, Ports } from "../../io/ports.ts";
import type { ReportTransition, VrrpFact, VrrpOrder } from "../../proto/vrrp/facts.ts";
import { VrrpMachine } from "../../proto/vrrp/machine.ts";
import type { ForeignUse } from "../../proto/vrrp/survey.ts";
import { Attachment } from "./attachment.ts";
import type { Circumstances, VrrpEvent } from "./events.ts";
import { FaultBoard } from "./fault-board.ts";
import { HeldRouting } from "./held-routing.ts";
import { allOf, type Holding, refusalOf } from "./holdings.ts";
import { interfacesOf, type VrrpInstance, type VrrpSecrets } from "./instance.ts";
import {
  assessFor,
  type InterfaceState,
  readInterface,
  watchInterface,
} from "./interface-watch.ts";
import { VrrpLedger } from "./ledger.ts";
import { AdvertListener } from "./listener.ts";
import { LossInquiry } from "./loss-inquiry.ts";
import { MasterCare } from "./master-care.ts";
import type { VrrpStanding } from "./standing.ts";
import { Teller } from "./teller.ts";
import type { VrrpTransport } from "./transport.ts";
import { VirtualAddresses } from "./virtual-addresses.ts";
import { vmacLinkFor } from "./vmac.ts";

export class VrrpRouter implements Closable {
  readonly ledger: VrrpLedger;
  readonly care: MasterCare;
  #instance: VrrpInstance; // with the priority and the secrets of now
  readonly #emit: (event: VrrpEvent) => void;
  readonly #machine: VrrpMachine;
  readonly #driver: Driver<VrrpFact>;
  readonly #vips: VirtualAddresses;
  readonly #routing: HeldRouting;
  readonly #holdings: Holding; // the addresses and all that goes with them
  readonly #teller: Teller;
  readonly #listener: AdvertListener;
  readonly #attachment: Attachment;
  readonly #onLook: (ifName: string, state: InterfaceState) => void;
  readonly #watches: readonly Closable[];
  readonly #losses: LossInquiry;
  readonly #faults = new FaultBoard((fact) => this.#driver.feed(fact));
  readonly #seen = new Map<string, InterfaceState>(); // by interface
  #onEnd: () => void = () => {};
  #onYield: (() => void)[] = [];

  /** Sends nothing yet. `onLook` gets each state of an interface. @throws SystemError, with nothing left open */
  constructor(
    instance: VrrpInstance,
    ports: Ports,
    netlink: NetlinkSocket,
    emit: (event: VrrpEvent) => void,
    onLook: (ifName: string, state: InterfaceState) => void = () => {},
  ) {
    this.#instance = instance;
    this.#onLook = onLook;
    this.#emit = emit;
    this.#teller = new Teller(ports.clock, emit);
    this.#listener = new AdvertListener(ports.clock, emit, (fact, receivedMs) =>
      this.#driver.feed(fact, receivedMs),
    );
    const tell = (text: string): void => this.#teller.tell("notice", text);
    const vmac = vmacLinkFor(instance, ports, netlink, tell);
    this.#attachment = new Attachment(ports, instance, vmac, this.#listener);
    this.#vips = new VirtualAddresses(ports, netlink, instance);
    this.#routing = new HeldRouting(ports, netlink, instance.routing, this.#teller.tell);
    this.#losses = new LossInquiry(instance, ports, this.#teller.tell);
    const held = allOf([this.#vips.holding, this.#routing]);
    this.#holdings = vmac?.around(held) ?? held;
    this.#machine = new VrrpMachine(instance.config);
    this.ledger = new VrrpLedger(ports.clock);
    this.#driver = drive(
      this.#machine,
      ports.clock,
      (order) => this.#perform(order),
      (nowMs, fact, orders) => this.ledger.note(nowMs, fact, orders, this.#machine.deadlineMs),
    );
    const announce = (): void => this.#perform({ kind: "announce", times: 1 });
    const means = { emit, announce, teller: this.#teller };
    this.care = new MasterCare(() => this.#instance, ports, netlink, means);
    const names = [...interfacesOf(instance)];
    this.#watches = names.map((ifName) =>
      watchInterface(ports, netlink, ifName, {
        onChange: (state) => this.#look(ifName, state),
        onTrouble: (error) => {
          this.#teller.tell("trouble", error.message);
          if (this.#attachment.transport === undefined) this.#faults.raise("no-socket");
        },
      }),
    );
    try {
      for (const ifName of names) this.#look(ifName, readInterface(netlink, ifName));
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /**
   * Listens for one interval, taking part in nothing.
   * @returns somebody who uses our VRID for other addresses
   */
  survey(signal: AbortSignal): Promise<ForeignUse | undefined> {
    if (!this.#faults.isClear) return Promise.resolve(undefined); // nothing can be heard yet
    return this.#listener.survey(this.#instance.config.adverIntervalMs, signal);
  }

  /**
   * Takes part in the election; resolves at the end of the hand-over that `stop` begins.
   * @throws SystemError where addresses cannot be changed
   */
  async run(): Promise<void> {
    for (const text of this.#holdings.inherit()) this.#emit({ type: "notice", text });
    return new Promise((resolve) => {
      this.#onEnd = resolve;
      this.#driver.feed({ kind: "started" });
    });
  }

  /** Hands over politely. */
  stop(): void {
    this.#driver.feed({ kind: "stopped" });
  }

  /** As MASTER hands over and goes on as BACKUP; resolves when somebody took over or nobody did. */
  yield(withinMs?: number): Promise<void> {
    return new Promise((resolve) => {
      this.#onYield.push(resolve);
      const fact = { kind: "asked-to-yield" } as const;
      this.#driver.feed(withinMs === undefined ? fact : { ...fact, withinMs });
    });
  }

  /** Goes by other keys or another password from now on. */
  renew(secrets: VrrpSecrets): void {
    this.#instance = { ...this.#instance, ...secrets };
    this.#attachment.renew(this.#instance);
  }

  /** Takes part with another priority from now on, 1..254. */
  rerank(priority: number): void {
    const { config } = this.#instance;
    if (priority === config.priority) return;
    this.#instance = { ...this.#instance, config: { ...config, priority } };
    this.#attachment.renew(this.#instance);
    this.#driver.feed({ kind: "priority-changed", priority });
    this.#emit({ type: "priority", from: config.priority, to: priority });
  }

  /** As it is now. */
  get standing(): VrrpStanding {
    const { place } = this.#attachment;
    return {
      state: this.#machine.state,
      priority: this.#instance.config.priority,
      faults: [...this.#machine.faults],
      deadlineMs: this.#machine.deadlineMs,
      hmac: this.#instance.hmac,
      source: place?.source ?? null,
      present: this.#vips.present,
      counters: this.#machine.counters,
    };
  }

  /** Gives everything up in this very turn, and tells that as the end. */
  abandon(): void {
    this.close();
    const { state: from } = this.#machine;
    if (from !== "init") this.#report({ ...ABANDONED, from });
  }

  /** What might explain it. */
  get circumstances(): Circumstances {
    return this.ledger.circumstances(this.#losses.programs);
  }

  /** Without a farewell: whatever is still held is taken away, sockets are closed. */
  close(): void {
    this.#driver.stop();
    for (const watch of this.#watches) watch.close();
    this.care.close();
    this.#attachment.close();
    this.#vips.close();
    this.#teller.attempt(() => this.#holdings.release());
    this.#routing.close();
    this.#teller.attempt(() => this.#attachment.dismantle());
  }

  /** Faults go up before the sockets change and down after it: a farewell leaves by the old ones. */
  #look(ifName: string, state: InterfaceState): void {
    this.#seen.set(ifName, state);
    const { ifName: own, vmac } = this.#instance;
    const isOwn = ifName === own || ifName === vmac?.ifName;
    if (ifName === own) this.ledger.noteLink(state.link);
    const status = assessFor(this.#instance, this.#seen);
    const news = isOwn ? undefined : this.#vips.newsOf(ifName, state);
    if (news !== undefined) this.#teller.tell("notice", news.text);
    for (const fault of status.faults) this.#faults.raise(fault);
    this.#teller.attempt(() => this.#vips.moveTo(ifName, state));
    const replaced = isOwn
      ? this.#attach(ifName, status.source)
      : this.#vips.prepareAnnouncementsOn(ifName) || news?.isBack === true;
    this.#faults.keepOnly(isOwn ? status.faults : [...status.faults, "no-socket"]);
    if (this.#machine.faults.has("addresses-refused")) this.#driver.feed(INTERFACE_CHANGED);
    const loss = this.#losses.judge(this.#vips.missingOn(ifName), state, replaced);
    if (loss !== undefined) this.#driver.feed(loss);
    // A new MAC address must be announced like an address that was lost and put back.
    else if (replaced && this.#vips.isHeldOn(ifName)) this.#driver.feed({ kind: "addresses-lost" });
    this.#onLook(ifName, state);
    this.#takeCare();
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

  #perform(order: VrrpOrder): void {
    switch (order.kind) {
      case "hold-addresses":
        if (order.held) this.#hold();
        else this.#teller.attempt(() => this.#holdings.release());
        break;
      case "send-advert":
        this.#send((transport) => transport.sendAdvert(order.priority, order.checksum));
        break;
      case "announce":
        this.#teller.attempt(() => this.#vips.announce(order.times), !this.#faults.isClear);
        break;
      case "report-stall":
        this.#teller.tellStall(order.lateMs);
        break;
      case "report-restored":
        this.#losses.noteRestored(order.addresses);
        break;
      case "report-no-successor":
        this.#emit({ type: "notice", text: "nobody took over: stays MASTER" });
        this.#settleYield();
        break;
      case "report-transition":
        this.#report(order);
    }
  }

  #hold(): void {
    this.#losses.noteHeld();
    const reason = refusalOf(() => this.#holdings.hold());
    if (reason === undefined) return;
    this.#driver.dropOrders();
    this.#driver.feed({ kind: "addresses-refused", reason });
  }

  #report({ from, to, cause }: ReportTransition): void {
    this.#listener.forget();
    if (cause.kind === "addresses-taken") this.#losses.inquire();
    const { priority } = this.#instance.config;
    const { circumstances } = this;
    const event = { type: "transition", from, to, priority, cause, circumstances } as const;
    this.ledger.remember(event);
    this.#emit(event);
    this.#takeCare();
    if (from === "master") this.#settleYield();
    if (to === "init") this.#onEnd();
  }

  #takeCare(): void {
    this.care.follow(this.#machine.state === "master" ? this.#attachment.place : undefined);
  }

  #settleYield(): void {
    for (const settle of this.#onYield.splice(0)) settle();
  }

  /** In FAULT even the farewell may fail to leave, and why is told already. */
  #send(act: (transport: VrrpTransport) => void): void {
    const { transport } = this.#attachment;
    if (transport !== undefined) this.#teller.attempt(() => act(transport), !this.#faults.isClear);
  }
}

const INTERFACE_CHANGED = { kind: "interface-changed" } as const;
const ABANDONED = { kind: "report-transition", to: "init", cause: { kind: "stopped" } } as const;
