/** Clients of the control socket that follow the events of one virtual router. */
import { formatJson } from "../../core/json.ts";
import type { Clock, ControlClient } from "../../io/ports.ts";
import { eventRecord } from "./event-record.ts";
import type { VrrpEvent } from "./events.ts";
import type { VrrpInstance } from "./instance.ts";

export class VrrpWatchers {
  readonly #instance: VrrpInstance;
  readonly #clock: Clock;
  readonly #clients = new Set<ControlClient>();
  #seq = 0;

  constructor(instance: VrrpInstance, clock: Clock) {
    this.#instance = instance;
    this.#clock = clock;
  }

  /** @returns whether there was room; then it gets every event from now on. */
  add(client: ControlClient): boolean {
    if (this.#clients.size >= MAX_WATCHERS) return false;
    this.#clients.add(client);
    client.keep(() => this.#clients.delete(client));
    return true;
  }

  /** Events are numbered whether or not anybody watches. */
  tell(event: VrrpEvent): void {
    this.#seq += 1;
    if (this.#clients.size === 0) return;
    const record = eventRecord(event, this.#instance, this.#seq, this.#clock.wallMs());
    const line = formatJson(record);
    for (const client of this.#clients) client.send(line);
  }
}

const MAX_WATCHERS = 8; // half of the clients that are served: status must be left room
