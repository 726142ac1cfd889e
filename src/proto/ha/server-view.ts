/** What a node knew of one of its virtual servers over time, made of the records of its journal. */
import type { JournalNews, JournalQuorum } from "./journal-record.ts";
import { ServiceView, type ViewSpan } from "./service-view.ts";

/** `here` while it had its quorum, `nowhere` while not, whether a sorry server stood in or not; `unknown` while nothing was checked. */
export class ServerView {
  readonly #view: ServiceView;
  #latest: JournalQuorum | undefined; // undefined: nothing is known
  #isSuspended = false;

  /** @param fromMs since when its journal tells anything */
  constructor(fromMs: number) {
    this.#view = new ServiceView(fromMs);
  }

  /** Of this one or of all of `ha up`, in the order of the journal. */
  note(news: JournalNews, atMs: number): void {
    switch (news.type) {
      case "start":
      case "stop":
      case "lost":
        this.#latest = undefined;
        this.#isSuspended = false;
        break;
      case "quorum":
        this.#latest = news;
        break;
      case "suspended":
        this.#isSuspended = news.isSuspended;
        break;
      default:
        return;
    }
    const { isUp, weight, threshold } = this.#latest ?? {};
    if (isUp === undefined || this.#isSuspended) this.#view.become("unknown", atMs);
    else if (isUp) this.#view.become("here", atMs);
    else this.#view.become("nowhere", atMs, { kind: "quorum-lost", weight, threshold });
  }

  /** Nothing is known from then on. @returns all that was, without holes */
  end(atMs: number): readonly ViewSpan[] {
    return this.#view.end(atMs);
  }
}
