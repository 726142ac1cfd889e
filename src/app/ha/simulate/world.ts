/** What all simulated nodes share: time, the wire, the addresses, and the memory of what happened. */
import { formatIp, type IpBytes } from "../../../core/addr.ts";
import { randomFrom } from "../../../core/seeded-random.ts";
import { EventQueue } from "./event-queue.ts";
import { AddressHistory } from "./holders.ts";
import { Timeline } from "./timeline.ts";
import { Wire } from "./wire.ts";

export class World {
  readonly queue = new EventQueue();
  readonly timeline = new Timeline();
  readonly wire: Wire;
  readonly #addresses = new Map<string, AddressHistory>();

  constructor(seed: number) {
    this.wire = new Wire(this.queue, randomFrom(seed));
  }

  get addresses(): AddressHistory[] {
    return [...this.#addresses.values()];
  }

  address(ip: IpBytes): AddressHistory {
    const text = formatIp(ip);
    const address = this.#addresses.get(text) ?? new AddressHistory(text, this.queue);
    this.#addresses.set(text, address);
    return address;
  }
}
