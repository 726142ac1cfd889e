/** Probing for other users of addresses before they are added here: RFC 5227 section 2.1.1. */
import { type Machine, NEVER, type TimerExpired } from "./machine.ts";

export type ProbeFact =
  | { readonly kind: "started" }
  | { readonly kind: "claim-heard"; readonly ip: string; readonly mac: string };

export type ProbeOrder =
  | { readonly kind: "send-probes"; readonly ips: readonly string[] }
  /** The last order. */
  | { readonly kind: "finish"; readonly duplicates: readonly Duplicate[] };

export interface Duplicate {
  readonly ip: string;
  readonly mac: string; // of the first that was heard
}

/** Asks three times for all addresses; an address for which an answer came is not asked for again. */
export class DuplicateProbe implements Machine<ProbeFact, ProbeOrder> {
  deadlineMs = NEVER;
  readonly #ips: readonly string[];
  readonly #ownMac: string;
  readonly #claims = new Map<string, string>();
  #sent = 0;
  #state: "probing" | "finished" = "probing";

  /** @param ownMac the interface's: what it says itself is no claim of another. */
  constructor(ips: readonly string[], ownMac: string) {
    this.#ips = ips;
    this.#ownMac = ownMac;
  }

  handle(fact: ProbeFact | TimerExpired, nowMs: number): ProbeOrder[] {
    if (this.#state === "finished") return [];
    switch (fact.kind) {
      case "started":
        return this.#next(nowMs);
      case "timer-expired":
        return nowMs < this.deadlineMs ? [] : this.#next(nowMs);
      case "claim-heard":
        return this.#hear(fact.ip, fact.mac);
    }
  }

  #next(nowMs: number): ProbeOrder[] {
    if (this.#sent === PROBES) return this.#finish();
    this.#sent += 1;
    this.deadlineMs = nowMs + (this.#sent === PROBES ? LAST_WAIT_MS : INTERVAL_MS);
    return [{ kind: "send-probes", ips: this.#ips.filter((ip) => !this.#claims.has(ip)) }];
  }

  #hear(ip: string, mac: string): ProbeOrder[] {
    if (mac === this.#ownMac || !this.#ips.includes(ip) || this.#claims.has(ip)) return [];
    this.#claims.set(ip, mac);
    return this.#claims.size === this.#ips.length ? this.#finish() : [];
  }

  #finish(): ProbeOrder[] {
    this.#state = "finished";
    this.deadlineMs = NEVER;
    const duplicates = Array.from(this.#claims, ([ip, mac]) => ({ ip, mac }));
    return [{ kind: "finish", duplicates }];
  }
}

// Departs from RFC 5227 section 1.1 (up to 7 s) and RFC 4862 (1 s): somebody waits for this, often
// to end an outage, and a host of the same segment answers within milliseconds.
const PROBES = 3;
const INTERVAL_MS = 200;
const LAST_WAIT_MS = 400;
