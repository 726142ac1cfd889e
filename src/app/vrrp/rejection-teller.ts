/**
 * Which adverts that are not as they should be are told, and how loudly: a storm of them is one line
 * now and then, and a peer that is set up otherwise than we are is told to everybody, once.
 */
import type { Clock } from "../../io/ports.ts";
import type { Disagreement } from "../../proto/vrrp/facts.ts";
import { FloodGuard } from "../flood-guard.ts";
import { ADDRESS_LIST_DIFFERS, type VrrpRejectionEvent } from "./events.ts";

export class RejectionTeller {
  readonly #guard: FloodGuard;
  readonly #emit: (event: VrrpRejectionEvent) => void;
  readonly #mistakes = new Set<string>(); // told to everybody

  constructor(clock: Clock, emit: (event: VrrpRejectionEvent) => void) {
    this.#guard = new FloodGuard(clock);
    this.#emit = emit;
  }

  tell(reason: string, source: string, disagreement?: Disagreement): void {
    const key = `${reason} ${source}`;
    const count = this.#guard.admit(key);
    if (count === 0) return;
    const { heard = null, ours = null } = disagreement ?? {};
    const isMistake = MISTAKES.has(reason) && this.#isNew(key);
    this.#emit({ type: "advert-rejected", reason, source, heard, ours, count, isMistake });
  }

  /** After a transition every mistake is worth another line. */
  forget(): void {
    this.#mistakes.clear();
  }

  /** Bounded: who forges senders must not fill a log. */
  #isNew(key: string): boolean {
    if (this.#mistakes.size >= MOST_MISTAKES || this.#mistakes.has(key)) return false;
    this.#mistakes.add(key);
    return true;
  }
}

/** Somebody has to change a configuration. All but the last lead to two masters. */
const MISTAKES: ReadonlySet<string> = new Set([
  "wrong-version",
  "wrong-destination",
  "wrong-auth-type",
  "wrong-password",
  "wrong-interval",
  "hmac-missing",
  "hmac-unknown-key",
  "hmac-mismatch",
  ADDRESS_LIST_DIFFERS,
]);
const MOST_MISTAKES = 32;
