/** One virtual router of `ha up`: what it tracks and its sync group decide beside its own election. */

import type { Closable, NetlinkSocket, Ports } from "../../../../io/ports.ts";
import type { GroupMember } from "../../../../proto/ha/sync-group.ts";
import {
  lastOf,
  standingOf,
  type TrackedStanding,
  type TrackedState,
  type Tracker,
} from "../../../../proto/ha/tracking.ts";
import type { VrrpCompany } from "../../../../proto/vrrp/config.ts";
import type { VrrpState } from "../../../../proto/vrrp/facts.ts";
import { answerVrrp } from "../../../vrrp/control.ts";
import type { VrrpEvent } from "../../../vrrp/events.ts";
import type { Interfaces } from "../../../vrrp/interfaces.ts";
import { VrrpRouter } from "../../../vrrp/router.ts";
import type { AddressLease, OutsideFact } from "../../../vrrp/router-witness.ts";
import { statusRecord } from "../../../vrrp/status.ts";
import type { HeardMaster } from "../messages.ts";
import type { RouterStatusRecord } from "../parent/status.ts";
import type { PlannedRouter } from "../plan/plan.ts";
import { MasterHearing } from "./master-hearing.ts";

export interface TrackedWitness {
  readonly stateOf: (tracker: Tracker) => TrackedState;
  readonly emit: (event: VrrpEvent) => void;
  readonly onTold: () => void;
  readonly onLower: (priority: number) => void; // its own
  readonly company: VrrpCompany;
  readonly wasMaster: boolean;
  readonly interfaces: Interfaces;
}

export class TrackedRouter implements GroupMember, Closable {
  #planned: PlannedRouter;
  readonly #router: VrrpRouter;
  readonly #ports: Pick<Ports, "clock" | "pid">;
  readonly #stateOf: TrackedWitness["stateOf"];
  #standing: TrackedStanding;
  #isMaintained: boolean = false;
  readonly #hearing = new MasterHearing();
  #begin: (() => void) | undefined; // until it has begun
  #giveUp: () => void = () => {}; // before it has begun

  /** Sends nothing yet. @throws SystemError, with nothing left open */
  constructor(
    planned: PlannedRouter,
    ports: Ports,
    netlink: NetlinkSocket,
    witness: TrackedWitness,
  ) {
    const { instance } = planned;
    const { stateOf, emit, onTold, company, wasMaster, interfaces } = witness;
    const { clock } = ports;
    let toldMs = Number.NEGATIVE_INFINITY;
    const onLower = (): void => {
      const { adverIntervalMs } = this.#planned.instance.config;
      if (clock.nowMs() - toldMs < adverIntervalMs / 2) return; // a storm of them
      toldMs = clock.nowMs();
      witness.onLower(this.#standing.priority);
    };
    this.#planned = planned;
    this.#ports = ports;
    this.#stateOf = stateOf;
    this.#router = new VrrpRouter(instance, ports, netlink, {
      emit,
      onTold,
      onLower,
      company,
      interfaces,
      wasMaster,
    });
    this.#standing = { priority: instance.config.priority, faults: [], terms: [] };
  }

  get planned(): PlannedRouter {
    return this.#planned;
  }

  get name(): string {
    return this.#planned.instance.name;
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
      this.#giveUp = resolve;
      this.#begin = () => void this.#router.run().then(resolve, reject);
      this.track();
    });
  }

  /** Something that it tracks may be another way. It begins when all is known whose failure would be a fault. */
  track(): void {
    const former = this.#standing;
    const { instance, trackers } = this.#planned;
    const standing = standingOf(instance.config.priority, trackers, this.#stateOf);
    this.#standing = this.#isMaintained ? lastOf(standing) : standing;
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

  /** Goes on as another one, which needs no restart. @throws SystemError, and it goes on as it was */
  amend(planned: PlannedRouter, company: VrrpCompany): void {
    const { instance, trackers } = planned;
    const standing = standingOf(instance.config.priority, trackers, this.#stateOf);
    const { priority } = this.#isMaintained ? lastOf(standing) : standing;
    this.#router.amend({ ...instance, config: { ...instance.config, priority } }, company);
    this.#planned = planned;
    this.#standing = { ...this.#standing, priority };
    this.track();
  }

  /** Whether it ranks last. */
  maintain(isOn: boolean): void {
    this.#isMaintained = isOn;
    this.track();
  }

  /** As its own control socket would. */
  async answer(request: Readonly<Record<string, unknown>>): Promise<object> {
    const { instance, trackers } = this.#planned;
    if (request.request === "priority") {
      return { error: "its priority is that of the configuration and of what it tracks" };
    }
    if (request.request !== "status") {
      return await answerVrrp(request, this.#router, instance, this.#ports);
    }
    const { clock, pid } = this.#ports;
    const { terms, faults: tracked_faults } = this.#standing;
    const record: RouterStatusRecord = {
      ...statusRecord(this.#router, instance, clock.nowMs(), pid),
      terms,
      tracked_faults,
      trackers: trackers.map((tracker) => {
        const { kind, name, weight, isReverse: reverse } = tracker;
        return { kind, name, weight, reverse, state: this.#stateOf(tracker) };
      }),
    };
    return record;
  }

  /** Who else is MASTER, where that has changed since this was asked last. */
  get heardNews(): HeardMaster | undefined {
    const { state, ledger } = this.#router;
    const { master, masterSinceMs } = ledger;
    const { adverIntervalMs: intervalMs } = this.#planned.instance.config;
    const hearing = { state, master, masterSinceMs, intervalMs };
    const news = this.#hearing.look(hearing, this.#ports.clock.nowMs());
    return news && { instance: this.name, ...news };
  }

  /** When its lease was. */
  get renewedMs(): number {
    return this.#router.losses.heldMs;
  }

  get lease(): AddressLease {
    return this.#router.lease;
  }

  tell(fact: OutsideFact): void {
    this.#router.tell(fact);
  }

  /** Hands over politely. */
  stop(): void {
    if (this.#begin === undefined) this.#router.stop();
    else this.#giveUp();
    this.#begin = undefined;
  }

  /** Gives everything up in this very turn. */
  abandon(): void {
    this.#router.abandon();
  }

  close(): void {
    this.#router.close();
  }
}
