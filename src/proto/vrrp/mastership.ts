/**
 * What a MASTER does in time: an advert at each interval, the lease of its addresses behind it,
 * announcements (RFC 9568 section 6.4.3). What it makes of others is the machine's.
 */
import type { VrrpChecksum } from "../../core/wire/vrrp.ts";
import { joined, NEVER } from "../machine.ts";
import { AnnouncementSchedule } from "./announcements.ts";
import type { VrrpConfig } from "./config.ts";
import type { AdvertReceived, VrrpCause, VrrpOrder } from "./facts.ts";
import { LeaseSchedule } from "./lease-schedule.ts";
import { firstBeatMs, handoverLimitMs, nextBeatMs } from "./times.ts";

export class Mastership {
  readonly #config: VrrpConfig;
  readonly #announcements: AnnouncementSchedule;
  readonly #lease: LeaseSchedule;
  #beatMs = NEVER; // next advert; while resigning: do not wait longer
  #answerFromMs = 0;

  constructor(config: VrrpConfig) {
    this.#config = config;
    this.#announcements = new AnnouncementSchedule(config);
    this.#lease = new LeaseSchedule(config);
  }

  /** Of the next advert, or of the end of the hand-over. */
  get beatMs(): number {
    return this.#beatMs;
  }

  get deadlineMs(): number {
    return Math.min(this.#beatMs, this.#announcements.deadlineMs, this.#lease.deadlineMs);
  }

  begin(nowMs: number, checksum: VrrpChecksum): VrrpOrder[] {
    const { priority } = this.#config;
    this.#beginBeat(nowMs);
    this.#answerFromMs = nowMs;
    this.#lease.start(nowMs);
    return [
      { kind: "hold-addresses", held: true },
      { kind: "send-advert", priority, checksum },
      this.#announcements.start(nowMs),
    ];
  }

  /** Nothing of it goes on. */
  end(): void {
    this.#beatMs = NEVER;
    this.#announcements.stop();
    this.#lease.stop();
  }

  /** Asks for a successor, and holds the addresses until `beatMs` at the latest. */
  resign(
    nowMs: number,
    checksum: VrrpChecksum,
    withinMs = handoverLimitMs(this.#config),
  ): VrrpOrder[] {
    this.#beatMs = nowMs + withinMs;
    this.#announcements.stop();
    return [{ kind: "send-advert", priority: RESIGNED, checksum }, ...this.#lease.handOver(nowMs)];
  }

  /** Another priority, or an interval by which the others wait, is told at once, though not again and again. */
  reconfigure(former: VrrpConfig, nowMs: number, checksum: VrrpChecksum): VrrpOrder[] {
    const { priority, adverIntervalMs } = this.#config;
    if (priority === former.priority && adverIntervalMs === former.adverIntervalMs) return [];
    if (nowMs < this.#answerFromMs) {
      this.#beatMs = Math.min(this.#beatMs, this.#answerFromMs);
      return [];
    }
    this.#answerFromMs = nowMs + adverIntervalMs / 2;
    this.#beginBeat(nowMs);
    return [{ kind: "send-advert", priority, checksum }, ...this.#lease.followAdvert(nowMs)];
  }

  /** The addresses are gone. */
  restore(nowMs: number): VrrpOrder[] {
    return [{ kind: "hold-addresses", held: true }, ...this.#announcements.repeat(nowMs)];
  }

  /**
   * Somebody weaker is or was MASTER too. RFC 9568 answers every advert, RFC 3768 only a resignation.
   * One answer in half an interval still answers each advert of a peer with our interval, and a storm
   * of them makes none of ours.
   */
  answer({ priority }: AdvertReceived, nowMs: number, checksum: VrrpChecksum): VrrpOrder[] {
    const { priority: ours, adverIntervalMs, answersLower } = this.#config;
    const announcements = this.#announcements.outdo(nowMs);
    const isAnswered = answersLower || priority === RESIGNED;
    if (!isAnswered || nowMs < this.#answerFromMs) return announcements;
    this.#answerFromMs = nowMs + adverIntervalMs / 2;
    if (priority === RESIGNED) this.#beginBeat(nowMs);
    return [
      { kind: "send-advert", priority: ours, checksum },
      ...this.#lease.followAdvert(nowMs),
      ...announcements,
    ];
  }

  beat(nowMs: number, checksum: VrrpChecksum): VrrpOrder[] {
    const { priority, adverIntervalMs } = this.#config;
    const lateMs = nowMs - this.#beatMs;
    this.#beatMs = nextBeatMs(this.#beatMs, adverIntervalMs, nowMs);
    // After so long a sleep a peer may have been master, and the LAN may believe that it still is.
    const repeated = lateMs >= 2 * adverIntervalMs ? this.#announcements.repeat(nowMs) : [];
    const advert: VrrpOrder = { kind: "send-advert", priority, checksum };
    return joined<VrrpOrder>(
      [advert],
      joined<VrrpOrder>(this.#lease.followAdvert(nowMs), repeated),
    );
  }

  /** What is due beside the beat. */
  runTimers(nowMs: number): VrrpOrder[] {
    const lease = nowMs < this.#beatMs ? this.#lease.runTimers(nowMs) : []; // else the beat renews it
    return joined<VrrpOrder>(lease, this.#announcements.runTimers(nowMs));
  }

  /** Set when we did not run for so long that a peer may have taken over. */
  overslept(nowMs: number): VrrpCause | undefined {
    return this.#lease.overslept(nowMs);
  }

  /** An advert is sent just now. */
  #beginBeat(nowMs: number): void {
    const { adverIntervalMs, beatSlotMs } = this.#config;
    this.#beatMs = firstBeatMs(nowMs, adverIntervalMs, beatSlotMs);
  }
}

const RESIGNED = 0;
