/** All virtual routers of one process: with what they track, and in their sync groups. */

import { NETLINK_ROUTE } from "../../../core/netlink/rtnl.ts";
import type { Closable, Ports } from "../../../io/ports.ts";
import { canProlong } from "../../../proto/ha/lease-custody.ts";
import { SyncGroup } from "../../../proto/ha/sync-group.ts";
import type { TrackedState, Tracker } from "../../../proto/ha/tracking.ts";
import { claim } from "../../vrrp/admission.ts";
import { Interfaces } from "../../vrrp/interfaces.ts";
import type { FormerStates, FromRouters, Question, RouterLease, TrackedNews } from "./messages.ts";
import type { HaPlan } from "./plan.ts";
import { settledInstance } from "./settled-instance.ts";
import { holdStatics } from "./statics.ts";
import { trackInterfaces } from "./tracked-interfaces.ts";
import { TrackedRouter } from "./tracked-router.ts";

export class Routers implements Closable {
  readonly #routers = new Map<string, TrackedRouter>();
  readonly #groupOf = new Map<string, SyncGroup<TrackedRouter>>();
  readonly #leased: TrackedRouter[] = []; // those whose lease can be prolonged
  readonly #renewals = new Map<string, number>(); // of their leases, by name
  readonly #states = new Map<string, TrackedState>(); // by kind and name
  readonly #opened: Closable[] = [];
  readonly #toReview = new Set<SyncGroup<TrackedRouter>>();

  /** Sends nothing yet. @throws SystemError, with nothing left open */
  constructor(
    plan: HaPlan,
    former: FormerStates,
    ports: Ports,
    tell: (message: FromRouters) => void,
  ) {
    try {
      const netlink = this.#keep(ports.openNetlink(NETLINK_ROUTE));
      const interfaces = new Interfaces(ports, netlink, plan.linkDelays);
      this.#keep(
        holdStatics(plan.statics, ports, netlink, interfaces, (text) =>
          tell({ kind: "trouble", text }),
        ),
      );
      const tracked = namesOf("interface", plan);
      this.#keep(trackInterfaces(tracked, interfaces, (news) => this.note([news])));
      for (const planned of plan.routers) {
        const instance = settledInstance(planned, ports, netlink);
        const { name } = instance;
        this.#keep(claim(instance, ports));
        const isGrouped = plan.syncGroups.some(({ members }) => members.includes(name));
        const router = new TrackedRouter({ ...planned, instance }, ports, netlink, {
          stateOf: this.#stateOf,
          emit: (event) => tell({ kind: "router", instance: name, event }),
          onLower: (priority) => tell({ kind: "lower-heard", instance: name, priority }),
          onTold: () => this.#reviewSoon(name),
          isGrouped,
          wasMaster: former.get(name) === "master",
          interfaces,
        });
        this.#routers.set(name, this.#keep(router));
        if (canProlong(instance.config)) this.#leased.push(router);
      }
    } catch (error) {
      this.close();
      throw error;
    }
    for (const { members } of plan.syncGroups) {
      const routers = members.flatMap((name) => this.#routers.get(name) ?? []);
      const group = new SyncGroup(routers);
      for (const { name } of routers) this.#groupOf.set(name, group);
    }
  }

  /** Resolves at the end of all. */
  async run(): Promise<void> {
    await Promise.all(Array.from(this.#routers.values(), (router) => router.run()));
  }

  note(news: readonly TrackedNews[]): void {
    for (const { kind, name, state } of news) this.#states.set(`${kind} ${name}`, state);
    for (const router of this.#routers.values()) router.track();
  }

  /** Whether all of them rank last. */
  maintain(isOn: boolean): void {
    for (const router of this.#routers.values()) router.maintain(isOn);
  }

  /** @returns undefined where there is no such router */
  async answer({
    instance,
    request,
  }: Extract<Question, { kind: "router" }>): Promise<object | undefined> {
    return await this.#routers.get(instance)?.answer(request);
  }

  /** Leases that were renewed since they were asked for last, as far as another could renew them. */
  leaseNews(): RouterLease[] {
    return this.#leased.flatMap((router) => {
      const { name: instance, lease } = router;
      if (lease.renewedMs === this.#renewals.get(instance)) return [];
      this.#renewals.set(instance, lease.renewedMs);
      return { instance, ...lease };
    });
  }

  stop(): void {
    for (const router of this.#routers.values()) router.stop();
  }

  abandon(): void {
    for (const router of this.#routers.values()) router.abandon();
  }

  close(): void {
    for (const part of this.#opened.splice(0)) part.close();
  }

  #keep<Part extends Closable>(part: Part): Part {
    this.#opened.unshift(part);
    return part;
  }

  readonly #stateOf = ({ kind, name }: Tracker): TrackedState =>
    this.#states.get(`${kind} ${name}`) ?? "unknown";

  /** In the same turn of the loop, behind what the member has to do now. */
  #reviewSoon(name: string): void {
    const group = this.#groupOf.get(name);
    if (group === undefined || this.#toReview.has(group)) return;
    this.#toReview.add(group);
    queueMicrotask(() => {
      this.#toReview.delete(group);
      for (let orders = group.review(); orders.length > 0; orders = group.review()) {
        for (const { member, fact } of orders) member.tell(fact as never);
      }
    });
  }
}

/** What of this kind any router tracks. */
const namesOf = (kind: Tracker["kind"], { routers }: HaPlan): ReadonlySet<string> =>
  new Set(
    routers.flatMap(({ trackers }) =>
      trackers.filter((tracker) => tracker.kind === kind).map(({ name }) => name),
    ),
  );
