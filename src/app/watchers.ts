/** Clients of a control socket that follow what happens. */
import { formatJson } from "../core/json.ts";
import type { Clock, ControlClient } from "../io/ports.ts";

export class Watchers {
  readonly #clock: Clock;
  /** Each with the lines that wait for its first one; undefined behind that. */
  readonly #clients = new Map<ControlClient, string[] | undefined>();
  #seq = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * @param first how things are now: its first record, before every event from now on
   * @returns whether there was room
   */
  add(client: ControlClient, first: () => Promise<object>): boolean {
    if (this.#clients.size >= MAX_WATCHERS) return false;
    const waiting: string[] = [];
    this.#clients.set(client, waiting);
    client.keep(() => this.#clients.delete(client));
    void first().then((record) => {
      if (!this.#clients.has(client)) return;
      client.send(formatJson(record));
      for (const line of waiting) client.send(line);
      this.#clients.set(client, undefined);
    });
    return true;
  }

  /** Events are numbered whether or not anybody watches. */
  tell(recordOf: (seq: number, wallMs: number) => object): void {
    this.#seq += 1;
    if (this.#clients.size === 0) return;
    const line = formatJson(recordOf(this.#seq, this.#clock.wallMs()));
    for (const [client, waiting] of this.#clients) {
      if (waiting === undefined) client.send(line);
      else if (waiting.length < MAX_WAITING) waiting.push(line); // else a gap in the numbers tells
    }
  }
}

const MAX_WATCHERS = 8; // half of the clients that are served: status must be left room
const MAX_WAITING = 1000;
