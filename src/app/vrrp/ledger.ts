/** What one virtual router has lived through: who was heard, and its latest transitions. Bounded. */
import type { Journal } from "../../io/drive.ts";
import type { Clock } from "../../io/ports.ts";
import type {
  AdvertReceived,
  ReportTransition,
  VrrpFact,
  VrrpOrder,
} from "../../proto/vrrp/facts.ts";

/** Times are of `Clock.nowMs`. */
export interface PeerHeard {
  readonly source: string;
  priority: number; // of its last advert
  adverts: number;
  heardMs: number;
}

export interface PastTransition {
  readonly atMs: number;
  readonly wallMs: number;
  readonly transition: ReportTransition;
}

export class VrrpLedger {
  readonly #clock: Clock;
  readonly #peers = new Map<string, PeerHeard>();
  readonly #past: PastTransition[] = [];
  readonly startedMs: number;
  /** When our last advert was sent. */
  sentMs: number | undefined;
  /** Who was heard last and has not resigned. */
  master: PeerHeard | undefined;

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

  /** Reads the journal of the router's machine. */
  readonly note: Journal<VrrpFact, VrrpOrder> = (nowMs, fact, orders) => {
    if (fact.kind === "advert-received") this.#hear(fact, nowMs);
    for (const order of orders) {
      if (order.kind === "send-advert") this.sentMs = nowMs;
      else if (order.kind === "report-transition") this.#remember(order, nowMs);
    }
  };

  #hear({ source, priority }: AdvertReceived, nowMs: number): void {
    const peer = this.#peers.get(source) ?? this.#meet(source);
    peer.priority = priority;
    peer.adverts += 1;
    peer.heardMs = nowMs;
    if (priority > 0) this.master = peer;
    else if (this.master === peer) this.master = undefined;
  }

  #meet(source: string): PeerHeard {
    if (this.#peers.size >= MAX_PEERS) {
      const [longestSilent] = [...this.#peers.values()].sort((a, b) => a.heardMs - b.heardMs);
      this.#peers.delete(longestSilent?.source ?? "");
    }
    const peer = { source, priority: 0, adverts: 0, heardMs: 0 };
    this.#peers.set(source, peer);
    return peer;
  }

  #remember(transition: ReportTransition, atMs: number): void {
    if (this.#past.length >= MAX_PAST) this.#past.shift();
    this.#past.push({ atMs, wallMs: this.#clock.wallMs(), transition });
  }
}

const MAX_PEERS = 32;
const MAX_PAST = 256;
