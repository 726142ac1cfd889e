/**
 * What a BACKUP knows of its master, and how long it waits for the next advert: RFC 9568 section
 * 6.4.2 (version 3), RFC 3768 section 6.4.2 (version 2).
 */
import type { VrrpChecksum } from "../../core/wire/vrrp.ts";
import { NEVER } from "../machine.ts";
import type { VrrpConfig } from "./config.ts";
import type { AdvertReceived, VrrpCause } from "./facts.ts";
import { masterDownMs, skewMs } from "./times.ts";

export class MasterWatch {
  readonly #config: VrrpConfig;
  #deadlineMs = NEVER;
  #masterIntervalMs: number; // our own until a master was heard
  #checksum: VrrpChecksum = "pseudo-header";
  #silence: Silence = { sinceMs: 0, limitMs: 0, last: null };
  #expectation: VrrpCause | undefined; // why we shall take over, unless for silence
  #preemptFromMs: number | undefined; // until then a weaker master is let be
  #defers = false; // to a weaker master too
  #notBeforeMs = 0; // the end of the startup delay: no wait begins sooner
  #graces = 0; // since the wait began
  #looked = false; // for a last advert, at the end of the wait

  constructor(config: VrrpConfig) {
    this.#config = config;
    this.#masterIntervalMs = config.adverIntervalMs;
  }

  /** When to take over. */
  get deadlineMs(): number {
    return this.#deadlineMs;
  }

  /** The flavour that the master was heard to use. */
  get checksum(): VrrpChecksum {
    return this.#checksum;
  }

  /** Waits begin at this time at the earliest. */
  holdOff(untilMs: number): void {
    this.#notBeforeMs = untilMs;
  }

  /** Nothing that was learned holds any more. */
  forget(): void {
    this.#masterIntervalMs = this.#config.adverIntervalMs;
    this.#checksum = "pseudo-header";
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

  /** Our own priority is another one: its head start counts from when the wait began. */
  rerank(formerPriority: number, nowMs: number): void {
    const former = { ...this.#config, priority: formerPriority };
    const intervalMs = this.#masterIntervalMs;
    const longerMs = skewMs(this.#config, intervalMs) - skewMs(former, intervalMs);
    const { sinceMs, limitMs, last } = this.#silence;
    this.#silence = { sinceMs, limitMs: limitMs + longerMs, last };
    const dueMs = Math.min(nowMs, this.#deadlineMs); // what was late stays as late as it was
    this.#deadlineMs = Math.max(dueMs, this.#deadlineMs + longerMs);
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
   * @returns why to take over, or undefined when there is a new deadline first
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
    const { sinceMs, limitMs, last } = this.#silence;
    return this.#expectation ?? { kind: "advert-timeout", last, ageMs: nowMs - sinceMs, limitMs };
  }

  /** Whether a weaker master is not to be followed, or no longer. */
  #overrules(nowMs: number): boolean {
    const { preempt, preemptDelayMs } = this.#config;
    this.#preemptFromMs ??= nowMs + preemptDelayMs;
    return preempt && !this.#defers && nowMs >= this.#preemptFromMs;
  }

  #listen(limitMs: number, last: string | null, nowMs: number): void {
    this.#silence = { sinceMs: nowMs, limitMs, last };
    this.#expectation = undefined;
    this.#graces = 0;
    this.#looked = false;
    this.#deadlineMs = Math.max(nowMs, this.#notBeforeMs) + limitMs;
  }
}

/** What was not heard, since when. */
interface Silence {
  readonly sinceMs: number;
  readonly limitMs: number;
  readonly last: string | null; // who was heard then
}

const RESIGNED = 0;
const MOST_GRACES = 3;
const LOOK_MS = 0.001; // one turn of the event loop
