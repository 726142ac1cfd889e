/**
 * One virtual router: the state machine of RFC 9568 section 6.4 (version 3) and RFC 3768 section 6.4
 * (version 2), with FAULT for a router that cannot take part and a hand-over that leaves no gap.
 */
import { joined, type Machine, type TimerExpired } from "../machine.ts";
import type { VrrpCompany, VrrpConfig, VrrpReconfiguration } from "./config.ts";
import { type VrrpCounters, VrrpTally } from "./counters.ts";
import type { AdvertReceived, VrrpCause, VrrpFact, VrrpOrder, VrrpState } from "./facts.ts";
import { FaultSet } from "./fault-set.ts";
import { LossLimit } from "./loss-limit.ts";
import { MasterWatch } from "./master-watch.ts";
import { Mastership } from "./mastership.ts";
import { Rivalry, type YieldKind } from "./rivalry.ts";
import { stallAt } from "./stall.ts";

/** Has ended when, after `stopped`, its `state` is `init`. */
export class VrrpMachine implements Machine<VrrpFact, VrrpOrder> {
  readonly #config: VrrpConfig;
  readonly #tally = new VrrpTally();
  readonly counters: VrrpCounters = this.#tally.counters;
  readonly #faults = new FaultSet();
  readonly faults = this.#faults.all;
  readonly #mastership: Mastership;
  #phase: VrrpState | "handing-over" = "init";
  #afterHandOver: "init" | "backup" = "init";
  readonly #watch: MasterWatch; // of BACKUP
  readonly #rivalry: Rivalry; // of MASTER
  readonly #losses: LossLimit; // of MASTER
  /** Of just now: where we came from, and what is to be done once we have the addresses. */
  #takeover: { readonly from: VrrpState; readonly orders: readonly VrrpOrder[] } | undefined;

  constructor(config: VrrpConfig, company: VrrpCompany = "alone") {
    this.#config = { ...config }; // one for all parts: a new priority is one to each of them
    this.#mastership = new Mastership(this.#config);
    this.#watch = new MasterWatch(this.#config, company);
    this.#rivalry = new Rivalry(this.#config);
    this.#losses = new LossLimit(this.#config);
  }

  /** As people see it: a router that hands over still is MASTER. */
  get state(): VrrpState {
    return this.#phase === "handing-over" ? "master" : this.#phase;
  }

  /** Of a sync group: would take over, and waits for `told-to-lead`. */
  get isReady(): boolean {
    return this.#phase === "backup" && this.#watch.readiness !== undefined;
  }

  get deadlineMs(): number {
    const timerMs = this.#timerMs;
    return this.state === "master" ? Math.min(timerMs, this.#mastership.deadlineMs) : timerMs;
  }

  get #timerMs(): number {
    if (this.#phase === "backup") return this.#watch.deadlineMs;
    return this.#phase === "fault" ? this.#faults.deadlineMs : this.#mastership.beatMs;
  }

  handle(fact: VrrpFact | TimerExpired, nowMs: number): VrrpOrder[] {
    this.#tally.countFact(fact);
    // Nothing but its counter: if junk moved a timer, junk could silence a master.
    if (fact.kind === "advert-rejected") return [];
    if (fact.kind !== "addresses-refused") this.#takeover = undefined;
    this.#faults.hear(fact);
    const late = joined(stallAt(this.#timerMs, nowMs, this.#config), this.#yieldAfterSleep(nowMs));
    // The fact goes before the timers: an advert that was read late must not find us taking over.
    const reaction = joined(late, this.#react(fact, nowMs));
    const orders = joined(reaction, this.#runTimers(nowMs));
    return this.#tally.countOrders(orders);
  }

  #react(fact: VrrpFact | TimerExpired, nowMs: number): VrrpOrder[] {
    const isIdle = this.#phase === "backup" || this.#phase === "fault";
    if (fact.kind === "stopped" && isIdle) return this.#withdraw("init", { kind: "stopped" });
    if (fact.kind === "reconfigured") return this.#reconfigure(fact, nowMs);
    if (fact.kind === "addresses-refused") return this.#giveUp(fact.reason, nowMs);
    switch (this.#phase) {
      case "init":
        if (fact.kind !== "started" && fact.kind !== "resumed") return [];
        return this.#begin({ kind: fact.kind }, nowMs);
      case "fault":
        return this.#inFault(fact, nowMs);
      case "backup":
        return this.#inBackup(fact, nowMs);
      case "master":
        return this.#inMaster(fact, nowMs);
      case "handing-over":
        return this.#inHandOver(fact, nowMs);
    }
  }

  /** RFC 9568 section 6.4.1. */
  #begin(cause: VrrpCause, nowMs: number): VrrpOrder[] {
    const isFree = this.#watch.reset(nowMs);
    if (this.faults.size > 0) return this.#fail();
    if (cause.kind === "resumed") return this.#takeOver(cause, nowMs);
    if (this.#config.priority !== OWNER) return this.#becomeBackup(cause, nowMs);
    if (isFree) return this.#takeOver({ kind: "owner" }, nowMs);
    const orders = this.#withdraw("backup", cause);
    this.#watch.beginAsOwner(nowMs);
    return orders;
  }

  #inFault(fact: VrrpFact | TimerExpired, nowMs: number): VrrpOrder[] {
    if (fact.kind !== "fault-cleared" || this.faults.size > 0) return [];
    return this.#begin({ kind: "fault-cleared" }, nowMs);
  }

  /** RFC 9568 section 6.4.2. */
  #inBackup(fact: VrrpFact | TimerExpired, nowMs: number): VrrpOrder[] {
    if (fact.kind === "fault-raised") return this.#fail();
    if (fact.kind === "told-to-lead") return this.#takeOver(this.#watch.readiness, nowMs);
    if (fact.kind === "advert-received" && !this.#config.ownerIgnoresAdverts) {
      this.#watch.hear(fact, nowMs);
    }
    return [];
  }

  /** RFC 9568 section 6.4.3. */
  #inMaster(fact: VrrpFact | TimerExpired, nowMs: number): VrrpOrder[] {
    switch (fact.kind) {
      case "stopped":
        return this.#handOver("init", nowMs);
      case "asked-to-yield":
        if (this.#config.priority === OWNER) return [];
        return this.#handOver("backup", nowMs, fact.withinMs);
      case "fault-raised":
        return [this.#advert(RESIGNED), ...this.#fail()];
      case "told-to-follow":
        return this.#becomeBackup({ kind: "sync-group" }, nowMs);
      case "addresses-taken":
        return this.#lose(fact.addresses, nowMs);
      case "addresses-lost":
        return this.#mastership.restore(nowMs);
      case "advert-received":
        return this.#config.ownerIgnoresAdverts ? [] : this.#meet(fact, nowMs);
      default:
        return [];
    }
  }

  /** Who takes the addresses again and again is let have them, for a peer can serve. */
  #lose(addresses: readonly string[], nowMs: number): VrrpOrder[] {
    const excess = this.#losses.count(addresses, nowMs);
    if (excess === undefined) {
      return [...this.#mastership.restore(nowMs), { kind: "report-restored", addresses }];
    }
    const cause: VrrpCause = { kind: "addresses-taken", ...excess };
    const farewell = this.#advert(RESIGNED);
    if (this.#config.onLoss === "release") {
      const orders = this.#becomeBackup(cause, nowMs);
      this.#watch.defer();
      return [farewell, ...orders];
    }
    this.#faults.find("addresses-taken", nowMs);
    return [farewell, ...this.#withdraw("fault", cause)];
  }

  /** Who has not told of its takeover yet goes as if there had been none. */
  #giveUp(reason: string, nowMs: number): VrrpOrder[] {
    if (this.state !== "master") return [];
    if (this.#phase !== "master" && this.#afterHandOver === "init")
      return this.#withdraw("init", UNWANTED);
    this.#faults.find("addresses-refused", nowMs);
    const cause: VrrpCause = { kind: "addresses-refused", reason };
    const farewell = this.#phase === "master" ? [this.#advert(RESIGNED)] : []; // else said already
    if (this.#takeover === undefined) return [...farewell, ...this.#withdraw("fault", cause)];
    const { from, orders } = this.#takeover;
    this.#tally.countOrders(orders, -1);
    this.#phase = from;
    const withdrawal = this.#withdraw("fault", cause);
    return from === "fault" ? withdrawal.slice(0, 1) : withdrawal; // told already
  }

  /** Another router is MASTER too, or was. */
  #meet(advert: AdvertReceived, nowMs: number): VrrpOrder[] {
    const kind = this.#rivalry.judge(advert, nowMs);
    if (kind !== undefined) return this.#yieldTo(advert, kind, nowMs);
    return this.#mastership.answer(advert, nowMs, this.#watch.checksum);
  }

  #yieldTo(advert: AdvertReceived, kind: YieldKind, nowMs: number): VrrpOrder[] {
    const { source, priority } = advert;
    const { advertisesOnYield, priority: ours } = this.#config;
    const last = advertisesOnYield ? [this.#advert(ours)] : [];
    const orders = this.#becomeBackup({ kind, source, priority }, nowMs);
    this.#watch.follow(advert, nowMs);
    return [...last, ...orders];
  }

  /** Departs from the RFC, which gives up at once: nobody would answer until the next is ready. */
  #handOver(to: "init" | "backup", nowMs: number, withinMs?: number): VrrpOrder[] {
    this.#phase = "handing-over";
    this.#afterHandOver = to;
    return this.#mastership.resign(nowMs, this.#watch.checksum, withinMs);
  }

  /** Answers for the addresses until the next master does. */
  #inHandOver(fact: VrrpFact | TimerExpired, nowMs: number): VrrpOrder[] {
    const ends = this.#afterHandOver === "init";
    if (fact.kind === "advert-received" && fact.priority !== RESIGNED) {
      const cause: VrrpCause = { kind: "released", to: fact.source };
      if (ends) return this.#withdraw("init", cause);
      const orders = this.#becomeBackup(cause, nowMs);
      this.#watch.defer();
      this.#watch.follow(fact, nowMs);
      return orders;
    }
    if (fact.kind === "fault-raised" && !ends) return this.#fail();
    const isLoss = fact.kind === "addresses-lost" || fact.kind === "addresses-taken";
    if (isLoss && this.#config.onLoss === "restore")
      return [{ kind: "hold-addresses", held: true }];
    if (fact.kind === "stopped") this.#afterHandOver = "init";
    const isCutShort = ends && (fact.kind === "stopped" || fact.kind === "fault-raised");
    return isCutShort ? this.#withdraw("init", UNWANTED) : [];
  }

  /** Nobody wanted the addresses: as if we had not asked. */
  #resume(nowMs: number): VrrpOrder[] {
    this.#phase = "master";
    const orders = this.#mastership.begin(nowMs, this.#watch.checksum);
    return [{ kind: "report-no-successor" }, ...orders];
  }

  #runTimers(nowMs: number): VrrpOrder[] {
    const others = this.state === "master" ? this.#mastership.runTimers(nowMs) : [];
    if (nowMs < this.#timerMs) return others;
    switch (this.#phase) {
      case "fault":
        return this.#faults.runTimers(nowMs) ? this.#begin({ kind: "fault-cleared" }, nowMs) : [];
      case "backup":
        return this.#takeOver(this.#watch.expire(nowMs), nowMs);
      case "master":
        return joined(this.#mastership.beat(nowMs, this.#watch.checksum), others);
      case "handing-over":
        if (this.#afterHandOver === "backup") return this.#resume(nowMs);
        return this.#withdraw("init", UNWANTED);
      default:
        return [];
    }
  }

  /** Departs from the RFC: to go on could only make two masters. The next advert will tell. */
  #yieldAfterSleep(nowMs: number): VrrpOrder[] {
    const cause = this.#phase === "master" && this.#mastership.overslept(nowMs);
    if (!cause || this.#config.priority === OWNER) return [];
    const orders = this.#becomeBackup(cause, nowMs);
    this.#watch.beginAwake(nowMs);
    return orders;
  }

  /** The election follows from what is said and heard next. */
  #reconfigure({ config, company }: VrrpReconfiguration, nowMs: number): VrrpOrder[] {
    const former = { ...this.#config };
    Object.assign(this.#config, config);
    this.#watch.reconfigure(former.priority, company, nowMs);
    if (this.#phase !== "master") return [];
    return this.#mastership.reconfigure(former, nowMs, this.#watch.checksum);
  }

  #takeOver(cause: VrrpCause | undefined, nowMs: number): VrrpOrder[] {
    if (cause === undefined) return [];
    const from = this.state;
    const report = this.#enter("master", cause);
    const orders = [...this.#mastership.begin(nowMs, this.#watch.checksum), report];
    this.#takeover = { from, orders: orders.slice(1) };
    return orders;
  }

  #becomeBackup(cause: VrrpCause, nowMs: number): VrrpOrder[] {
    const orders = this.#withdraw("backup", cause);
    this.#watch.begin(nowMs);
    return orders;
  }

  #fail(): VrrpOrder[] {
    return this.#withdraw("fault", { kind: "fault", faults: [...this.faults] });
  }

  /** Only MASTER holds addresses; from INIT this also removes what a run that died left behind. */
  #withdraw(to: "init" | "backup" | "fault", cause: VrrpCause): VrrpOrder[] {
    return [{ kind: "hold-addresses", held: false }, this.#enter(to, cause)];
  }

  #enter(to: VrrpState, cause: VrrpCause): VrrpOrder {
    const from = this.state;
    this.#phase = to;
    this.#mastership.end();
    return { kind: "report-transition", from, to, cause };
  }

  #advert(priority: number): VrrpOrder {
    return { kind: "send-advert", priority, checksum: this.#watch.checksum };
  }
}

const UNWANTED = { kind: "released", to: null } as const;
const [OWNER, RESIGNED] = [255, 0];
