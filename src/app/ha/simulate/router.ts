/** One virtual router of a simulated node: the real machine, bound to virtual time and the wire. */

import {
  lawfulTrackers,
  standingOf,
  type TrackedStanding,
  type TrackedState,
  type Tracker,
} from "../../../proto/ha/tracking.ts";
import { NEVER, type TimerExpired } from "../../../proto/machine.ts";
import type { VrrpFact, VrrpOrder } from "../../../proto/vrrp/facts.ts";
import { leaseEndMs } from "../../../proto/vrrp/lease.ts";
import { VrrpMachine } from "../../../proto/vrrp/machine.ts";
import type { SimulatedGroup, SimulatedInstance } from "./cluster.ts";
import type { AddressHistory, Holder } from "./holders.ts";
import type { RunningScript } from "./script.ts";
import type { Happening, Standing } from "./timeline.ts";
import { type Station, stationKey } from "./wire.ts";
import type { World } from "./world.ts";

/** The part of a node that its routers see. */
export interface RouterHost {
  readonly name: string;
  readonly segment: number;
  readonly isUp: boolean; // the process lives, though perhaps frozen
  readonly isFrozen: boolean;
  readonly scripts: readonly RunningScript[];
  stateOf(tracker: Tracker): TrackedState;
  /** A machine was told something: others of the node may have to be told too. */
  settle(router: SimulatedRouter): void;
}

export class SimulatedRouter implements Station, Holder {
  readonly instance: SimulatedInstance;
  readonly host: RouterHost;
  readonly key: string; // of all that should be one virtual router
  readonly trackers: readonly Tracker[];
  readonly addresses: readonly AddressHistory[];
  holds: boolean = false; // its kernel answers for the addresses
  isLinkUp: boolean = true; // to be set when its interface is another way
  standing: TrackedStanding;
  masterSinceMs = NEVER; // the last time that it became MASTER
  takeovers = 0; // so often it did
  #machine: VrrpMachine;
  #isBegun: boolean = false;
  #armedMs = NEVER;
  #lease = 0; // so many were given; an older one ends without effect
  readonly #isGrouped: boolean;
  readonly #world: World;
  readonly #inbox: VrrpFact[] = []; // what waits for a frozen process

  constructor(
    instance: SimulatedInstance,
    host: RouterHost,
    group: SimulatedGroup | undefined,
    world: World,
  ) {
    this.instance = instance;
    this.host = host;
    this.key = stationKey(instance);
    this.trackers = lawfulTrackers(instance.trackers, {
      isOwner: instance.config.priority === OWNER,
      mayWeigh: group?.mayWeigh ?? true,
    });
    this.#isGrouped = group !== undefined;
    this.#world = world;
    this.addresses = [...instance.vips, ...instance.excludedVips].map((ip) =>
      world.address(ip, { key: this.key, ifName: instance.ifName }),
    );
    for (const address of this.addresses) address.add(this);
    this.standing = { priority: instance.config.priority, faults: [], terms: [] };
    this.#machine = this.#newMachine();
    world.wire.add(this);
  }

  get state() {
    return this.#machine.state;
  }

  get counters() {
    return this.#machine.counters;
  }

  get isReady(): boolean {
    return this.#machine.isReady;
  }

  get isFaulty(): boolean {
    return [...this.#machine.faults].some((fault) => fault !== "sync-group");
  }

  get faults(): readonly string[] {
    return [...this.#machine.faults];
  }

  get isReachable(): boolean {
    return this.host.segment === 0 && this.isLinkUp;
  }

  /** The process of the node begins: nothing is known any more. */
  reset(): void {
    this.#isBegun = false;
    this.#inbox.length = 0;
    this.standing = this.#stand();
    this.#machine = this.#newMachine();
    if (this.instance.tracksOwnLink && !this.isLinkUp) this.#raise("link-down");
    if (this.standing.faults.length > 0) this.#raise("tracked-down");
  }

  /** Starts as soon as all is known whose failure would be a fault, as keepalived does. */
  begin(): void {
    const isOpen = (tracker: Tracker): boolean =>
      tracker.weight === 0 && this.host.stateOf(tracker) === "unknown";
    if (this.#isBegun || this.trackers.some(isOpen)) return;
    this.#isBegun = true;
    this.feed({ kind: "started" });
  }

  /** Something that it tracks may be another way. */
  track(): void {
    const former = this.standing;
    this.standing = this.#stand();
    const { priority, faults } = this.standing;
    if (former.priority !== priority) {
      this.#note({ kind: "priority", state: this.state, formerPriority: former.priority });
      this.feed({ kind: "reconfigured", config: { priority } });
    }
    if (former.faults.length > 0 !== faults.length > 0) {
      const kind = faults.length > 0 ? "fault-raised" : "fault-cleared";
      this.feed({ kind, fault: "tracked-down" });
    }
    this.begin();
  }

  feed(fact: VrrpFact | TimerExpired): void {
    if (!this.host.isUp) return;
    if (this.host.isFrozen) {
      const isKept = fact.kind !== "timer-expired" && this.#inbox.length < MOST_QUEUED;
      if (isKept) this.#inbox.push(fact);
      return;
    }
    for (const order of this.#machine.handle(fact, this.#world.queue.nowMs)) this.#perform(order);
    this.#arm();
    this.host.settle(this);
  }

  /** The process runs again: first it reads what lies in its sockets. */
  thaw(): void {
    for (const fact of this.#inbox.splice(0)) this.feed(fact);
    this.feed({ kind: "timer-expired" });
  }

  /** The kernel has the addresses, or no longer. */
  hold(held: boolean): void {
    const { leaseS } = this.instance.config;
    this.#lease += 1;
    if (held && leaseS !== null) this.#endLease(this.#lease, leaseEndMs(leaseS));
    if (this.holds === held) return;
    this.holds = held;
    for (const address of this.addresses) address.note();
  }

  #endLease(lease: number, inMs: number): void {
    const { queue } = this.#world;
    queue.at(queue.nowMs + inMs, () => {
      if (this.#lease !== lease) return;
      this.hold(false);
      this.feed({ kind: "addresses-lost" });
    });
  }

  #newMachine(): VrrpMachine {
    const config = { ...this.instance.config, priority: this.standing.priority };
    return new VrrpMachine(config, this.#isGrouped ? "grouped" : "alone");
  }

  #stand(): TrackedStanding {
    const { priority } = this.instance.config;
    return standingOf(priority, this.trackers, (tracker) => this.host.stateOf(tracker));
  }

  #raise(fault: "link-down" | "tracked-down"): void {
    this.#machine.handle({ kind: "fault-raised", fault }, this.#world.queue.nowMs);
  }

  #perform(order: VrrpOrder): void {
    switch (order.kind) {
      case "hold-addresses":
        this.hold(order.held);
        break;
      case "send-advert":
        this.#world.wire.send(this, order.priority, order.checksum);
        break;
      case "report-transition": {
        const { from, to: state, cause } = order;
        const holders = this.addresses.map(({ address, holders: nodes }) => ({ address, nodes }));
        if (state === "master") {
          this.masterSinceMs = this.#world.queue.nowMs;
          this.takeovers += 1;
        }
        this.#note({ kind: "state", from, state, cause, holders });
      }
    }
  }

  #note(happening: OwnHappening): void {
    const { priority, terms } = this.standing;
    const { name: instance, config } = this.instance;
    const who = { node: this.host.name, instance };
    const standing = { priority, basePriority: config.priority, terms };
    this.#world.timeline.add(this.#world.queue.nowMs, { ...who, ...standing, ...happening });
  }

  /** A deadline mostly moves on: the wish for the old one then makes a new one. */
  #arm(): void {
    const { deadlineMs } = this.#machine;
    if (deadlineMs >= this.#armedMs || deadlineMs === NEVER) return;
    this.#armedMs = deadlineMs;
    this.#world.queue.at(deadlineMs, this.#wake);
  }

  readonly #wake = (): void => {
    const { nowMs } = this.#world.queue;
    if (nowMs < this.#armedMs) return; // an earlier one has come up since
    this.#armedMs = NEVER;
    if (this.#machine.deadlineMs <= nowMs) this.feed({ kind: "timer-expired" });
    else this.#arm();
  };
}

type OwnHappening =
  | Omit<Extract<Happening, { kind: "state" }>, keyof Standing>
  | Omit<Extract<Happening, { kind: "priority" }>, keyof Standing>;

const OWNER = 255;
const MOST_QUEUED = 256; // adverts, in a socket of the default size of Linux
