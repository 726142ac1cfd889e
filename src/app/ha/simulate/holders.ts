/** Who holds an address when: how long nobody, and how long several. */
import type { EventQueue } from "./event-queue.ts";

/** A router that may hold addresses. */
export interface Holder {
  readonly host: { readonly name: string };
  readonly holds: boolean;
  readonly isReachable: boolean; // by the clients: its link is up and it is on their side of a cut
}

export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

/** The history of one virtual address. */
export class AddressHistory {
  readonly address: string;
  firstHeldMs: number | null = null;
  readonly #queue: EventQueue;
  readonly #holders: Holder[] = [];
  readonly #nobody = new Spans(); // since it was first held
  readonly #several = new Spans(); // also on either side of a cut

  constructor(address: string, queue: EventQueue) {
    this.address = address;
    this.#queue = queue;
  }

  add(holder: Holder): void {
    this.#holders.push(holder);
  }

  /** Names of the nodes that hold it now. */
  get holders(): string[] {
    return this.#holders.filter(({ holds }) => holds).map(({ host }) => host.name);
  }

  /** Whether clients find it now. */
  get isReached(): boolean {
    return this.#holders.some(({ holds, isReachable }) => holds && isReachable);
  }

  /** To be called when a holder is another one than before. */
  note(): void {
    const { nowMs } = this.#queue;
    const holding = this.#holders.filter(({ holds }) => holds);
    const { isReached } = this;
    if (isReached) this.firstHeldMs ??= nowMs;
    this.#nobody.set(!isReached && this.firstHeldMs !== null, nowMs);
    this.#several.set(holding.length > 1, nowMs);
  }

  /** When it had no holder whom a client reaches, after it had one. */
  nobody(fromMs = 0): Span[] {
    return this.#nobody.since(fromMs, this.#queue.nowMs);
  }

  /** When it had more than one holder. */
  several(fromMs = 0): Span[] {
    return this.#several.since(fromMs, this.#queue.nowMs);
  }
}

/** Spans one behind the other come to so many milliseconds. */
export const totalMs = (spans: readonly Span[]): number =>
  spans.reduce((total, { fromMs, toMs }) => total + toMs - fromMs, 0);

/** When something was so. */
class Spans {
  readonly #past: Span[] = [];
  #fromMs: number | undefined;

  set(isSo: boolean, nowMs: number): void {
    if (isSo) this.#fromMs ??= nowMs;
    else if (this.#fromMs !== undefined) {
      if (nowMs > this.#fromMs) this.#past.push({ fromMs: this.#fromMs, toMs: nowMs });
      this.#fromMs = undefined;
    }
  }

  since(fromMs: number, nowMs: number): Span[] {
    const open = this.#fromMs === undefined ? [] : [{ fromMs: this.#fromMs, toMs: nowMs }];
    return [...this.#past, ...open]
      .map((span) => ({ fromMs: Math.max(span.fromMs, fromMs), toMs: span.toMs }))
      .filter((span) => span.toMs > span.fromMs);
  }
}
