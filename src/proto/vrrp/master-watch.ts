/**
 * What a BACKUP knows of its master, and how long it waits for the next advert: RFC 9568 section
 * 6.4.2 (version 3), RFC 3768 section 6.4.2 (version 2).
 */
import type { VrrpChecksum } from "../../core/wire/vrrp.ts";
import { NEVER } from "../machine.ts";
import type { VrrpCompany, VrrpConfig } from "./config.ts";
import type { AdvertReceived, VrrpCause } from "./facts.ts";
import { masterDownMs, skewMs } from "./times.ts";

export class MasterWatch {
  readonly #config: VrrpConfig;
  #company: VrrpCompany;
  #deadlineMs = NEVER;
  #masterIntervalMs: number; // our own until a master was heard
  #checksum: VrrpChecksum;
  #sinceMs = -NEVER; // when the silence began
  #limitMs = NEVER; // how long it may last
  #last: string | null = null; // who was heard before it
  #expectation: VrrpCause | undefined; // why we shall take over, unless for silence
  #preemptFromMs: number | undefined; // until then a weaker master is let be
  #defers = false; // to a weaker master too
  #notBeforeMs: number | undefined; // the end of the startup delay: no wait begins sooner
  #readiness: VrrpCause | undefined;
  #graces = 0; // since the wait began
  #looked = false; // for a last advert, at the end of the wait

  constructor(config: VrrpConfig, company: VrrpCompany = "alone") {
    this.#config = config;
    this.#company = company;
    this.#masterIntervalMs = config.adverIntervalMs;
    this.#checksum = config.checksum;
  }

  /** When to take over. */
  get deadlineMs(): number {
    return this.#deadlineMs;
  }

  /** Why to take over as soon as one may; undefined while waiting. */
  get readiness(): VrrpCause | undefined {
    return this.#readiness;
  }

  /** The flavour that the master was heard to use. */
  get checksum(): VrrpChecksum {
    return this.#checksum;
  }

  /**
   * Nothing that was learned holds any more. The first time the startup delay begins.
   * @returns whether nobody need be waited for or asked
   */
  reset(nowMs: number): boolean {
    this.#masterIntervalMs = this.#config.adverIntervalMs;
    this.#checksum = this.#config.checksum;
    this.#notBeforeMs ??= nowMs + this.#config.startupDelayMs;
    return nowMs >= this.#notBeforeMs && this.#company === "alone";
  }

  /** Begins to wait for any master at all. */
  begin(nowMs: number): void {
    this.#preemptFromMs = undefined;
    this.#defers = false;
    this.#listen(masterDownMs(this.#config, this.#masterIntervalMs), null, nowMs);
  }

  /** Leaves the master in place however weak it is, until it is silent or resigns. */
  defer(): void {
    this.#defers = true;
  }

  /** Begins to wait for a master that is there already: one interval will tell. */
  beginAwake(nowMs: number): void {
    const intervalMs = this.#config.adverIntervalMs;
    this.#listen(intervalMs + skewMs(this.#config, intervalMs), null, nowMs);
  }

  /** Waits for nobody: we are to take over when the startup delay is over. */
  beginAsOwner(nowMs: number): void {
    this.#preemptFromMs = undefined;
    this.#listen(0, null, nowMs);
    this.#expectation = { kind: "owner" };
  }

  /**
   * The head start of another priority counts from when the wait began. Who waited for its sync group to
   * lead, and has none any more, takes over.
   */
  reconfigure(formerPriority: number, company: VrrpCompany | undefined, nowMs: number): void {
    const former = { ...this.#config, priority: formerPriority };
    const intervalMs = this.#masterIntervalMs;
    const longerMs = skewMs(this.#config, intervalMs) - skewMs(former, intervalMs);
    this.#limitMs += longerMs;
    const dueMs = Math.min(nowMs, this.#deadlineMs); // what was late stays as late as it was
    this.#deadlineMs = Math.max(dueMs, this.#deadlineMs + longerMs);
    this.#company = company ?? this.#company;
    if (this.#company === "alone" && this.#readiness !== undefined) this.#deadlineMs = nowMs;
  }

  hear(advert: AdvertReceived, nowMs: number): void {
    const { source, priority } = advert;
    if (priority === RESIGNED) {
      this.#listen(skewMs(this.#config, this.#masterIntervalMs), source, nowMs);
      this.#expectation = { kind: "peer-resigned", source };
    } else if (priority < this.#config.priority && this.#overrules(nowMs)) {
      this.#expectation ??= { kind: "preempt", source, priority }; // our timer runs on
    } else {
      if (priority >= this.#config.priority) this.#preemptFromMs = undefined;
      this.follow(advert, nowMs);
    }
  }

  /** Takes the sender for the master. */
  follow({ source, adverIntervalMs, checksum }: AdvertReceived, nowMs: number): void {
    this.#masterIntervalMs = adverIntervalMs;
    this.#checksum = checksum;
    this.#listen(masterDownMs(this.#config, adverIntervalMs), source, nowMs);
  }

  /**
   * To be called at the deadline or after it.
   * @returns why to take over, or undefined when there is a new deadline first, or others decide
   */
  expire(nowMs: number): VrrpCause | undefined {
    const lateMs = nowMs - this.#deadlineMs;
    const intervalMs = this.#masterIntervalMs;
    if (lateMs > intervalMs / 2 && this.#graces < MOST_GRACES) {
      // Departs from the RFC: we did not run for so long that a master may live unheard, and taking
      // over could only make two. Not for ever: where everybody is late, somebody must be master.
      this.#graces += 1;
      this.#deadlineMs = nowMs + intervalMs + skewMs(this.#config, intervalMs);
      return undefined;
    }
    if (lateMs > 0 && !this.#looked) {
      // An advert may lie unread in our socket, which the driver reads before the next timer.
      this.#looked = true;
      this.#deadlineMs = nowMs + LOOK_MS;
      return undefined;
    }
    const silence = { last: this.#last, ageMs: nowMs - this.#sinceMs, limitMs: this.#limitMs };
    const cause = this.#expectation ?? { kind: "advert-timeout", ...silence };
    if (this.#company === "alone") return cause;
    this.#readiness = cause;
    this.#deadlineMs = NEVER; // until a master is followed again
    return undefined;
  }

  /** Whether a weaker master is not to be followed, or no longer. */
  #overrules(nowMs: number): boolean {
    const { preempt, preemptDelayMs } = this.#config;
    this.#preemptFromMs ??= nowMs + preemptDelayMs;
    return preempt && !this.#defers && nowMs >= this.#preemptFromMs;
  }

  #listen(limitMs: number, last: string | null, nowMs: number): void {
    this.#sinceMs = nowMs;
    this.#limitMs = limitMs;
    this.#last = last;
    this.#expectation = undefined;
    this.#readiness = undefined;
    this.#graces = 0;
    this.#looked = false;
    this.#deadlineMs = Math.max(nowMs, this.#notBeforeMs ?? 0) + limitMs;
  }
}

const RESIGNED = 0;
const MOST_GRACES = 3;
const LOOK_MS = 0.001; // one turn of the event loop
