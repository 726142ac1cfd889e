/** What a MASTER does beside its adverts and addresses, once it has them and has said so. */
import { familyOf, includesIp } from "../../core/addr.ts";
import type { Cancel, Closable, NetlinkSocket, Ports } from "../../io/ports.ts";
import { findGateway } from "../rtnl.ts";
import type { CareMeans } from "./care-means.ts";
import type { ConflictRecord } from "./conflict-record.ts";
import { ConflictWatcher } from "./conflict-watcher.ts";
import { type VrrpInstance, vipsOnLan } from "./instance.ts";
import { LoopProver, type Neighbour, type VerifyRecord } from "./loop-prover.ts";
import type { Place } from "./place.ts";

export class MasterCare implements Closable {
  readonly #instanceNow: () => VrrpInstance;
  readonly #ports: Ports;
  readonly #netlink: NetlinkSocket;
  readonly #means: CareMeans;
  #place: Place | undefined;
  #cancel: Cancel = () => {};
  #watcher: ConflictWatcher | undefined;
  #prover: LoopProver | undefined;

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

  /** Of those that were asked after the takeover, with whom it is over. */
  get verified(): readonly VerifyRecord[] {
    return this.#prover?.records ?? [];
  }

  /** @param place where this router is MASTER now; undefined: it is not, or has no sockets */
  follow(place: Place | undefined): void {
    if (place === this.#place) return;
    this.close();
    if (place === undefined) return;
    this.#place = place;
    // Not in this turn: the takeovers of other routers that are due go first.
    const { clock } = this.#ports;
    this.#cancel = clock.at(clock.nowMs(), () => this.#begin(place));
  }

  #begin(place: Place): void {
    this.#means.teller.attempt(() => {
      this.#watcher = new ConflictWatcher(
        this.#instanceNow,
        place,
        this.#ports,
        this.#netlink,
        this.#means,
      );
    });
    this.#means.teller.attempt(() => this.#prove(place));
  }

  /** Asks the gateway, and whom the user named, from an address of the family that they have. */
  #prove(place: Place): void {
    const instance = this.#instanceNow();
    const { verify, family } = instance;
    if (verify === null) return;
    const vips = vipsOnLan(instance).filter((ip) => familyOf(ip) === family);
    const gateway = findGateway(this.#netlink, family, place.link.ifIndex);
    const neighbours: Neighbour[] = verify.map((ip) => ({ ip, role: "host" }));
    if (gateway !== null && !includesIp([...vips, ...verify], gateway)) {
      neighbours.unshift({ ip: gateway, role: "gateway" });
    }
    if (neighbours.length === 0 || vips.length === 0) return;
    this.#prover = new LoopProver(neighbours, vips, place, this.#ports, this.#means);
  }

  close(): void {
    this.#cancel();
    this.#prover?.close();
    this.#prover = undefined;
    this.#watcher?.close();
    this.#watcher = undefined;
    this.#place = undefined;
  }
}
