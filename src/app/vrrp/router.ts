/**
 * One virtual router at work: its state machine bound to its interface, its addresses and its
 * sockets. It follows the interface through loss, return and replacement without a restart.
 */
import { formatIp, formatMac, type IpBytes } from "../../core/addr.ts";
import { SystemError } from "../../core/errors.ts";
import type { Link } from "../../core/netlink/rtnl-link.ts";
import { type Driver, drive } from "../../io/drive.ts";
import type { Closable, NetlinkSocket, Ports, ReceivedDatagram } from "../../io/ports.ts";
import type { ReportTransition, VrrpFact, VrrpFault, VrrpOrder } from "../../proto/vrrp/facts.ts";
import { HmacSigner, HmacVerifier } from "../../proto/vrrp/hmac.ts";
import { VrrpMachine } from "../../proto/vrrp/machine.ts";
import { type AdvertStandard, judgeAdvert } from "../../proto/vrrp/receive.ts";
import { type ForeignUse, foreignUse } from "../../proto/vrrp/survey.ts";
import { FloodGuard } from "../flood-guard.ts";
import { ADDRESS_LIST_DIFFERS, type VrrpEvent } from "./events.ts";
import { HeldAddresses, lossNotice } from "./held-addresses.ts";
import { isOwner, type VrrpInstance } from "./instance.ts";
import {
  assessFor,
  type InterfaceState,
  readInterface,
  watchInterface,
} from "./interface-watch.ts";
import { VrrpLedger } from "./ledger.ts";
import { RejectionTeller } from "./rejection-teller.ts";
import type { VrrpStanding } from "./standing.ts";
import { openVrrpTransport, type VrrpTransport } from "./transport.ts";

export class VrrpRouter implements Closable {
  readonly ledger: VrrpLedger;
  readonly #instance: VrrpInstance;
  readonly #ports: Ports;
  readonly #emit: (event: VrrpEvent) => void;
  readonly #machine: VrrpMachine;
  readonly #driver: Driver<VrrpFact>;
  readonly #held: HeldAddresses;
  readonly #guard: FloodGuard;
  readonly #rejections: RejectionTeller;
  readonly #watch: Closable;
  readonly #verifier: HmacVerifier | null;
  readonly #signer: HmacSigner | undefined;
  readonly #faults = new Set<VrrpFault>();
  #attachment: Attachment | undefined;
  #seen: InterfaceState = { link: undefined, addresses: [] };
  #leasedMs = 0; // when the addresses got their lease
  #surveyor: ((found: ForeignUse) => void) | undefined;
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
    this.#ports = ports;
    this.#emit = emit;
    this.#guard = new FloodGuard(ports.clock);
    this.#rejections = new RejectionTeller(ports.clock, emit);
    const { hmac } = instance;
    this.#verifier = hmac && new HmacVerifier(hmac);
    this.#signer = hmac === null || hmac.mode === "receive-only" ? undefined : new HmacSigner(hmac);
    const { vips, config } = instance;
    this.#held = new HeldAddresses(netlink, vips, isOwner(instance), config.leaseS);
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
        if (this.#attachment === undefined) this.#raise("no-socket");
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
    const { clock } = this.#ports;
    if (this.#faults.size > 0) return Promise.resolve(undefined); // nothing can be heard yet
    return new Promise((resolve) => {
      const end = (found: ForeignUse | undefined): void => {
        cancel();
        this.#surveyor = undefined;
        signal.removeEventListener("abort", onAbort);
        resolve(found);
      };
      const onAbort = (): void => end(undefined);
      const cancel = clock.at(clock.nowMs() + this.#instance.config.adverIntervalMs, onAbort);
      this.#surveyor = end;
      signal.addEventListener("abort", onAbort, { once: true });
    });
  }

  /**
   * Takes part in the election; resolves at the end of the hand-over that `stop` begins.
   * @throws SystemError where addresses cannot be changed
   */
  async run(): Promise<void> {
    for (const text of this.#held.inherit()) this.#emit({ type: "notice", text });
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

  /** As it is now. */
  get standing(): VrrpStanding {
    return {
      state: this.#machine.state,
      source: this.#attachment?.source ?? null,
      addresses: this.#seen.addresses.map(({ ip }) => ip),
      counters: this.#machine.counters,
    };
  }

  /** Without a farewell: whatever is still held is taken away, sockets are closed. */
  close(): void {
    this.#driver.stop();
    this.#watch.close();
    this.#attachment?.transport.close();
    this.#attachment = undefined;
    this.#attempt(() => this.#held.release());
  }

  /** Faults go up before the sockets change and down after it: a farewell leaves by the old ones. */
  #look(state: InterfaceState): void {
    this.#seen = state;
    const status = assessFor(this.#instance, state);
    for (const fault of status.faults) this.#raise(fault);
    const replaced = this.#attach(state.link, status.source);
    const isOver = (fault: VrrpFault): boolean =>
      fault === "no-socket" || !status.faults.includes(fault);
    for (const fault of this.#faults) if (isOver(fault)) this.#clear(fault);
    const lost = this.#held.isIncomplete(state);
    if (lost && !replaced)
      this.#tell("notice", lossNotice(this.#instance, this.#ports.clock.nowMs() - this.#leasedMs));
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

  /**
   * Opens the sockets anew when the interface, its MAC or our source address is another one.
   * @returns whether it did. @throws SystemError, with no sockets then
   */
  #attach(link: Link | undefined, source: IpBytes | null): boolean {
    const key = link && source ? `${link.ifIndex} ${formatMac(link.mac)} ${formatIp(source)}` : "";
    this.#attempt(() => this.#held.moveTo(link?.ifIndex));
    if (key === (this.#attachment?.key ?? "")) return false;
    this.#attachment?.transport.close();
    this.#attachment = undefined;
    if (link === undefined || source === null) return false;
    const { config, vips, authPass, reach } = this.#instance;
    const addresses = vips.map((vip) => vip.ip);
    // Made once: an object spread anew for every advert costs V8 memory that it is slow to give back.
    const standard: AdvertStandard = {
      ...config,
      source,
      addresses,
      authPass,
      reach,
      hmac: this.#verifier,
    };
    const transport = openVrrpTransport(
      this.#ports,
      this.#instance,
      link,
      source,
      (datagram) => this.#hear(datagram, standard),
      this.#signer,
    );
    this.#attachment = { key, source, transport };
    return true;
  }

  #hear(datagram: ReceivedDatagram, standard: AdvertStandard): void {
    if (this.#surveyor !== undefined) {
      const foreign = foreignUse(datagram, standard);
      if (foreign !== undefined) this.#surveyor(foreign);
      return;
    }
    const fact = judgeAdvert(datagram, standard, this.#ports.clock.wallMs());
    if (fact === undefined) return;
    const { source } = fact;
    if (fact.kind === "advert-rejected") {
      this.#rejections.tell(fact.reason, source, fact.disagreement);
    } else if (fact.addressesDiffer) {
      this.#rejections.tell(ADDRESS_LIST_DIFFERS, source);
    }
    this.#driver.feed(fact, datagram.receivedMs);
  }

  #perform(order: VrrpOrder): void {
    switch (order.kind) {
      case "hold-addresses":
        if (order.held) this.#leasedMs = this.#ports.clock.nowMs();
        this.#attempt(() => (order.held ? this.#held.hold() : this.#held.release()));
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
    this.#rejections.forget();
    this.#emit({ type: "transition", from, to, priority: this.#instance.config.priority, cause });
    if (from === "master") this.#settleYield();
    if (to === "init") this.#onEnd();
  }

  #settleYield(): void {
    for (const settle of this.#onYield.splice(0)) settle();
  }

  /** In FAULT even the farewell may fail to leave, and why is told already. */
  #send(act: (transport: VrrpTransport) => void): void {
    const transport = this.#attachment?.transport;
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

interface Attachment {
  readonly key: string; // changes with whatever the sockets depend on
  readonly source: IpBytes;
  readonly transport: VrrpTransport;
}
