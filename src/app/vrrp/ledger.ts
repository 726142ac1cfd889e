/**
 * What one virtual router has lived through: who was heard, how late we were, how its link fared, and
 * its latest transitions with all of that. Bounded.
 */
import type { Clock } from "../../io/ports.ts";
import type { TimerExpired } from "../../proto/machine.ts";
import type { AdvertReceived, VrrpFact, VrrpOrder } from "../../proto/vrrp/facts.ts";
import type { Circumstances, VrrpTransition } from "./events.ts";

/** Times are of `Clock.nowMs`. */
export interface PeerHeard {
  readonly source: string;
  priority: number; // of its last advert
  intervalMs: number; // that it says
  adverts: number;
  heardMs: number;
}

export interface PastTransition {
  readonly atMs: number;
  readonly wallMs: number;
  readonly transition: VrrpTransition;
}

export interface Stalls {
  readonly longestMs: number;
  readonly lastMs: number; // when we were last late by more than half an interval
}

type LinkFlags = { readonly up: boolean; readonly running: boolean };

export class VrrpLedger {
  readonly #clock: Clock;
  readonly #peers = new Map<string, PeerHeard>();
  readonly #past: PastTransition[] = [];
  readonly startedMs: number;
  /** When our last advert was sent. */
  sentMs: number | undefined;
  /** Who was heard last and has not resigned. */
  master: PeerHeard | undefined;
  /** Since when that one. */
  masterSinceMs = 0;
  stalls: Stalls | undefined;
  #heard: PeerHeard | undefined; // last
  #link: (LinkFlags & { readonly sinceMs: number }) | undefined;
  #dueMs = Number.POSITIVE_INFINITY; // the timer that the machine waits for
  #lateMs = 0;
  #worstLateMs = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.startedMs = clock.nowMs();
  }

  /** In no order. */
  get peers(): readonly PeerHeard[] {
    return [...this.#peers.values()];
  }

  /** Oldest first. */
  get past(): readonly PastTransition[] {
    return this.#past;
  }

  /** Reads the journal of the router's machine. @param dueMs its deadline after that */
  note(nowMs: number, fact: VrrpFact | TimerExpired, orders: VrrpOrder[], dueMs: number): void {
    this.#lateMs = Math.max(0, nowMs - this.#dueMs);
    this.#worstLateMs = Math.max(this.#worstLateMs, this.#lateMs);
    this.#dueMs = dueMs;
    if (fact.kind === "advert-received") this.#hear(fact, nowMs);
    for (const order of orders) {
      if (order.kind === "send-advert") this.sentMs = nowMs;
      else if (order.kind === "report-stall") {
        const longestMs = Math.max(order.lateMs, this.stalls?.longestMs ?? 0);
        this.stalls = { longestMs, lastMs: nowMs };
      }
    }
  }

  /** Undefined: there is no such interface. */
  noteLink(link: LinkFlags | undefined): void {
    const known = this.#link;
    if (known?.up === link?.up && known?.running === link?.running) return;
    this.#link = link && { up: link.up, running: link.running, sinceMs: this.#clock.nowMs() };
  }

  /** As things are now. */
  circumstances(suspects: readonly string[]): Circumstances {
    const nowMs = this.#clock.nowMs();
    const [heard, link] = [this.#heard, this.#link];
    return {
      heard: heard
        ? {
            source: heard.source,
            priority: heard.priority,
            intervalMs: heard.intervalMs,
            ageMs: nowMs - heard.heardMs,
          }
        : null,
      link: link ? { up: link.up, running: link.running, ageMs: nowMs - link.sinceMs } : null,
      lateMs: this.#lateMs,
      worstLateMs: this.#worstLateMs,
      suspects,
    };
  }

  remember(transition: VrrpTransition): void {
    if (this.#past.length >= MAX_PAST) this.#past.shift();
    const [atMs, wallMs] = [this.#clock.nowMs(), this.#clock.wallMs()];
    this.#past.push({ atMs, wallMs, transition });
    this.#worstLateMs = 0;
  }

  #hear({ source, priority, adverIntervalMs }: AdvertReceived, nowMs: number): void {
    const peer = this.#peers.get(source) ?? this.#meet(source);
    peer.priority = priority;
    peer.intervalMs = adverIntervalMs;
    peer.adverts += 1;
    peer.heardMs = nowMs;
    this.#heard = peer;
    if (priority > 0 && this.master !== peer) this.masterSinceMs = nowMs;
    if (priority > 0) this.master = peer;
    else if (this.master === peer) this.master = undefined;
  }

  #meet(source: string): PeerHeard {
    if (this.#peers.size >= MAX_PEERS) this.#forgetOldest();
    const peer = { source, priority: 0, intervalMs: 0, adverts: 0, heardMs: 0 };
    this.#peers.set(source, peer);
    return peer;
  }

  /** Without a copy of the list: who forges senders makes us do this for each advert. */
  #forgetOldest(): void {
    let oldest: PeerHeard | undefined;
    for (const peer of this.#peers.values()) {
      if (oldest === undefined || peer.heardMs < oldest.heardMs) oldest = peer;
    }
    this.#peers.delete(oldest?.source ?? "");
  }
}

const MAX_PEERS = 32;
const MAX_PAST = 256;
