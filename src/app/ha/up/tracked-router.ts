/** One virtual router of `ha up`: what it tracks and its sync group decide beside its own election. */

import type { Closable, NetlinkSocket, Ports } from "../../../io/ports.ts";
import type { GroupMember } from "../../../proto/ha/sync-group.ts";
import {
  standingOf,
  type TrackedStanding,
  type TrackedState,
  type Tracker,
} from "../../../proto/ha/tracking.ts";
import type { VrrpState } from "../../../proto/vrrp/facts.ts";
import type { VrrpEvent } from "../../vrrp/events.ts";
import type { Interfaces } from "../../vrrp/interfaces.ts";
import { type AddressLease, type OutsideFact, VrrpRouter } from "../../vrrp/router.ts";
import type { PlannedRouter } from "./plan.ts";

export interface TrackedWitness {
  readonly stateOf: (tracker: Tracker) => TrackedState;
  readonly emit: (event: VrrpEvent) => void;
  readonly onTold: () => void;
  readonly isGrouped: boolean;
  readonly wasMaster: boolean;
  readonly interfaces: Interfaces;
}

export class TrackedRouter implements GroupMember, Closable {
  readonly name: string;
  readonly #planned: PlannedRouter;
  readonly #router: VrrpRouter;
  readonly #stateOf: TrackedWitness["stateOf"];
  #standing: TrackedStanding;
  #begin: (() => void) | undefined; // until it has begun

  /** Sends nothing yet. @throws SystemError, with nothing left open */
  constructor(
    planned: PlannedRouter,
    ports: Ports,
    netlink: NetlinkSocket,
    witness: TrackedWitness,
  ) {
    const { instance } = planned;
    const { stateOf, emit, onTold, isGrouped, wasMaster, interfaces } = witness;
    this.name = instance.name;
    this.#planned = planned;
    this.#stateOf = stateOf;
    const company = isGrouped ? "grouped" : "alone";
    const own = { emit, onTold, company, interfaces, wasMaster } as const;
    this.#router = new VrrpRouter(instance, ports, netlink, own);
    this.#standing = { priority: instance.config.priority, faults: [], terms: [] };
  }

  get state(): VrrpState {
    return this.#router.state;
  }

  get isReady(): boolean {
    return this.#router.isReady;
  }

  get isFaulty(): boolean {
    return this.#router.isFaulty;
  }

  /** Resolves at the end of the hand-over that `stop` begins. @throws SystemError where addresses cannot be changed */
  run(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#begin = () => void this.#router.run().then(resolve, reject);
      this.track();
    });
  }

  /** Something that it tracks may be another way. It begins when all is known whose failure would be a fault. */
  track(): void {
    const former = this.#standing;
    this.#standing = standingOf(
      this.#planned.instance.config.priority,
      this.#planned.trackers,
      this.#stateOf,
    );
    const { priority, faults } = this.#standing;
    if (former.priority !== priority) this.#router.rerank(priority);
    if (former.faults.length > 0 !== faults.length > 0) {
      const kind = faults.length > 0 ? "fault-raised" : "fault-cleared";
      this.#router.tell({ kind, fault: "tracked-down" });
    }
    const isOpen = (tracker: Tracker): boolean =>
      tracker.weight === 0 && this.#stateOf(tracker) === "unknown";
    if (this.#begin === undefined || this.#planned.trackers.some(isOpen)) return;
    const begin = this.#begin;
    this.#begin = undefined;
    begin();
  }

  get lease(): AddressLease {
    return this.#router.lease;
  }

  tell(fact: OutsideFact): void {
    this.#router.tell(fact);
  }

  /** Hands over politely. */
  stop(): void {
    this.#router.stop();
  }

  /** Gives everything up in this very turn. */
  abandon(): void {
    this.#router.abandon();
  }

  close(): void {
    this.#router.close();
  }
}
