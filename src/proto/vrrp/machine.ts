/**
 * One virtual router: the state machine of RFC 9568 section 6.4 (version 3) and RFC 3768 section 6.4
 * (version 2), with FAULT for a router that cannot take part and a hand-over that leaves no gap.
 */
import { type Machine, NEVER, type TimerExpired } from "../machine.ts";
import { AnnouncementSchedule } from "./announcements.ts";
import type { VrrpConfig } from "./config.ts";
import { type VrrpCounters, VrrpTally } from "./counters.ts";
import type {
  AdvertReceived,
  VrrpCause,
  VrrpFact,
  VrrpFault,
  VrrpOrder,
  VrrpState,
} from "./facts.ts";
import { LeaseSchedule } from "./lease-schedule.ts";
import { MasterWatch } from "./master-watch.ts";
import { OwnerRivalry } from "./owner-rivalry.ts";
import { handoverLimitMs, nextBeatMs } from "./times.ts";

/** Has ended when, after `stopped`, its `state` is `init`. */
export class VrrpMachine implements Machine<VrrpFact, VrrpOrder> {
  readonly #config: VrrpConfig;
  readonly #tally = new VrrpTally();
  readonly #faults = new Set<VrrpFault>();
  readonly #announcements: AnnouncementSchedule;
  readonly #lease: LeaseSchedule;
  #phase: VrrpState | "handing-over" = "init";
  #afterHandOver: "init" | "backup" = "init";
  readonly #watch: MasterWatch; // of BACKUP
  #delayedToMs: number | undefined; // the end of the startup delay, once started
  #beatMs = NEVER; // MASTER: next advert; handing over: do not wait longer
  #answerFromMs = 0; // of MASTER
  readonly #rivalry: OwnerRivalry; // of MASTER

  constructor(config: VrrpConfig) {
    this.#config = config;
    this.#announcements = new AnnouncementSchedule(config);
    this.#lease = new LeaseSchedule(config);
    this.#watch = new MasterWatch(config);
    this.#rivalry = new OwnerRivalry(config);
  }

  /** As people see it: a router that hands over still is MASTER. */
  get state(): VrrpState {
    return this.#phase === "handing-over" ? "master" : this.#phase;
  }

  get counters(): VrrpCounters {
    return this.#tally.counters;
  }

  get deadlineMs(): number {
    return Math.min(this.#timerMs, this.#announcements.deadlineMs, this.#lease.deadlineMs);
  }

  get #timerMs(): number {
    return this.#phase === "backup" ? this.#watch.deadlineMs : this.#beatMs;
  }

  handle(fact: VrrpFact | TimerExpired, nowMs: number): VrrpOrder[] {
    this.#tally.countFact(fact);
    // Nothing but its counter: if junk moved a timer, junk could silence a master.
    if (fact.kind === "advert-rejected") return [];
    if (fact.kind === "fault-raised") this.#faults.add(fact.fault);
    if (fact.kind === "fault-cleared") this.#faults.delete(fact.fault);
    const late = [...this.#stall(nowMs), ...this.#yieldAfterSleep(nowMs)];
    // The fact goes before the timers: an advert that was read late must not find us taking over.
    const orders = [...late, ...this.#react(fact, nowMs), ...this.#runTimers(nowMs)];
    for (const order of orders) this.#tally.countOrder(order);
    return orders;
  }

  /** That this process did not run when it should have. */
  #stall(nowMs: number): VrrpOrder[] {
    const lateMs = nowMs - this.#timerMs;
    return lateMs > this.#config.adverIntervalMs / 2 ? [{ kind: "report-stall", lateMs }] : [];
  }

  #react(fact: VrrpFact | TimerExpired, nowMs: number): VrrpOrder[] {
    switch (this.#phase) {
      case "init":
        return fact.kind === "started" ? this.#begin({ kind: "started" }, nowMs) : [];
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
    const { priority, startupDelayMs } = this.#config;
    this.#delayedToMs ??= nowMs + startupDelayMs;
    if (this.#faults.size > 0) return this.#fail();
    this.#watch.forget();
    this.#watch.holdOff(this.#delayedToMs);
    if (priority !== OWNER) return this.#becomeBackup(cause, nowMs);
    if (nowMs >= this.#delayedToMs) return this.#becomeMaster({ kind: "owner" }, nowMs);
    const orders = this.#withdraw("backup", cause);
    this.#watch.beginAsOwner(nowMs);
    return orders;
  }

  #inFault(fact: VrrpFact | TimerExpired, nowMs: number): VrrpOrder[] {
    if (fact.kind === "stopped") return this.#withdraw("init", { kind: "stopped" });
    if (fact.kind !== "fault-cleared" || this.#faults.size > 0) return [];
    return this.#begin({ kind: "fault-cleared" }, nowMs);
  }

  /** RFC 9568 section 6.4.2. */
  #inBackup(fact: VrrpFact | TimerExpired, nowMs: number): VrrpOrder[] {
    if (fact.kind === "stopped") return this.#withdraw("init", { kind: "stopped" });
    if (fact.kind === "fault-raised") return this.#fail();
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
        return this.#config.priority === OWNER ? [] : this.#handOver("backup", nowMs);
      case "fault-raised":
        return [this.#advert(RESIGNED), ...this.#fail()];
      case "addresses-lost":
        return [{ kind: "hold-addresses", held: true }, ...this.#announcements.repeat(nowMs)];
      case "advert-received":
        return this.#config.ownerIgnoresAdverts ? [] : this.#meet(fact, nowMs);
      default:
        return [];
    }
  }

  /** Another router is MASTER too, or was. */
  #meet(advert: AdvertReceived, nowMs: number): VrrpOrder[] {
    const { priority, peerWinsTie } = advert;
    const { priority: ours, adverIntervalMs, answersLower } = this.#config;
    if (priority > ours) return this.#yieldTo(advert, "higher-priority", nowMs);
    if (priority === ours && peerWinsTie) return this.#yieldTo(advert, "tie-lost", nowMs);
    if (priority === OWNER && this.#rivalry.isLost(advert, nowMs)) {
      return this.#yieldTo(advert, "owner-stays", nowMs);
    }
    const announcements = this.#announcements.repeat(nowMs);
    // RFC 9568 answers every advert, RFC 3768 only a resignation. One answer in half an interval
    // still answers each advert of a peer with our interval, and a storm of them makes none of ours.
    const isAnswered = answersLower || priority === RESIGNED;
    if (!isAnswered || nowMs < this.#answerFromMs) return announcements;
    this.#answerFromMs = nowMs + adverIntervalMs / 2;
    if (priority === RESIGNED) this.#beatMs = nowMs + adverIntervalMs;
    return [this.#advert(ours), ...this.#lease.followAdvert(nowMs), ...announcements];
  }

  #yieldTo(
    advert: AdvertReceived,
    kind: "higher-priority" | "tie-lost" | "owner-stays",
    nowMs: number,
  ): VrrpOrder[] {
    const { source, priority } = advert;
    const { advertisesOnYield, priority: ours } = this.#config;
    const last = advertisesOnYield ? [this.#advert(ours)] : [];
    const orders = this.#becomeBackup({ kind, source, priority }, nowMs);
    this.#watch.follow(advert, nowMs);
    return [...last, ...orders];
  }

  /** Departs from the RFC, which gives up at once: nobody would answer until the next is ready. */
  #handOver(to: "init" | "backup", nowMs: number): VrrpOrder[] {
    this.#phase = "handing-over";
    this.#afterHandOver = to;
    this.#beatMs = nowMs + handoverLimitMs(this.#config);
    this.#announcements.stop();
    return [this.#advert(RESIGNED), ...this.#lease.handOver(nowMs)];
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
    if (fact.kind === "stopped") this.#afterHandOver = "init";
    const isCutShort = ends && (fact.kind === "stopped" || fact.kind === "fault-raised");
    return isCutShort ? this.#withdraw("init", { kind: "released", to: null }) : [];
  }

  /** Nobody wanted the addresses: as if we had not asked. */
  #resume(nowMs: number): VrrpOrder[] {
    this.#phase = "master";
    this.#beatMs = nowMs + this.#config.adverIntervalMs;
    this.#lease.start(nowMs);
    return [
      { kind: "report-no-successor" },
      { kind: "hold-addresses", held: true },
      this.#advert(this.#config.priority),
      this.#announcements.start(nowMs),
    ];
  }

  #runTimers(nowMs: number): VrrpOrder[] {
    const announcements = this.#announcements.runTimers(nowMs);
    if (nowMs < this.#timerMs) return [...this.#lease.runTimers(nowMs), ...announcements];
    switch (this.#phase) {
      case "backup":
        return this.#takeOver(nowMs);
      case "master":
        return [...this.#beat(nowMs), ...announcements];
      case "handing-over":
        if (this.#afterHandOver === "backup") return this.#resume(nowMs);
        return this.#withdraw("init", { kind: "released", to: null });
      default:
        return [];
    }
  }

  #beat(nowMs: number): VrrpOrder[] {
    const { priority, adverIntervalMs } = this.#config;
    const lateMs = nowMs - this.#beatMs;
    this.#beatMs = nextBeatMs(this.#beatMs, adverIntervalMs, nowMs);
    // After so long a sleep a peer may have been master, and the LAN may believe that it still is.
    const repeated = lateMs >= 2 * adverIntervalMs ? this.#announcements.repeat(nowMs) : [];
    return [this.#advert(priority), ...this.#lease.followAdvert(nowMs), ...repeated];
  }

  /** Departs from the RFC: to go on could only make two masters. The next advert will tell. */
  #yieldAfterSleep(nowMs: number): VrrpOrder[] {
    const cause = this.#phase === "master" && this.#lease.overslept(nowMs);
    if (!cause || this.#config.priority === OWNER) return [];
    const orders = this.#becomeBackup(cause, nowMs);
    this.#watch.beginAwake(nowMs);
    return orders;
  }

  #takeOver(nowMs: number): VrrpOrder[] {
    const cause = this.#watch.expire(nowMs);
    return cause === undefined ? [] : this.#becomeMaster(cause, nowMs);
  }

  #becomeMaster(cause: VrrpCause, nowMs: number): VrrpOrder[] {
    const { priority, adverIntervalMs } = this.#config;
    const report = this.#enter("master", cause);
    this.#beatMs = nowMs + adverIntervalMs;
    this.#answerFromMs = nowMs;
    this.#lease.start(nowMs);
    return [
      { kind: "hold-addresses", held: true },
      this.#advert(priority),
      this.#announcements.start(nowMs),
      report,
    ];
  }

  #becomeBackup(cause: VrrpCause, nowMs: number): VrrpOrder[] {
    const orders = this.#withdraw("backup", cause);
    this.#watch.begin(nowMs);
    return orders;
  }

  #fail(): VrrpOrder[] {
    return this.#withdraw("fault", { kind: "fault", faults: [...this.#faults] });
  }

  /** Only MASTER holds addresses; from INIT this also removes what a run that died left behind. */
  #withdraw(to: "init" | "backup" | "fault", cause: VrrpCause): VrrpOrder[] {
    return [{ kind: "hold-addresses", held: false }, this.#enter(to, cause)];
  }

  #enter(to: VrrpState, cause: VrrpCause): VrrpOrder {
    const from = this.state;
    this.#phase = to;
    this.#beatMs = NEVER;
    this.#announcements.stop();
    this.#lease.stop();
    return { kind: "report-transition", from, to, cause };
  }

  #advert(priority: number): VrrpOrder {
    return { kind: "send-advert", priority, checksum: this.#watch.checksum };
  }
}

const OWNER = 255;
const RESIGNED = 0;
