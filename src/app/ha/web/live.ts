/** Keeps the pages that are open as things are: looks again while there are any, and tells what has changed. */
import { SystemError } from "../../../core/errors.ts";
import type { Cancel, Clock, Closable, WebClient } from "../../../io/ports.ts";

export interface LiveSource {
  /** Parts of the page by their ids. @throws SystemError. @param isNew something happened since the last time */
  readonly look: (isNew: boolean) => Promise<Readonly<Record<string, string>>>;
  /** Calls `onEvent` whenever something happens, until `signal`. @throws SystemError */
  readonly follow: (onEvent: () => void, signal: AbortSignal) => Promise<void>;
}

export class Live implements Closable {
  readonly #source: LiveSource;
  readonly #clock: Clock;
  readonly #clients = new Set<WebClient>();
  readonly #shown = new Map<string, string>(); // as all clients have it
  #stop = new AbortController();
  #isNew: boolean = true;
  #isFollowing: boolean = false;
  #isLooking: boolean = false;
  #due: { readonly atMs: number; readonly cancel: Cancel } | undefined;

  constructor(source: LiveSource, clock: Clock) {
    this.#source = source;
    this.#clock = clock;
  }

  join(client: WebClient): void {
    if (this.#clients.size === 0) this.#begin();
    this.#clients.add(client);
    this.#tell(client, this.#shown);
    client.onGone(() => {
      this.#clients.delete(client);
      if (this.#clients.size === 0) this.close();
    });
  }

  close(): void {
    this.#stop.abort();
    this.#due?.cancel();
    this.#due = undefined;
    this.#shown.clear();
  }

  #begin(): void {
    this.#stop = new AbortController();
    const { signal } = this.#stop;
    const onEvent = (): void => {
      this.#isNew = true;
      this.#lookIn(SOON_MS);
    };
    void this.#follow(onEvent, signal);
    this.#lookIn(0);
  }

  /** Where it cannot be followed, everything may be new each time. */
  async #follow(onEvent: () => void, signal: AbortSignal): Promise<void> {
    this.#isFollowing = true;
    this.#isNew = true;
    try {
      await this.#source.follow(onEvent, signal);
    } catch (error) {
      if (!(error instanceof SystemError)) throw error;
    }
    if (signal === this.#stop.signal) this.#isFollowing = false;
  }

  #lookIn(ms: number): void {
    const atMs = this.#clock.nowMs() + ms;
    if (this.#due !== undefined && this.#due.atMs <= atMs) return;
    this.#due?.cancel();
    this.#due = { atMs, cancel: this.#clock.at(atMs, () => void this.#look()) };
  }

  async #look(): Promise<void> {
    this.#due = undefined;
    if (!this.#isLooking) await this.#lookOnce();
    if (this.#clients.size > 0) this.#lookIn(LOOK_EACH_MS);
  }

  async #lookOnce(): Promise<void> {
    this.#isLooking = true;
    const isNew = this.#isNew || !this.#isFollowing;
    this.#isNew = false;
    const changed = new Map<string, string>();
    let trouble: string | null = null;
    try {
      for (const [id, text] of Object.entries(await this.#source.look(isNew))) {
        if (this.#shown.get(id) !== text) changed.set(id, text);
      }
    } catch (error) {
      if (!(error instanceof SystemError)) throw error;
      this.#isNew = true; // what happened is still to be told
      trouble = error.message;
    }
    this.#isLooking = false;
    if (this.#clients.size === 0) return;
    for (const [id, text] of changed) this.#shown.set(id, text);
    for (const client of [...this.#clients]) this.#tell(client, changed, trouble);
  }

  /** With the time, so that ages are right whatever the reader's clock says. */
  #tell(
    client: WebClient,
    parts: ReadonlyMap<string, string>,
    trouble: string | null = null,
  ): void {
    const wall_ms = this.#clock.wallMs();
    client.send("parts", JSON.stringify({ wall_ms, trouble, parts: [...parts] }));
  }
}

const SOON_MS = 300; // after something happened: more may follow, and an answer from before is forgotten
const LOOK_EACH_MS = 2000;
