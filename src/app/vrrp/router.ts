/** One virtual router at work: its state machine bound to what it stands on, and what it tells. */
import { type Driver, drive } from "../../io/drive.ts";
import type { Closable, NetlinkSocket, Ports } from "../../io/ports.ts";
import type { VrrpCompany } from "../../proto/vrrp/config.ts";
import type {
  AdvertReceived,
  ReportTransition,
  VrrpFact,
  VrrpOrder,
  VrrpState,
} from "../../proto/vrrp/facts.ts";
import { VrrpMachine } from "../../proto/vrrp/machine.ts";
import type { ForeignUse } from "../../proto/vrrp/survey.ts";
import { amendmentOf } from "./amendment.ts";
import type { Circumstances, VrrpEvent } from "./events.ts";
import type { Footing } from "./footing.ts";
import { Ground } from "./ground.ts";
import { refusalOf } from "./holdings.ts";
import type { VrrpInstance, VrrpSecrets } from "./instance.ts";
import type { InterfaceState } from "./interface-watch.ts";
import { Interfaces } from "./interfaces.ts";
import { VrrpLedger } from "./ledger.ts";
import { AdvertListener } from "./listener.ts";
import { LossInquiry } from "./loss-inquiry.ts";
import { MasterCare } from "./master-care.ts";
import type { AddressLease, OutsideFact, RouterWitness } from "./router-witness.ts";
import { standingOf, type VrrpStanding } from "./standing.ts";
import { Teller } from "./teller.ts";

export class VrrpRouter implements Closable {
  readonly ledger: VrrpLedger;
  readonly care: MasterCare;
  readonly losses: LossInquiry;
  #instance: VrrpInstance; // with the priority and the secrets of now
  readonly #emit: (event: VrrpEvent) => void;
  readonly #machine: VrrpMachine;
  readonly #driver: Driver<VrrpFact>;
  readonly #ground: Ground;
  readonly #teller: Teller;
  readonly #listener: AdvertListener;
  #isLeaving: boolean = false; // as MASTER, until somebody takes over or nobody does
  readonly #wasMaster: boolean;
  #onEnd: () => void = () => {};
  #onYield: (() => void)[] = [];

  /** Sends nothing yet. @throws SystemError, with nothing left open */
  constructor(
    instance: VrrpInstance,
    ports: Ports,
    netlink: NetlinkSocket,
    {
      emit,
      onLook = () => {},
      onTold = () => {},
      onLower = () => {},
      company = "alone",
      interfaces = new Interfaces(ports, netlink),
      wasMaster = false,
    }: RouterWitness,
  ) {
    this.#wasMaster = wasMaster;
    this.#instance = instance;
    this.#emit = emit;
    const { clock } = ports;
    this.#teller = new Teller(clock, emit);
    this.#machine = new VrrpMachine(instance.config, company);
    this.ledger = new VrrpLedger(clock);
    this.#driver = drive(
      this.#machine,
      clock,
      (order) => this.#perform(order),
      (nowMs, fact, orders) => {
        this.ledger.note(nowMs, fact, orders, this.#machine.deadlineMs);
        onTold();
        if (fact.kind === "advert-received" && this.#outranks(fact, orders)) onLower();
      },
    );
    const { feed } = this.#driver;
    this.#listener = new AdvertListener(clock, emit, feed, () => this.#instance.comparesAlways);
    this.losses = new LossInquiry(() => this.#instance, ports, this.#teller.tell);
    const [teller, listener, losses] = [this.#teller, this.#listener, this.losses];
    const parts = { listener, teller, losses };
    const handlers = {
      feed,
      onState: (ifName: string, state: InterfaceState) => {
        if (ifName === this.#instance.ifName) this.ledger.noteLink(state.link);
        onLook(ifName, state);
      },
      onSettled: () => {
        if (this.#machine.faults.has("addresses-refused")) feed({ kind: "interface-changed" });
        this.#takeCare();
      },
    };
    this.#ground = new Ground(instance, { ports, netlink, interfaces }, parts, handlers, wasMaster);
    const means = { emit, announce: () => this.#footing.announce(1), teller };
    this.care = new MasterCare(() => this.#instance, ports, netlink, means);
    this.#ground.open();
  }

  /**
   * Listens for one interval, taking part in nothing.
   * @returns somebody who uses our VRID for other addresses
   */
  survey(signal: AbortSignal): Promise<ForeignUse | undefined> {
    if (!this.#footing.isSound) return Promise.resolve(undefined); // nothing can be heard yet
    return this.#listener.survey(this.#instance.config.adverIntervalMs, signal);
  }

  /**
   * Takes part in the election; resolves at the end of the hand-over that `stop` begins.
   * @throws SystemError where addresses cannot be changed
   */
  async run(): Promise<void> {
    const resumes = this.#wasMaster && this.#machine.faults.size === 0;
    if (!resumes) {
      for (const text of this.#footing.holdings.inherit()) this.#emit({ type: "notice", text });
    }
    return new Promise((resolve) => {
      this.#onEnd = resolve;
      this.#driver.feed({ kind: resumes ? "resumed" : "started" });
    });
  }

  /** What decides beside its own footing: trackers, and the other members of its sync group. */
  tell(fact: OutsideFact): void {
    this.#driver.feed(fact);
  }

  /** Hands over politely. */
  stop(): void {
    this.#leave();
    this.#driver.feed({ kind: "stopped" });
  }

  /** As MASTER hands over and goes on as BACKUP; resolves when somebody took over or nobody did. */
  yield(withinMs?: number): Promise<void> {
    return new Promise((resolve) => {
      this.#onYield.push(resolve);
      this.#leave();
      const fact = { kind: "asked-to-yield" } as const;
      this.#driver.feed(withinMs === undefined ? fact : { ...fact, withinMs });
    });
  }

  /** Goes by other keys or another password from now on. */
  renew(secrets: VrrpSecrets): void {
    this.#instance = { ...this.#instance, ...secrets };
    this.#footing.renew(this.#instance);
  }

  /** Takes part with another priority from now on, 1..254. */
  rerank(priority: number): void {
    const { config } = this.#instance;
    if (priority !== config.priority)
      this.amend({ ...this.#instance, config: { ...config, priority } });
  }

  /**
   * Is another one from now on, and goes on in its state without a pause. Never to be called where that
   * needs a restart.
   * @throws SystemError, and it goes on as it was
   */
  amend(next: VrrpInstance, company?: VrrpCompany): void {
    const [former, { config }] = [this.#instance, next];
    const from = former.config.priority;
    if (amendmentOf(former, next) === "renewal") this.#footing.renew(next);
    else {
      this.#ground.replace(next, () => {
        this.#hold();
        this.#footing.announce(config.garpRepeat);
      });
    }
    this.#instance = next;
    this.#takeCare();
    this.#driver.feed({ kind: "reconfigured", config, company });
    if (from !== config.priority) this.#emit({ type: "priority", from, to: config.priority });
  }

  get state(): VrrpState {
    return this.#machine.state;
  }

  /** Of a sync group: would take over, and waits for `told-to-lead`. */
  get isReady(): boolean {
    return this.#machine.isReady;
  }

  /** By a fault of its own. */
  get isFaulty(): boolean {
    return [...this.#machine.faults].some((fault) => fault !== "sync-group");
  }

  /** As it is now. */
  get standing(): VrrpStanding {
    return standingOf(this.#machine, this.#instance, this.#footing);
  }

  /** Its addresses that the kernel takes away where it does not renew them, and when it did. */
  get lease(): AddressLease {
    return { addresses: this.#footing.leased, renewedMs: this.losses.heldMs };
  }

  /** Gives everything up in this very turn, and tells that as the end. */
  abandon(): void {
    this.close();
    const { state: from } = this.#machine;
    if (from !== "init") this.#report({ ...ABANDONED, from });
  }

  /** What might explain it. */
  get circumstances(): Circumstances {
    return this.ledger.circumstances(this.losses.programs);
  }

  /** Without a farewell: whatever is still held is taken away, sockets are closed. */
  close(): void {
    this.#driver.stop();
    this.care.close();
    this.#ground.close();
  }

  get #footing(): Footing {
    return this.#ground.footing;
  }

  #perform(order: VrrpOrder): void {
    switch (order.kind) {
      case "hold-addresses":
        if (order.held) this.#hold();
        else this.#teller.attempt(() => this.#footing.holdings.release());
        break;
      case "send-advert":
        this.#footing.send((transport) => transport.sendAdvert(order.priority, order.checksum));
        break;
      case "announce":
        this.#footing.announce(order.times, order.extra ? this.#instance.extraGarpOn : undefined);
        break;
      case "report-stall":
        this.#teller.tellStall(order.lateMs);
        break;
      case "report-restored":
        this.losses.noteRestored(order.addresses);
        break;
      case "report-no-successor":
        this.#emit({ type: "notice", text: "nobody took over: stays MASTER" });
        this.#isLeaving = false;
        this.#takeCare();
        this.#settleYield();
        break;
      case "report-transition":
        this.#report(order);
    }
  }

  /** It does not resign: priority 0 does. Who becomes MASTER by it was none when it came. */
  #outranks({ priority }: AdvertReceived, orders: readonly VrrpOrder[]): boolean {
    if (orders.some(({ kind }) => kind === "report-transition") || priority === 0) return false;
    return this.#machine.state === "master" && priority < this.#instance.config.priority;
  }

  #hold(): void {
    this.losses.noteHeld(); // before, for it is at least as long as that
    const reason = refusalOf(() => this.#footing.holdings.hold());
    if (reason === undefined) return;
    this.#driver.dropOrders();
    this.#driver.feed({ kind: "addresses-refused", reason });
  }

  #report({ from, to, cause }: ReportTransition): void {
    this.#listener.forget();
    this.#isLeaving = false;
    if (cause.kind === "addresses-taken") this.losses.inquire();
    const { priority } = this.#instance.config;
    const { circumstances } = this;
    const event = { type: "transition", from, to, priority, cause, circumstances } as const;
    this.ledger.remember(event);
    this.#emit(event);
    this.#takeCare();
    if (from === "master") this.#settleYield();
    if (to === "init") this.#onEnd();
  }

  /** The next master announces itself, and its announcements may be heard before its advert. */
  #leave(): void {
    this.#isLeaving = this.#machine.state === "master";
    this.#takeCare();
  }

  #takeCare(): void {
    const isMaster = this.#machine.state === "master" && !this.#isLeaving;
    this.care.follow(isMaster ? this.#footing.place : undefined);
  }

  #settleYield(): void {
    for (const settle of this.#onYield.splice(0)) settle();
  }
}

const ABANDONED = { kind: "report-transition", to: "init", cause: { kind: "stopped" } } as const;
