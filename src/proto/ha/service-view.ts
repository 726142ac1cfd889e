/** What one node knew of one service over time, made of the records of its journal. */
import type { JournalCause, JournalNews, JournalTransition } from "./journal-record.ts";

/**
 * `here`: it was MASTER. `elsewhere`: it heard another one. `nowhere`: it listened, and neither was so.
 * `unknown`: it did not run, or had only begun to listen.
 */
export type View = "here" | "elsewhere" | "nowhere" | "unknown";

/** Milliseconds since 1970. */
export interface ViewSpan {
  readonly fromMs: number;
  readonly untilMs: number;
  readonly view: View;
  readonly master: string | null; // who was heard elsewhere
  readonly cause: JournalCause | null; // of `nowhere`: why it began, or else how it ended
}

export class ServiceView {
  readonly #spans: ViewSpan[] = [];
  #fromMs: number;
  #listensMs = 0; // since when its router does
  #view: View = "unknown";
  #master: string | null = null;
  #cause: JournalCause | null = null;

  /** @param fromMs since when its journal tells anything */
  constructor(fromMs: number) {
    this.#fromMs = fromMs;
  }

  /** Of this service or of all of `ha up`, in the order of the journal. */
  note(news: JournalNews, atMs: number): void {
    switch (news.type) {
      case "start":
      case "stop":
      case "lost": // nobody knows what happened until its standing is told
        this.#change(atMs, "unknown");
        break;
      case "transition":
        this.#enter(news, atMs);
        break;
      case "hearing":
        this.#hear(news.master, atMs - news.ageMs);
        break;
      case "standing":
        if (news.state === "master") this.#change(atMs, "here");
        else if (news.master !== null) this.#hear(news.master, atMs);
        else if (news.state === "fault" || this.#view === "here") this.#change(atMs, "nowhere");
    }
  }

  /** From then on. @param cause of `nowhere` */
  become(view: View, atMs: number, cause: JournalCause | null = null): void {
    this.#change(atMs, view, { cause });
  }

  /** Nothing is known from then on. @returns all that was, without holes */
  end(atMs: number): readonly ViewSpan[] {
    this.#close(atMs);
    return this.#spans;
  }

  #enter(transition: JournalTransition, atMs: number): void {
    const { from, to, cause } = transition;
    if (to === "master") this.#lead(transition, atMs);
    else if (to === "init") this.#change(atMs, "unknown");
    else if (from === "master" || this.#view === "here") {
      const { silent_ms: silentMs, source, to: heir } = cause;
      const sleptMs = typeof silentMs === "number" ? silentMs : 0; // nobody heard it meanwhile
      this.#change(atMs - sleptMs, "nowhere", { cause });
      const master = source ?? heir; // its advert is why
      if (typeof master === "string") this.#hear(master, atMs);
    } else if (to === "fault" && this.#view === "unknown") this.#change(atMs, "nowhere", { cause });
    else if (from === "init") {
      this.#change(atMs, "unknown");
      this.#listensMs = atMs;
    }
  }

  /** Somebody was missed from the last advert on, where that was too long ago. */
  #lead({ from, cause, heard }: JournalTransition, atMs: number): void {
    if (this.#view === "nowhere") this.#cause ??= cause;
    else if (this.#view !== "here" && from !== "init") {
      const heardMs = heard === null ? Number.NEGATIVE_INFINITY : atMs - heard.ageMs;
      const isMissed =
        heard === null || heard.priority === 0 || heard.ageMs > MISSED_INTERVALS * heard.intervalMs;
      if (isMissed) this.#change(Math.max(heardMs, this.#listensMs), "nowhere", { cause });
    }
    this.#change(atMs, "here");
  }

  #hear(master: string | null, atMs: number): void {
    if (this.#view === "here") return;
    if (master !== null) this.#change(atMs, "elsewhere", { master });
    else if (this.#view === "elsewhere") this.#change(atMs, "nowhere");
  }

  #close(atMs: number): void {
    const [fromMs, view, master, cause] = [this.#fromMs, this.#view, this.#master, this.#cause];
    const untilMs = Math.max(atMs, fromMs);
    if (untilMs > fromMs) this.#spans.push({ fromMs, untilMs, view, master, cause });
    this.#fromMs = untilMs;
  }

  /** From then on; not before the latest change. */
  #change(
    atMs: number,
    view: View,
    { master = null, cause = null }: Partial<Pick<ViewSpan, "master" | "cause">> = {},
  ): void {
    if (view === this.#view && master === this.#master) return;
    this.#close(atMs);
    [this.#view, this.#master, this.#cause] = [view, master, cause];
  }
}

/** An advert that is late by its jitter is none that is missed. */
const MISSED_INTERVALS = 2;
