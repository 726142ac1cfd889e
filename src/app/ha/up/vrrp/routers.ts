/** All virtual routers of one process: with what they track, in their sync groups, and from plan to plan. */
import { SystemError } from "../../../../core/errors.ts";
import { NETLINK_ROUTE } from "../../../../core/netlink/rtnl.ts";
import type { Closable, NetlinkSocket, Ports } from "../../../../io/ports.ts";
import type { TrackedState, Tracker } from "../../../../proto/ha/tracking.ts";
import { amendmentOf } from "../../../vrrp/amendment.ts";
import { refusalOf } from "../../../vrrp/holdings.ts";
import type { VrrpInstance } from "../../../vrrp/instance.ts";
import { Interfaces } from "../../../vrrp/interfaces.ts";
import { Renewals } from "../../../vrrp/renewals.ts";
import type { FormerStates, FromRouters, Question, TrackedNews } from "../messages.ts";
import type { HaPlan, PlannedRouter } from "../plan/plan.ts";
import { companyOf, planChanges } from "../plan/plan-changes.ts";
import { claimGuarded } from "./claim-guarded.ts";
import { PacedAnnouncements } from "./paced-announcements.ts";
import { RunningRouter } from "./running-router.ts";
import { settledInstance } from "./settled-instance.ts";
import { Statics } from "./statics.ts";
import { SyncGroups } from "./sync-groups.ts";
import { interfacesTracked, trackInterfaces } from "./tracked-interfaces.ts";
import { TrackedRouter } from "./tracked-router.ts";

export class Routers implements Closable {
  /** Resolves at the end of all. @throws SystemError where addresses cannot be changed */
  readonly ended: Promise<void>;
  readonly #ports: Ports;
  readonly #netlink: NetlinkSocket;
  readonly #interfaces: Interfaces;
  readonly #statics: Statics;
  readonly #tell: (message: FromRouters) => void;
  readonly #paced: PacedAnnouncements;
  readonly #live: () => void;
  readonly #groups = new SyncGroups();
  readonly #states = new Map<string, TrackedState>(); // by kind and name
  readonly #running = new Map<string, RunningRouter>(); // by name
  readonly #leaving = new Set<RunningRouter>();
  #plan: HaPlan;
  #isMaintained: boolean = false;
  #tracked: Closable | undefined;
  #isStopping: boolean = false;
  #end: (failure?: unknown) => void = () => {};
  #onSettled: (() => void)[] = [];

  /** Sends nothing yet. @param live is called with each router. @throws SystemError, with nothing left open */
  constructor(
    plan: HaPlan,
    former: FormerStates,
    ports: Ports,
    tell: (message: FromRouters) => void,
    live: () => void = () => {},
  ) {
    this.#live = live;
    this.#plan = plan;
    this.#ports = ports;
    this.#tell = tell;
    this.ended = new Promise((resolve, reject) => {
      this.#end = (failure) => (failure === undefined ? resolve() : reject(failure));
    });
    this.#netlink = ports.openNetlink(NETLINK_ROUTE);
    const renewals = new Renewals(ports, this.#netlink);
    this.#interfaces = new Interfaces(ports, this.#netlink, plan.linkDelays, renewals);
    this.#paced = new PacedAnnouncements(plan.pacing, ports.clock);
    const trouble = (text: string): void => tell({ kind: "trouble", text });
    this.#statics = new Statics(ports, this.#netlink, this.#interfaces, trouble);
    try {
      this.#statics.hold(plan.statics);
      this.#trackInterfaces();
      for (const planned of plan.routers) {
        this.#open(planned, former.get(planned.instance.name) === "master");
      }
      this.#regroup();
    } catch (error) {
      this.close();
      throw error;
    }
  }

  run(): void {
    for (const one of this.#running.values()) this.#run(one);
  }

  /**
   * Goes by this plan from now on. What is the same in both goes on untouched.
   * @param onSettled called when all do; not where all end before
   */
  apply(plan: HaPlan, onSettled: () => void = () => {}): void {
    if (this.#isStopping) return;
    this.#onSettled.push(onSettled);
    for (const { kind, name } of planChanges(this.#plan, plan).routers) {
      if (kind === "removed" || kind === "restarted") this.#dismiss(name);
    }
    this.#plan = plan;
    const flaw = refusalOf(() => this.#statics.hold(plan.statics));
    if (flaw !== undefined) this.#tell({ kind: "trouble", text: flaw });
    this.#settle();
  }

  note(news: readonly TrackedNews[]): void {
    for (const { kind, name, state } of news) this.#states.set(`${kind} ${name}`, state);
    for (const { router } of this.#running.values()) router.track();
  }

  /** Whether all of them rank last. */
  maintain(isOn: boolean): void {
    this.#isMaintained = isOn;
    for (const { router } of this.#running.values()) router.maintain(isOn);
  }

  /** @returns undefined where there is no such router */
  async answer({
    instance,
    request,
  }: Extract<Question, { kind: "router" }>): Promise<object | undefined> {
    return await this.#running.get(instance)?.router.answer(request);
  }

  /** Those that run, and those that leave. */
  get all(): readonly TrackedRouter[] {
    return this.#all.map(({ router }) => router);
  }

  stop(): void {
    this.#isStopping = true;
    for (const { router } of this.#all) router.stop();
    if (this.#all.length === 0) this.#end();
  }

  abandon(): void {
    this.#isStopping = true;
    for (const { router } of this.#all) router.abandon();
  }

  close(): void {
    for (const one of this.#all) this.#forget(one);
    this.#paced.close();
    this.#tracked?.close();
    this.#statics.close();
    this.#netlink.close();
  }

  get #all(): RunningRouter[] {
    return [...this.#running.values(), ...this.#leaving];
  }

  /** @throws SystemError, with nothing left open */
  #open(planned: PlannedRouter, wasMaster: boolean): RunningRouter {
    this.#live();
    const instance = this.#settled(planned);
    const claimed = claimGuarded(instance, this.#ports);
    const company = companyOf(instance.name, this.#plan);
    let router: TrackedRouter | undefined;
    try {
      const nameNow = (): string => router?.name ?? instance.name;
      const ports = this.#paced.portsFor(instance, this.#ports);
      router = new TrackedRouter({ ...planned, instance }, ports, this.#netlink, {
        stateOf: this.#stateOf,
        emit: (event) => {
          this.#paced.heed(instance.name, event);
          const atMs = this.#ports.clock.nowMs();
          this.#tell({ kind: "router", instance: nameNow(), event, atMs });
        },
        onLower: (priority) => this.#tell({ kind: "lower-heard", instance: nameNow(), priority }),
        onTold: () => this.#groups.reviewSoon(router),
        company,
        wasMaster,
        interfaces: this.#interfaces,
      });
    } catch (error) {
      claimed.close();
      throw error;
    }
    const running = new RunningRouter(router, planned, company, claimed, this.#ports);
    this.#running.set(instance.name, running);
    if (this.#isMaintained) router.maintain(true);
    return running;
  }

  #run(one: RunningRouter): void {
    this.#live();
    one.router.run().then(() => this.#bury(one), this.#end);
  }

  /** It hands over; who needs what it has waits for that. */
  #dismiss(name: string): void {
    const one = this.#running.get(name);
    if (one === undefined) return;
    this.#running.delete(name);
    this.#leaving.add(one);
    one.router.stop();
  }

  #bury(one: RunningRouter): void {
    this.#forget(one);
    if (this.#isStopping && this.#all.length === 0) this.#end();
    else if (!this.#isStopping) this.#settle();
  }

  #forget(one: RunningRouter): void {
    one.close();
    this.#leaving.delete(one);
    for (const [name, each] of this.#running) if (each === one) this.#running.delete(name);
  }

  /** All who run go by the plan, and all begin whom it has beside them, once nobody has to leave. */
  #settle(): void {
    if (this.#leaving.size > 0) return;
    this.#interfaces.delay(this.#plan.linkDelays);
    this.#paced.renew(this.#plan.pacing);
    this.#trackInterfaces();
    for (const planned of this.#amendAll()) {
      this.#attempt(planned, () => this.#run(this.#open(planned, false)));
    }
    this.#regroup();
    if (this.#leaving.size > 0) return; // one that had to begin anew after all
    for (const tell of this.#onSettled.splice(0)) tell();
  }

  /** @returns those that do not run yet */
  #amendAll(): PlannedRouter[] {
    const { routers } = this.#plan;
    const running = { ...this.#plan, routers: this.#all.map(({ planned }) => planned) };
    const changes = planChanges(running, this.#plan).routers;
    const amended = changes.flatMap(({ kind, name, nextName }) => {
      const one = this.#running.get(name);
      const planned = routers.find(({ instance }) => instance.name === nextName);
      if (kind === "added" || one === undefined || planned === undefined) return [];
      return [{ name, one, planned, company: companyOf(nextName, this.#plan) }];
    });
    for (const { name } of amended) this.#running.delete(name);
    for (const { one, planned } of amended) this.#running.set(planned.instance.name, one);
    const others = amended.flatMap(({ one, planned, company }) => {
      if (one.isAs(planned, company)) return [];
      const instance = this.#attempt(planned, () => this.#settled(planned));
      return instance === undefined ? [] : [{ one, planned, company, instance }];
    });
    const isMoved = ({ one, instance }: (typeof others)[number]): boolean =>
      amendmentOf(one.router.planned.instance, instance) === "restart";
    for (const { instance } of others.filter(isMoved)) this.#dismiss(instance.name); // to where its source address is now
    const going = others.filter((one) => !isMoved(one));
    for (const { one } of going) one.loosen();
    for (const { one, planned, company, instance } of going) {
      this.#attempt(planned, () => one.amend(planned, instance, company));
    }
    const isAdded = ({ instance }: PlannedRouter): boolean => !this.#running.has(instance.name);
    return routers.filter(isAdded);
  }

  /** @throws SystemError */
  #settled(planned: PlannedRouter): VrrpInstance {
    return settledInstance(planned, this.#ports, this.#netlink);
  }

  /** One that fails is told, and is no reason to leave out the others. */
  #attempt<Result>({ instance }: PlannedRouter, act: () => Result): Result | undefined {
    try {
      return act();
    } catch (error) {
      if (!(error instanceof SystemError)) throw error;
      const event = { type: "trouble", text: error.message } as const;
      this.#tell({ kind: "router", instance: instance.name, event });
      return undefined;
    }
  }

  #trackInterfaces(): void {
    const names = interfacesTracked(this.#plan);
    const former = this.#tracked; // closed last, so that what is followed all the time is not read again
    this.#tracked = trackInterfaces(names, this.#interfaces, (news) => this.note([news]));
    former?.close();
  }

  #regroup(): void {
    const routers = Array.from(this.#running.values(), ({ router }) => router);
    this.#groups.regroup(this.#plan.syncGroups, routers);
  }

  readonly #stateOf = ({ kind, name }: Tracker): TrackedState =>
    this.#states.get(`${kind} ${name}`) ?? "unknown";
}
