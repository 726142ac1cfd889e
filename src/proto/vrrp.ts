/**
 * One virtual router: the state machine of RFC 9568 section 6.4 (version 3) and RFC 3768 section 6.4
 * (version 2), with FAULT for a router that cannot take part and a hand-over that leaves no gap.
 */
import type { VrrpChecksum } from "../core/wire/vrrp.ts";
import { type Machine, NEVER, type TimerExpired } from "./machine.ts";
import { AnnouncementSchedule } from "./vrrp-announcements.ts";
import type { VrrpConfig } from "./vrrp-config.ts";
import { type VrrpCounters, VrrpTally } from "./vrrp-counters.ts";
import type {
  AdvertReceived,
  VrrpCause,
  VrrpFact,
  VrrpFault,
  VrrpOrder,
  VrrpState,
} from "./vrrp-facts.ts";
import { handoverLimitMs, masterDownMs, nextBeatMs, skewMs } from "./vrrp-times.ts";

/** Has ended when, after `stopped`, its `state` is `init`. */
export class VrrpMachine implements Machine<VrrpFact, VrrpOrder> {
  readonly #config: VrrpConfig;
  readonly #tally = new VrrpTally();
  readonly #faults = new Set<VrrpFault>();
  readonly #announcements: AnnouncementSchedule;
  #phase: VrrpState | "handing-over" = "init";
  #timerMs = NEVER; // BACKUP: take over; MASTER: next advert; handing over: do not wait longer
  // What BACKUP knows of its master:
  #masterIntervalMs: number; // our own until a master was heard
  #checksum: VrrpChecksum = "pseudo-header";
  #silence: Silence = { sinceMs: 0, limitMs: 0, last: null };
  #expectation: VrrpCause | undefined; // why we shall take over, unless for silence
  #preemptFromMs: number | undefined; // until then a weaker master is let be
  // Of MASTER:
  #answerFromMs = 0;

  constructor(config: VrrpConfig) {
    this.#config = config;
    this.#announcements = new AnnouncementSchedule(config);
    this.#masterIntervalMs = config.adverIntervalMs;
  }

  /** As people see it: a router that hands over still is MASTER. */
  get state(): VrrpState {
    return this.#phase === "handing-over" ? "master" : this.#phase;
  }

  get counters(): VrrpCounters {
    return this.#tally.counters;
  }

  get deadlineMs(): number {
    return Math.min(this.#timerMs, this.#announcements.deadlineMs);
  }

  handle(fact: VrrpFact | TimerExpired, nowMs: number): VrrpOrder[] {
    this.#tally.countFact(fact);
    // Nothing but its counter: if junk moved a timer, junk could silence a master.
    if (fact.kind === "advert-rejected") return [];
    if (fact.kind === "fault-raised") this.#faults.add(fact.fault);
    if (fact.kind === "fault-cleared") this.#faults.delete(fact.fault);
    // The fact goes before the timers: an advert that was read late must not find us taking over.
    const orders = [...this.#react(fact, nowMs), ...this.#runTimers(nowMs)];
    for (const order of orders) this.#tally.countOrder(order);
    return orders;
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
        return this.#inHandOver(fact);
    }
  }

  /** RFC 9568 section 6.4.1. */
  #begin(cause: VrrpCause, nowMs: number): VrrpOrder[] {
    if (this.#faults.size > 0) return this.#fail();
    this.#masterIntervalMs = this.#config.adverIntervalMs;
    this.#checksum = "pseudo-header";
    if (this.#config.priority === OWNER) return this.#becomeMaster({ kind: "owner" }, nowMs);
    return this.#becomeBackup(cause, nowMs);
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
    if (fact.kind === "advert-received") this.#hear(fact, nowMs);
    return [];
  }

  #hear(advert: AdvertReceived, nowMs: number): void {
    const { source, priority } = advert;
    if (priority === RESIGNED) {
      this.#listen(skewMs(this.#config, this.#masterIntervalMs), source, nowMs);
      this.#expectation = { kind: "peer-resigned", source };
    } else if (priority < this.#config.priority && this.#overrules(nowMs)) {
      this.#expectation ??= { kind: "preempt", source, priority }; // our timer runs on
    } else {
      if (priority >= this.#config.priority) this.#preemptFromMs = undefined;
      this.#follow(advert, nowMs);
    }
  }

  /** Whether a weaker master is not to be followed, or no longer. */
  #overrules(nowMs: number): boolean {
    const { preempt, preemptDelayMs } = this.#config;
    this.#preemptFromMs ??= nowMs + preemptDelayMs;
    return preempt && nowMs >= this.#preemptFromMs;
  }

  #follow({ source, adverIntervalMs, checksum }: AdvertReceived, nowMs: number): void {
    this.#masterIntervalMs = adverIntervalMs;
    this.#checksum = checksum;
    this.#listen(masterDownMs(this.#config, adverIntervalMs), source, nowMs);
  }

  #listen(limitMs: number, last: string | null, nowMs: number): void {
    this.#silence = { sinceMs: nowMs, limitMs, last };
    this.#expectation = undefined;
    this.#timerMs = nowMs + limitMs;
  }

  /** RFC 9568 section 6.4.3. */
  #inMaster(fact: VrrpFact | TimerExpired, nowMs: number): VrrpOrder[] {
    switch (fact.kind) {
      case "stopped":
        // Departs from the RFC, which gives the addresses up at once: nobody would answer for them
        // until the next master is ready.
        this.#phase = "handing-over";
        this.#timerMs = nowMs + handoverLimitMs(this.#config);
        this.#announcements.stop();
        return [this.#advert(RESIGNED)];
      case "fault-raised":
        return [this.#advert(RESIGNED), ...this.#fail()];
      case "addresses-lost":
        return [{ kind: "hold-addresses", held: true }, ...this.#announcements.repeat(nowMs)];
      case "advert-received":
        return this.#meet(fact, nowMs);
      default:
        return [];
    }
  }

  /** Another router is MASTER too, or was. */
  #meet(advert: AdvertReceived, nowMs: number): VrrpOrder[] {
    const { source, priority, peerWinsTie } = advert;
    const { priority: ours, adverIntervalMs } = this.#config;
    if (priority > ours || (priority === ours && peerWinsTie)) {
      const kind = priority > ours ? "higher-priority" : "tie-lost";
      const orders = this.#becomeBackup({ kind, source, priority }, nowMs);
      this.#follow(advert, nowMs);
      return orders;
    }
    const announcements = this.#announcements.repeat(nowMs);
    // The RFC answers every advert. One answer in half an interval still answers each advert of a
    // peer with our interval, and a storm of them makes no storm of ours.
    if (nowMs < this.#answerFromMs) return announcements;
    this.#answerFromMs = nowMs + adverIntervalMs / 2;
    if (priority === RESIGNED) this.#timerMs = nowMs + adverIntervalMs;
    return [this.#advert(ours), ...announcements];
  }

  /** Answers for the addresses until the next master does. */
  #inHandOver(fact: VrrpFact | TimerExpired): VrrpOrder[] {
    if (fact.kind === "advert-received" && fact.priority !== RESIGNED) {
      return this.#withdraw("init", { kind: "released", to: fact.source });
    }
    const isCutShort = fact.kind === "stopped" || fact.kind === "fault-raised";
    return isCutShort ? this.#withdraw("init", { kind: "released", to: null }) : [];
  }

  #runTimers(nowMs: number): VrrpOrder[] {
    const announcements = this.#announcements.runTimers(nowMs);
    if (nowMs < this.#timerMs) return announcements;
    switch (this.#phase) {
      case "backup":
        return this.#takeOver(nowMs);
      case "master":
        return [...this.#beat(nowMs), ...announcements];
      case "handing-over":
        return this.#withdraw("init", { kind: "released", to: null });
      default:
        return [];
    }
  }

  #beat(nowMs: number): VrrpOrder[] {
    const { priority, adverIntervalMs } = this.#config;
    const lateMs = nowMs - this.#timerMs;
    this.#timerMs = nextBeatMs(this.#timerMs, adverIntervalMs, nowMs);
    // After so long a sleep a peer may have been master, and the LAN may believe that it still is.
    const repeated = lateMs >= 2 * adverIntervalMs ? this.#announcements.repeat(nowMs) : [];
    return [this.#advert(priority), ...repeated];
  }

  #takeOver(nowMs: number): VrrpOrder[] {
    const { sinceMs, limitMs, last } = this.#silence;
    const dueMs = sinceMs + limitMs;
    const intervalMs = this.#masterIntervalMs;
    if (this.#timerMs === dueMs && nowMs - dueMs >= intervalMs) {
      // Departs from the RFC, once: we did not run for so long that a master may live and we have
      // not heard it. Taking over now could only make two; the next advert will tell.
      this.#timerMs = nowMs + intervalMs + skewMs(this.#config, intervalMs);
      return [];
    }
    const timeout: VrrpCause = { kind: "advert-timeout", last, ageMs: nowMs - sinceMs, limitMs };
    return this.#becomeMaster(this.#expectation ?? timeout, nowMs);
  }

  #becomeMaster(cause: VrrpCause, nowMs: number): VrrpOrder[] {
    const { priority, adverIntervalMs } = this.#config;
    const report = this.#enter("master", cause);
    this.#timerMs = nowMs + adverIntervalMs;
    this.#answerFromMs = nowMs;
    return [
      { kind: "hold-addresses", held: true },
      this.#advert(priority),
      this.#announcements.start(nowMs),
      report,
    ];
  }

  #becomeBackup(cause: VrrpCause, nowMs: number): VrrpOrder[] {
    const orders = this.#withdraw("backup", cause);
    this.#preemptFromMs = undefined;
    this.#listen(masterDownMs(this.#config, this.#masterIntervalMs), null, nowMs);
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
    this.#timerMs = NEVER;
    this.#announcements.stop();
    return { kind: "report-transition", from, to, cause };
  }

  #advert(priority: number): VrrpOrder {
    return { kind: "send-advert", priority, checksum: this.#checksum };
  }
}

/** What a BACKUP has not heard, since when. */
interface Silence {
  readonly sinceMs: number;
  readonly limitMs: number;
  readonly last: string | null; // who was heard then
}

const OWNER = 255;
const RESIGNED = 0;
