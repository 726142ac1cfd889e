/**
 * One virtual router at work: its state machine bound to its interface, its addresses and its
 * sockets. It follows the interface through loss, return and replacement without a restart.
 */
import { SystemError } from "../../core/errors.ts";
import { type Driver, drive } from "../../io/drive.ts";
import type { Clock, Closable, NetlinkSocket, Ports } from "../../io/ports.ts";
import type { ReportTransition, VrrpFact, VrrpFault, VrrpOrder } from "../../proto/vrrp/facts.ts";
import { VrrpMachine } from "../../proto/vrrp/machine.ts";
import type { ForeignUse } from "../../proto/vrrp/survey.ts";
import { FloodGuard } from "../flood-guard.ts";
import { Attachment } from "./attachment.ts";
import type { VrrpEvent } from "./events.ts";
import { HeldAddresses, lossNotice } from "./held-addresses.ts";
import { HeldRouting } from "./held-routing.ts";
import { allOf, type Holding } from "./holdings.ts";
import { isOwner, type VrrpInstance, type VrrpSecrets } from "./instance.ts";
import {
  assessFor,
  type InterfaceState,
  readInterface,
  watchInterface,
} from "./interface-watch.ts";
import { VrrpLedger } from "./ledger.ts";
import { AdvertListener } from "./listener.ts";
import type { VrrpStanding } from "./standing.ts";
import type { VrrpTransport } from "./transport.ts";

export class VrrpRouter implements Closable {
  readonly ledger: VrrpLedger;
  readonly #instance: VrrpInstance;
  readonly #clock: Clock;
  readonly #emit: (event: VrrpEvent) => void;
  readonly #machine: VrrpMachine;
  readonly #driver: Driver<VrrpFact>;
  readonly #held: HeldAddresses;
  readonly #routing: HeldRouting;
  readonly #holdings: Holding; // the addresses and all that goes with them
  readonly #guard: FloodGuard;
  readonly #listener: AdvertListener;
  readonly #attachment: Attachment;
  readonly #watch: Closable;
  readonly #faults = new Set<VrrpFault>();
  #seen: InterfaceState = { link: undefined, addresses: [] };
  #leasedMs = 0; // when the addresses got their lease
  #onEnd: () => void = () => {};
  #onYield: (() => void)[] = [];

  /** Opens everything and sends nothing yet. @throws SystemError, with nothing left open */
  constructor(
    instance: VrrpInstance,
    ports: Ports,
    netlink: NetlinkSocket,
    emit: (event: VrrpEvent) => void,
  ) {
    this.#instance = instance;
    this.#clock = ports.clock;
    this.#emit = emit;
    this.#guard = new FloodGuard(ports.clock);
    this.#listener = new AdvertListener(ports.clock, emit, (fact, receivedMs) =>
      this.#driver.feed(fact, receivedMs),
    );
    this.#attachment = new Attachment(ports, instance, this.#listener);
    const { vips, config, routing } = instance;
    this.#held = new HeldAddresses(netlink, vips, isOwner(instance), config.leaseS);
    this.#routing = new HeldRouting(ports, netlink, routing, (type, text) =>
      this.#tell(type, text),
    );
    this.#holdings = allOf([this.#held, this.#routing]);
    this.#machine = new VrrpMachine(config);
    this.ledger = new VrrpLedger(ports.clock);
    this.#driver = drive(
      this.#machine,
      ports.clock,
      (order) => this.#perform(order),
      this.ledger.note,
    );
    this.#watch = watchInterface(ports, netlink, instance.ifName, {
      onChange: (state) => this.#look(state),
      onTrouble: (error) => {
        this.#tell("trouble", error.message);
        if (this.#attachment.transport === undefined) this.#raise("no-socket");
      },
    });
    try {
      this.#look(readInterface(netlink, instance.ifName));
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
    if (this.#faults.size > 0) return Promise.resolve(undefined); // nothing can be heard yet
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
  yield(): Promise<void> {
    return new Promise((resolve) => {
      this.#onYield.push(resolve);
      this.#driver.feed({ kind: "asked-to-yield" });
    });
  }

  /** Goes by other keys or another password from now on. */
  renew(secrets: VrrpSecrets): void {
    this.#attachment.renew(secrets);
  }

  /** As it is now. */
  get standing(): VrrpStanding {
    return {
      state: this.#machine.state,
      source: this.#attachment.source,
      addresses: this.#seen.addresses.map(({ ip }) => ip),
      counters: this.#machine.counters,
    };
  }

  /** Gives everything up in this very turn, and tells that as the end. */
  abandon(): void {
    this.close();
    const { state: from } = this.#machine;
    if (from !== "init") this.#report({ ...ABANDONED, from });
  }

  /** Without a farewell: whatever is still held is taken away, sockets are closed. */
  close(): void {
    this.#driver.stop();
    this.#watch.close();
    this.#attachment.close();
    this.#attempt(() => this.#holdings.release());
    this.#routing.close();
  }

  /** Faults go up before the sockets change and down after it: a farewell leaves by the old ones. */
  #look(state: InterfaceState): void {
    this.#seen = state;
    const status = assessFor(this.#instance, state);
    for (const fault of status.faults) this.#raise(fault);
    this.#attempt(() => this.#held.moveTo(state.link?.ifIndex));
    const replaced = this.#attachment.moveTo(state.link, status.source);
    const isOver = (fault: VrrpFault): boolean =>
      fault === "no-socket" || !status.faults.includes(fault);
    for (const fault of this.#faults) if (isOver(fault)) this.#clear(fault);
    const lost = this.#held.isIncomplete(state);
    if (lost && !replaced)
      this.#tell("notice", lossNotice(this.#instance, this.#clock.nowMs() - this.#leasedMs));
    // A new MAC address must be announced like an address that was lost and put back.
    if (lost || (replaced && this.#held.holding)) this.#driver.feed({ kind: "addresses-lost" });
  }

  #raise(fault: VrrpFault): void {
    if (this.#faults.has(fault)) return;
    this.#faults.add(fault);
    this.#driver.feed({ kind: "fault-raised", fault });
  }

  #clear(fault: VrrpFault): void {
    this.#faults.delete(fault);
    this.#driver.feed({ kind: "fault-cleared", fault });
  }

  #perform(order: VrrpOrder): void {
    switch (order.kind) {
      case "hold-addresses":
        if (order.held) this.#leasedMs = this.#clock.nowMs();
        this.#attempt(() => (order.held ? this.#holdings.hold() : this.#holdings.release()));
        break;
      case "send-advert":
        this.#send((transport) => transport.sendAdvert(order.priority, order.checksum));
        break;
      case "announce":
        this.#send((transport) => transport.announce(order.times));
        break;
      case "report-stall": {
        const count = this.#guard.admit("stall");
        if (count > 0) this.#emit({ type: "stall", durationMs: order.lateMs, count });
        break;
      }
      case "report-no-successor":
        this.#emit({ type: "notice", text: "nobody took over: stays MASTER" });
        this.#settleYield();
        break;
      case "report-transition":
        this.#report(order);
    }
  }

  #report({ from, to, cause }: ReportTransition): void {
    this.#listener.forget();
    this.#emit({ type: "transition", from, to, priority: this.#instance.config.priority, cause });
    if (from === "master") this.#settleYield();
    if (to === "init") this.#onEnd();
  }

  #settleYield(): void {
    for (const settle of this.#onYield.splice(0)) settle();
  }

  /** In FAULT even the farewell may fail to leave, and why is told already. */
  #send(act: (transport: VrrpTransport) => void): void {
    const { transport } = this.#attachment;
    if (transport !== undefined) this.#attempt(() => act(transport), this.#faults.size > 0);
  }

  /** What the kernel refuses is told and lived with: the next advert tries anew. */
  #attempt(act: () => void, quietly = false): void {
    try {
      act();
    } catch (error) {
      if (!(error instanceof SystemError)) throw error;
      if (!quietly) this.#tell("trouble", error.message);
    }
  }

  #tell(type: "notice" | "trouble", text: string): void {
    const count = this.#guard.admit(text);
    const times = count === 1 ? "" : ` (${count} times)`;
    if (count > 0) this.#emit({ type, text: `${text}${times}` });
  }
}

const ABANDONED = { kind: "report-transition", to: "init", cause: { kind: "stopped" } } as const;
