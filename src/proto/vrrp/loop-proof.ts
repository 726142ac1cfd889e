/**
 * Whether a neighbour sends what is for our addresses to us: after a takeover it is asked from one of
 * them, and what else makes it learn is tried while it does not answer. An answer to ARP or neighbour
 * discovery goes to who asked; only an echo reply goes where the neighbour believes the address to be.
 */
import { type Machine, NEVER, type TimerExpired } from "../machine.ts";

export type LoopFact =
  | { readonly kind: "started" }
  /** The neighbour told us its MAC address. */
  | { readonly kind: "neighbour-found" }
  /** An echo reply arrived at our MAC address: to the virtual address, or to the host's own. */
  | { readonly kind: "echo-heard"; readonly to: "virtual" | "own" };

export type LoopOrder =
  /** Ask for the neighbour's MAC address, as each of our addresses. */
  | { readonly kind: "ask" }
  /** Send an echo request, once `neighbour-found`. */
  | { readonly kind: "echo"; readonly from: "virtual" | "own" }
  /** Announce all our addresses in another way than on takeover. */
  | { readonly kind: "announce"; readonly way: AnnouncementWay }
  /** The last order. */
  | { readonly kind: "finish"; readonly outcome: LoopOutcome };

/** The other form of gratuitous ARP, to this neighbour alone, or for the tables of switches. */
export type AnnouncementWay = "other-form" | "unicast" | "rarp";

export interface LoopOutcome {
  readonly verdict: LoopVerdict;
  readonly sends: number; // how often it was asked
  readonly tookMs: number;
  readonly tried: readonly AnnouncementWay[]; // beside the announcements of every takeover
}

export type LoopVerdict =
  | "answers" // the loop is closed
  | "no-echo" // found, and it answers no echo request at all: what it believes cannot be seen
  | "astray" // answers the host's own address and not the virtual one
  | "silent"; // not found

/** Asks four times, in 2.4 s. */
export class LoopProof implements Machine<LoopFact, LoopOrder> {
  deadlineMs = NEVER;
  readonly #hasOwn: boolean;
  readonly #tried: AnnouncementWay[] = [];
  #startedMs = 0;
  #sends = 0;
  #state: "waiting" | "asking" | "finished" = "waiting";
  readonly #heard = new Set<"neighbour" | "own">();

  /** @param hasOwn whether the host has an address beside the virtual ones, to compare with */
  constructor(hasOwn: boolean) {
    this.#hasOwn = hasOwn;
  }

  handle(fact: LoopFact | TimerExpired, nowMs: number): LoopOrder[] {
    if (this.#state === "finished") return [];
    switch (fact.kind) {
      case "started":
        this.#state = "asking";
        this.#startedMs = nowMs;
        return this.#next(nowMs);
      case "neighbour-found": {
        const isNew = !this.#heard.has("neighbour");
        this.#heard.add("neighbour");
        return isNew ? this.#echoes() : [];
      }
      case "echo-heard":
        if (fact.to === "virtual") return this.#finish("answers", nowMs);
        this.#heard.add("own");
        return [];
      case "timer-expired":
        return nowMs < this.deadlineMs ? [] : this.#next(nowMs);
    }
  }

  #next(nowMs: number): LoopOrder[] {
    if (this.#sends > WAYS.length) return this.#finish(this.#failure(), nowMs);
    const way = WAYS[this.#sends - 1];
    this.#sends += 1;
    this.deadlineMs = nowMs + STEP_MS;
    const announce: LoopOrder[] = [];
    if (way !== undefined && (way !== "unicast" || this.#heard.has("neighbour"))) {
      this.#tried.push(way);
      announce.push({ kind: "announce", way });
    }
    // Asking teaches the neighbour as well: all that is tried before the last question is heard.
    const echoes = this.#heard.has("neighbour") ? this.#echoes() : [];
    return [...announce, { kind: "ask" }, ...echoes];
  }

  #echoes(): LoopOrder[] {
    const isLast = this.#sends > WAYS.length;
    const own: LoopOrder[] = isLast && this.#hasOwn ? [{ kind: "echo", from: "own" }] : [];
    return [{ kind: "echo", from: "virtual" }, ...own];
  }

  #failure(): LoopVerdict {
    if (!this.#heard.has("neighbour")) return "silent";
    return this.#heard.has("own") ? "astray" : "no-echo";
  }

  #finish(verdict: LoopVerdict, nowMs: number): LoopOrder[] {
    this.#state = "finished";
    this.deadlineMs = NEVER;
    const tookMs = nowMs - this.#startedMs;
    const outcome = { verdict, sends: this.#sends, tookMs, tried: [...this.#tried] };
    return [{ kind: "finish", outcome }];
  }
}

/** Before the second, third and fourth question. */
const WAYS: readonly AnnouncementWay[] = ["other-form", "unicast", "rarp"];
const STEP_MS = 600;
