/** What all simulated nodes share: time, the wire, the addresses, and the memory of what happened. */
import { formatIp, type IpBytes, isLinkLocalIp6 } from "../../../core/addr.ts";
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

  /** A link-local one is another one on each link, and a virtual router is on one of them. */
  address(ip: IpBytes, router: { readonly key: string; readonly ifName: string }): AddressHistory {
    const [text, isLocal] = [formatIp(ip), isLinkLocalIp6(ip)];
    const key = isLocal ? `${text} ${router.key}` : text;
    const name = isLocal ? `${text}%${router.ifName}` : text;
    const address = this.#addresses.get(key) ?? new AddressHistory(name, this.queue);
    this.#addresses.set(key, address);
    return address;
  }
}
