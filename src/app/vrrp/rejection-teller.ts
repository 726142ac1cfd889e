/**
 * Which adverts that are not as they should be are told, and how loudly: a storm of them is one line
 * now and then, and a peer that is set up otherwise than we are is told to everybody, once.
 */
import type { Clock } from "../../io/ports.ts";
import type { Disagreement } from "../../proto/vrrp/facts.ts";
import { FloodGuard, QUIET_MS } from "../flood-guard.ts";
import { ADDRESS_LIST_DIFFERS, type VrrpRejectionEvent } from "./events.ts";

export class RejectionTeller {
  readonly #clock: Clock;
  readonly #guard: FloodGuard;
  readonly #heard = new Map<string, Senders>(); // by reason
  readonly #emit: (event: VrrpRejectionEvent) => void;
  readonly #mistakes = new Set<string>(); // told to everybody

  constructor(clock: Clock, emit: (event: VrrpRejectionEvent) => void) {
    this.#clock = clock;
    this.#guard = new FloodGuard(clock);
    this.#emit = emit;
  }

  tell(reason: string, sender: string, disagreement?: Disagreement): void {
    const source = this.#isOneOfFew(reason, sender) ? sender : null;
    const key = `${reason} ${source}`;
    const count = this.#guard.admit(key);
    if (count === 0) return;
    const { heard = null, ours = null } = (source === null ? null : disagreement) ?? {};
    const isMistake = source !== null && MISTAKES.has(reason) && this.#isNew(key);
    this.#emit({ type: "advert-rejected", reason, source, heard, ours, count, isMistake });
  }

  /** After a transition every mistake is worth another line. */
  forget(): void {
    this.#mistakes.clear();
  }

  /** Who forges senders gets no line for each of them. */
  #isOneOfFew(reason: string, sender: string): boolean {
    const nowMs = this.#clock.nowMs();
    let senders = this.#heard.get(reason);
    if (senders === undefined || nowMs - senders.sinceMs >= QUIET_MS) {
      senders = { sinceMs: nowMs, names: new Set() };
      this.#heard.set(reason, senders);
    }
    const { names } = senders;
    if (names.size < MOST_SENDERS) names.add(sender);
    return names.has(sender);
  }

  /** Bounded: who forges senders must not fill a log. */
  #isNew(key: string): boolean {
    if (this.#mistakes.size >= MOST_MISTAKES || this.#mistakes.has(key)) return false;
    this.#mistakes.add(key);
    return true;
  }
}

/** Those of adverts that are told under their own name, in one period of quiet. */
interface Senders {
  readonly sinceMs: number;
  readonly names: Set<string>;
}

/** Somebody has to change a configuration. All but the last lead to two masters. */
const MISTAKES: ReadonlySet<string> = new Set([
  "wrong-version",
  "wrong-destination",
  "not-a-peer",
  "wrong-auth-type",
  "wrong-password",
  "wrong-interval",
  "hmac-missing",
  "hmac-unexpected",
  "hmac-unknown-key",
  "hmac-mismatch",
  ADDRESS_LIST_DIFFERS,
]);
const MOST_SENDERS = 8;
const MOST_MISTAKES = 32;
