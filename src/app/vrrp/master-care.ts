/** What a MASTER does beside its adverts and addresses, once it has them and has said so. */
import type { Closable, NetlinkSocket, Ports } from "../../io/ports.ts";
import type { ConflictRecord } from "./conflict-record.ts";
import { type CareMeans, ConflictWatcher } from "./conflict-watcher.ts";
import type { VrrpInstance } from "./instance.ts";
import type { Place } from "./place.ts";

export class MasterCare implements Closable {
  readonly #instanceNow: () => VrrpInstance;
  readonly #ports: Ports;
  readonly #netlink: NetlinkSocket;
  readonly #means: CareMeans;
  #place: Place | undefined;
  #watcher: ConflictWatcher | undefined;

  /** @param instanceNow its priority may change */
  constructor(
    instanceNow: () => VrrpInstance,
    ports: Ports,
    netlink: NetlinkSocket,
    means: CareMeans,
  ) {
    this.#instanceNow = instanceNow;
    this.#ports = ports;
    this.#netlink = netlink;
    this.#means = means;
  }

  /** Those that last. */
  conflicts(nowMs: number): readonly ConflictRecord[] {
    return this.#watcher?.records(nowMs) ?? [];
  }

  /** @param place where this router is MASTER now; undefined: it is not, or has no sockets */
  follow(place: Place | undefined): void {
    if (place === this.#place) return;
    this.close();
    if (place === undefined) return;
    this.#place = place;
    this.#means.teller.attempt(() => {
      this.#watcher = new ConflictWatcher(
        this.#instanceNow,
        place,
        this.#ports,
        this.#netlink,
        this.#means,
      );
    });
  }

  close(): void {
    this.#watcher?.close();
    this.#watcher = undefined;
    this.#place = undefined;
  }
}
