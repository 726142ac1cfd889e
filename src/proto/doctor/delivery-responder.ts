/** The answering end of the test whether adverts between two hosts arrive; see `delivery-asker.ts`. */
import type { DeliveryProbe, DeliveryTally, DeliveryWay } from "../../core/wire/delivery-probe.ts";
import { type DeliveryCounts, laterTally, TallyBook } from "./delivery-tally.ts";

/** One who asked: what it told, and what came of it. */
export interface AskerRecord extends DeliveryCounts {
  readonly source: string;
}

/**
 * Answers each question, and each report, at most once and while there is room: `MOST_ANSWERS_PER_S` in
 * a second whoever asks, half of them by multicast. Keeps books for the first `MOST_ASKERS`.
 */
export class DeliveryResponder {
  readonly #books = new Map<string, AskerBook>();
  #secondFromMs = Number.NEGATIVE_INFINITY;
  readonly #spent = { multicast: 0, unicast: 0 };

  /** A question seen at the interface, whether a firewall lets it in or not. */
  see(source: string, probe: DeliveryProbe, way: DeliveryWay, nowMs: number): void {
    if (probe.kind === "answer") return;
    const book = this.#book(source, probe, nowMs);
    if (probe.kind === "question") book?.ours.count("seen", way);
  }

  /** On the protocol's socket. @returns what to answer; undefined where nothing is to be sent */
  hear(
    source: string,
    probe: DeliveryProbe,
    way: DeliveryWay,
    nowMs: number,
  ): DeliveryProbe | undefined {
    const { kind, answerWay } = probe;
    const book = kind === "answer" ? undefined : this.#book(source, probe, nowMs);
    if (book === undefined) return undefined;
    if (kind === "question") book.ours.count("received", way);
    if (!this.#mayAnswer(answerWay, nowMs)) return undefined;
    if (kind === "report") return { ...probe, tally: book.ours.tally() };
    book.ours.count("sent", answerWay);
    return { ...probe, kind: "answer", tally: book.ours.tally() };
  }

  /** Those of whom nothing came for `SETTLED_MS`, each told once; at `Infinity` all that are left. */
  takeSettled(nowMs: number): AskerRecord[] {
    const settled = [...this.#books.values()].filter(
      (book) => !book.told && nowMs - book.lastMs >= SETTLED_MS,
    );
    for (const book of settled) book.told = true;
    return settled.map(({ source, theirs, ours }) => ({ source, theirs, ours: ours.tally() }));
  }

  /** How many have asked. */
  get askers(): number {
    return this.#books.size;
  }

  #book(source: string, { nonce, tally }: DeliveryProbe, nowMs: number): AskerBook | undefined {
    const key = nonce.join(".");
    let book = this.#books.get(key);
    if (book === undefined) {
      if (this.#books.size >= MOST_ASKERS) return undefined;
      book = { source, theirs: tally, ours: new TallyBook(), lastMs: nowMs, told: false };
      this.#books.set(key, book);
    }
    book.lastMs = nowMs;
    book.theirs = laterTally(book.theirs, tally);
    return book;
  }

  #mayAnswer(way: DeliveryWay, nowMs: number): boolean {
    if (nowMs - this.#secondFromMs >= 1000) {
      this.#secondFromMs = nowMs;
      this.#spent.multicast = 0;
      this.#spent.unicast = 0;
    }
    if (this.#spent[way] >= MOST_ANSWERS_PER_S / 2) return false;
    this.#spent[way] += 1;
    return true;
  }
}

interface AskerBook {
  readonly source: string;
  theirs: DeliveryTally;
  readonly ours: TallyBook;
  lastMs: number;
  told: boolean;
}

const MOST_ANSWERS_PER_S = 80; // three who ask at once, each 20 times a second
const MOST_ASKERS = 64;
const SETTLED_MS = 1000;
