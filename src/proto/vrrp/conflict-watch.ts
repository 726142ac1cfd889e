/**
 * Who else has our addresses while we are MASTER: hosts that claim one of them (RFC 5227 section 2.4,
 * with its third way: to defend for ever), and routers that are MASTER as well. It announces and
 * tells; the election is none of its business.
 */
import { type Machine, NEVER, type TimerExpired } from "../machine.ts";
import { Defence } from "./defence.ts";

export type ConflictFact = { readonly kind: "took-over" | "released" } | ClaimHeard | RivalHeard;

/** A frame that says of one of our addresses that it is at a MAC address that is not ours. */
export interface ClaimHeard {
  readonly kind: "claim-heard";
  readonly vip: string;
  readonly mac: string;
}

/** An advert of another MASTER of our virtual router, believed or not. */
export interface RivalHeard {
  readonly kind: "rival-heard";
  readonly source: string;
  readonly mac: string;
  readonly adverIntervalMs: number;
  /** It is the better master: clients that are with it are to stay there. */
  readonly outranksUs: boolean;
}

export type ConflictOrder =
  /** Tell the LAN once where our addresses are. */
  | { readonly kind: "announce" }
  /** Ask the LAN who has our addresses: a host that is quiet about one says so then. */
  | { readonly kind: "ask" }
  /** The first word of somebody; it may well be the last. */
  | { readonly kind: "report-claim"; readonly vip: string; readonly mac: string }
  | {
      readonly kind: "report-conflict";
      readonly state: "begun" | "ended";
      readonly conflict: Conflict;
    };

/** Somebody who goes on. */
export interface Conflict {
  readonly kind: "address-conflict" | "second-master";
  readonly vip: string | null; // null: all of them, as the other one is MASTER too
  readonly source: string | null; // where its adverts come from
  readonly mac: string; // theirs
  readonly sinceMs: number;
  readonly lastMs: number; // when it was last heard
  readonly count: number; // claims or adverts heard
}

export class ConflictWatch implements Machine<ConflictFact, ConflictOrder> {
  readonly #intervalMs: number;
  readonly #parties = new Map<string, Party>();
  readonly #defence = new Defence();
  #askMs = NEVER; // NEVER while we are not MASTER

  /** @param adverIntervalMs ours */
  constructor(adverIntervalMs: number) {
    this.#intervalMs = adverIntervalMs;
  }

  get deadlineMs(): number {
    const quietMs = [...this.#parties.values()].map(quietFromMs);
    return Math.min(this.#askMs, this.#defence.deadlineMs, ...quietMs);
  }

  /** Those that last. */
  get conflicts(): readonly Conflict[] {
    return [...this.#parties.values()].filter(({ begun }) => begun);
  }

  handle(fact: ConflictFact | TimerExpired, nowMs: number): ConflictOrder[] {
    if (fact.kind === "took-over") {
      this.#askMs = nowMs + FIRST_ASK_MS;
      return [];
    }
    if (this.#askMs === NEVER) return [];
    switch (fact.kind) {
      case "released":
        return this.#release();
      case "claim-heard":
        return this.#hearClaim(fact, nowMs);
      case "rival-heard":
        return this.#hearRival(fact, nowMs);
      case "timer-expired":
        return [...this.#forgetQuiet(nowMs), ...this.#defence.runTimer(nowMs), ...this.#ask(nowMs)];
    }
  }

  #hearClaim({ vip, mac }: ClaimHeard, nowMs: number): ConflictOrder[] {
    const rival = this.#rivalAt(mac);
    if (rival !== undefined) return rival.outranksUs ? [] : this.#defence.raise(nowMs);
    const defence = this.#defence.raise(nowMs);
    const key = `${vip} ${mac}`;
    const known = this.#parties.get(key);
    if (known === undefined) {
      if (this.#isFull) return defence;
      this.#parties.set(key, { ...CLAIMANT, vip, mac, sinceMs: nowMs, lastMs: nowMs });
      this.#askMs = Math.min(this.#askMs, nowMs + GOES_ON_MS);
      return [...defence, { kind: "report-claim", vip, mac }];
    }
    return [...defence, ...this.#hearAgain(known, GOES_ON_MS, nowMs)];
  }

  #hearRival({ source, mac, ...advert }: RivalHeard, nowMs: number): ConflictOrder[] {
    const known = this.#parties.get(source);
    if (known === undefined) {
      if (this.#isFull) return []; // before anything is made: a forger comes here at every advert
      const slowerMs = Math.max(this.#intervalMs, advert.adverIntervalMs);
      const quietMs = Math.max(QUIET_MS, RIVAL_SILENT_ADVERTS * slowerMs);
      const { outranksUs } = advert;
      const first = { ...RIVAL, source, mac, outranksUs, quietMs, sinceMs: nowMs, lastMs: nowMs };
      this.#parties.set(source, first);
      this.#forgetClaimsOf(mac);
      this.#restFromTheBetter();
      return [];
    }
    known.mac = mac;
    known.outranksUs = advert.outranksUs;
    this.#restFromTheBetter();
    // It may have spoken before it heard us. Who goes on after our next advert does not yield.
    const begun = this.#hearAgain(known, 1.5 * this.#intervalMs, nowMs);
    return known.begun && !known.outranksUs ? [...begun, ...this.#defence.raise(nowMs)] : begun;
  }

  /** Who forges senders must not fill our memory, nor a log. */
  get #isFull(): boolean {
    return this.#parties.size >= MOST_PARTIES;
  }

  #hearAgain(party: Party, goesOnMs: number, nowMs: number): ConflictOrder[] {
    party.lastMs = nowMs;
    party.count += 1;
    if (party.begun || nowMs - party.sinceMs < goesOnMs) return [];
    party.begun = true;
    return [report("begun", party)];
  }

  #rivalAt(mac: string): Party | undefined {
    return [...this.#parties.values()].find(
      (party) => party.kind === "second-master" && party.mac === mac,
    );
  }

  /** What a second master says of the addresses is no conflict beside the one with itself. */
  #forgetClaimsOf(mac: string): void {
    for (const [key, party] of this.#parties) {
      if (party.kind === "address-conflict" && party.mac === mac && !party.begun) {
        this.#parties.delete(key);
      }
    }
  }

  /** What it had said before its first advert asks for no answer of ours any more. */
  #restFromTheBetter(): void {
    if ([...this.#parties.values()].every(({ outranksUs }) => outranksUs)) this.#defence.rest();
  }

  #forgetQuiet(nowMs: number): ConflictOrder[] {
    const orders: ConflictOrder[] = [];
    for (const [key, party] of this.#parties) {
      if (nowMs < quietFromMs(party)) continue;
      this.#parties.delete(key);
      if (party.begun) orders.push(report("ended", party));
    }
    return orders;
  }

  #ask(nowMs: number): ConflictOrder[] {
    if (nowMs < this.#askMs) return [];
    this.#askMs = nowMs + (this.#parties.size > 0 ? ASK_AGAIN_MS : ASK_SELDOM_MS);
    return [{ kind: "ask" }];
  }

  #release(): ConflictOrder[] {
    const ended = [...this.#parties.values()].filter(({ begun }) => begun);
    this.#parties.clear();
    this.#defence.rest();
    this.#askMs = NEVER;
    return ended.map((party) => report("ended", party));
  }
}

type Party = { -readonly [Key in keyof Conflict]: Conflict[Key] } & {
  begun: boolean;
  outranksUs: boolean;
  readonly quietMs: number; // after so long without a word it is gone
};

/** A copy: the party itself goes on changing. */
const report = (
  state: "begun" | "ended",
  { kind, vip, source, mac, sinceMs, lastMs, count }: Party,
): ConflictOrder => ({
  kind: "report-conflict",
  state,
  conflict: { kind, vip, source, mac, sinceMs, lastMs, count },
});

const quietFromMs = ({ lastMs, quietMs }: Party): number => lastMs + quietMs;

const FIRST_ASK_MS = 1000; // the master before us has heard our advert by then
const ASK_AGAIN_MS = 1000;
const ASK_SELDOM_MS = 60_000;
const GOES_ON_MS = 500;
const QUIET_MS = 3500; // three times asked without an answer
const RIVAL_SILENT_ADVERTS = 3.5;
const MOST_PARTIES = 16;

const NOVICE = { begun: false, outranksUs: false, quietMs: QUIET_MS, count: 1 };
const CLAIMANT = { ...NOVICE, kind: "address-conflict", source: null } as const;
const RIVAL = { ...NOVICE, kind: "second-master", vip: null } as const;
