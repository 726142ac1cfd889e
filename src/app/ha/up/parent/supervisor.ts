/**
 * The parent of `ha up`: starts the process of the virtual routers and that of the checks, watches both,
 * and carries what one tells to the other. It does nothing that could block.
 */
import type { Ports } from "../../../../io/ports.ts";
import type { ChildLimits } from "../../../../proto/ha/child-watch.ts";
import type { VrrpState } from "../../../../proto/vrrp/facts.ts";
import type { VrrpEvent } from "../../../vrrp/events.ts";
import type {
  ChildRole,
  FromChild,
  HeardMaster,
  LowerHeard,
  RouterEvent,
  ToCheckers,
  ToVrrp,
  TrackedNews,
} from "../messages.ts";
import type { HaPlan } from "../plan/plan.ts";
import { type PlanChanges, planChanges } from "../plan/plan-changes.ts";
import { HandWeights, type NamedServer, serversNamed } from "../servers/hand-weights.ts";
import type { ServerEvent } from "../servers/server-events.ts";
import { Found } from "./found.ts";
import { LeaseCustody } from "./lease-custody.ts";
import type { MaintenanceState } from "./maintenance.ts";
import { type ReadPlan, type ReadWell, unlessWorse } from "./reading.ts";
import { type Reloaded, type ReloadResult, Reloads } from "./reloads.ts";
import { Service } from "./service.ts";
import { patient, WatchedChild } from "./watched-child.ts";

export type HaEvent =
  | RouterEvent
  | { readonly kind: "tracked"; readonly news: TrackedNews }
  /** It has begun, or with null it has ended. */
  | { readonly kind: "maintenance"; readonly state: MaintenanceState | null }
  | { readonly kind: "reload"; readonly result: ReloadResult }
  | { readonly kind: "server"; readonly event: ServerEvent }
  /** It goes on, or another child takes its place. */
  | { readonly kind: "trouble"; readonly role: ChildRole | "parent"; readonly text: string };

export interface SuperviseOptions {
  /** What it begins with. */
  readonly first: ReadWell;
  /** What the file says now. */
  readonly read: () => Promise<ReadPlan>;
  readonly watchesFiles: boolean; // a change of one of them is a reload
  readonly limits: ChildLimits;
  readonly emit: (event: HaEvent) => void;
  readonly onHeard?: (heard: readonly HeardMaster[]) => void;
}

export class Supervisor {
  /** Why its work could not be begun; undefined at the polite end. */
  readonly ended: Promise<string | undefined>;
  readonly vrrp: WatchedChild<ToVrrp>;
  readonly checkers: WatchedChild<ToCheckers>;
  #runs: ReadWell;
  readonly #watchesFiles: boolean;
  readonly #emit: SuperviseOptions["emit"];
  readonly #onHeard: SuperviseOptions["onHeard"];
  readonly #states = new Map<string, VrrpState>(); // by instance
  readonly #found = new Found();
  readonly #weights = new HandWeights();
  readonly #told = new Map<string, VrrpState>(); // likewise, as the process of the checks knows
  readonly #untold: (RouterEvent | LowerHeard)[] = []; // while none runs
  #isMaintained: boolean = false;
  readonly #service: Service;
  readonly #custody: LeaseCustody;
  readonly #reloads: Reloads;
  #isRunning: boolean = false; // its routers once were
  #isStopping: boolean = false;
  #onApplied: (() => void)[] = [];
  #refusal: string | undefined;

  constructor(
    { first, read, watchesFiles, limits, emit, onHeard }: SuperviseOptions,
    ports: Pick<Ports, "startChild" | "clock" | "openNetlink" | "serviceManager">,
  ) {
    this.#runs = first;
    this.#watchesFiles = watchesFiles;
    this.#emit = emit;
    this.#onHeard = onHeard;
    this.#reloads = new Reloads(
      async () => {
        this.#service.reloading();
        const next = await read();
        return next.kind === "plan" ? unlessWorse(this.#runs, next) : next;
      },
      (next) => this.#apply(next),
    );
    const onTrouble = (text: string): void => emit({ kind: "trouble", role: "vrrp", text });
    this.#service = new Service(ports);
    this.#custody = new LeaseCustody(first.plan, ports, onTrouble);
    this.vrrp = new WatchedChild("vrrp", limits, ports, {
      greeting: () => [
        { kind: "maintenance", isOn: this.#isMaintained },
        { kind: "plan", plan: this.plan, former: this.#states },
        { kind: "tracked", news: this.tracked },
      ],
      onMessage: (message) => this.#hear("vrrp", message),
      onTrouble,
      onAway: (isAway) => (isAway ? this.#custody.begin() : this.#custody.end()),
    });
    this.checkers = new WatchedChild("checkers", patient(limits, CHECKS_WAIT_MS), ports, {
      greeting: () => [this.#work, ...this.#catchUp()],
      onMessage: (message) => this.#hear("checkers", message),
      onTrouble: (text) => emit({ kind: "trouble", role: "checkers", text }),
    });
    this.ended = this.vrrp.ended.then(async () => {
      this.#custody.close();
      this.checkers.stop(); // not before: what follows the end of a router is run by it
      await this.checkers.ended;
      return this.#refusal;
    });
  }

  start(): void {
    this.vrrp.start();
    this.checkers.start();
  }

  /** Whether all routers rank last. */
  maintain(isOn: boolean): void {
    this.#isMaintained = isOn;
    this.vrrp.send({ kind: "maintenance", isOn });
  }

  /** By hand. @param weight null: as it would be without. @returns those that the name means */
  weigh(name: string, weight: number | null): readonly NamedServer[] {
    const named = serversNamed(name, this.plan.lvs);
    this.#weights.set(named, weight);
    this.checkers.send({ kind: "weights", weights: this.#weights.all });
    for (const { service, server } of named) {
      const event = { service: service.label, server: server.label, weight };
      this.#emit({ kind: "server", event: { type: "hand-weight", ...event } });
    }
    return named;
  }

  /** By which it goes now. */
  get plan(): HaPlan {
    return this.#runs.plan;
  }

  /** By instance, of those that have told one. */
  get states(): ReadonlyMap<string, VrrpState> {
    return this.#states;
  }

  /** Of those of which anything is known. */
  get tracked(): readonly TrackedNews[] {
    return this.#found.tracked;
  }

  /** Goes by what the file says now, where it can; resolves when the virtual routers do. Never rejects. */
  async reload(): Promise<ReloadResult> {
    const result = await this.#reloads.reload();
    if (this.#isRunning && !this.#isStopping) this.#service.ready();
    this.#emit({ kind: "reload", result });
    return result;
  }

  /** Politely; at once when it is said again. */
  stop(): void {
    this.#isStopping = true;
    this.#service.stopping();
    this.vrrp.stop();
  }

  #hear(role: ChildRole, message: FromChild): void {
    switch (message.kind) {
      case "router":
        this.#follow(message.instance, message.event);
        this.#emit(message);
        this.#pass(message);
        break;
      case "lower-heard":
        this.#pass(message);
        break;
      case "tracked":
        for (const news of message.news) {
          if (this.#found.note(news)) this.#emit({ kind: "tracked", news });
        }
        this.vrrp.send(message);
        break;
      case "servers":
        this.#found.noteServers(message.news);
        for (const event of message.news.events) this.#emit({ kind: "server", event });
        break;
      case "beat":
        if (role === "vrrp") this.#service.live();
        break;
      case "running":
        if (!this.#isRunning) this.#service.ready();
        this.#isRunning = true;
        break;
      case "heard":
        this.#onHeard?.(message.heard);
        break;
      case "leases":
        for (const lease of message.leases) this.#custody.note(lease);
        break;
      case "refused":
        if (role === "vrrp" && !this.#isRunning) this.#giveUp(message.text);
        else this.#emit({ kind: "trouble", role, text: message.text });
        break;
      case "files-changed":
        void this.reload();
        break;
      case "applied":
        for (const resolve of this.#onApplied.splice(0)) resolve();
        break;
      case "trouble":
        this.#emit({ kind: "trouble", role, text: message.text });
    }
  }

  /** What is refused at the first start will be at the next one. */
  #giveUp(refusal: string): void {
    this.#refusal ??= refusal;
    this.stop();
  }

  /** Of the checkers. */
  get #work(): ToCheckers {
    const { tracked: known, servers } = this.#found;
    const states = new Map(this.#told);
    const { plan, files } = this.#runs;
    const watched = this.#watchesFiles ? files : [];
    const weights = this.#weights.all;
    return { kind: "plan", plan, known, states, servers, watched, weights };
  }

  async #apply(next: ReadWell): Promise<Reloaded | undefined> {
    if (this.#isStopping) return undefined;
    const { plan: former } = this.#runs;
    const { plan } = next;
    const changes = planChanges(former, plan);
    const notes = plan.notes.filter((note) => !former.notes.includes(note));
    this.#runs = next;
    const applied = new Promise<void>((resolve) => {
      this.#onApplied.push(resolve);
    });
    this.#custody.go(plan);
    for (const states of [this.#states, this.#told]) rename(states, changes);
    this.#found.forget(changes);
    this.#weights.keep(plan.lvs);
    this.vrrp.send({ kind: "plan", plan, former: this.#states });
    this.checkers.send(this.#work);
    await Promise.race([applied, this.ended]);
    return { changes, notes };
  }

  #follow(instance: string, event: VrrpEvent): void {
    if (event.type !== "transition") return;
    const isThere = (): boolean =>
      this.plan.routers.some((planned) => planned.instance.name === instance);
    if (event.to === "init" && !isThere()) this.#states.delete(instance);
    else this.#states.set(instance, event.to);
    this.#service.show(this.#states);
    if (event.to !== "master") this.#custody.drop(instance);
  }

  /** What follows a transition is run once the process that runs it is there again. */
  #pass(message: RouterEvent | LowerHeard): void {
    this.#untold.push(message);
    if (this.checkers.standing.pid !== undefined) {
      for (const one of this.#catchUp()) this.checkers.send(one);
    } else if (this.#untold.length > MOST_UNTOLD) this.#untold.shift();
  }

  #catchUp(): (RouterEvent | LowerHeard)[] {
    const untold = this.#untold.splice(0);
    for (const one of untold) {
      if (one.kind === "router" && one.event.type === "transition")
        this.#told.set(one.instance, one.event.to);
    }
    return untold;
  }
}

function rename(states: Map<string, VrrpState>, { routers }: PlanChanges): void {
  const former = new Map(states);
  for (const { name, nextName } of routers) {
    const state = former.get(name);
    if (name === nextName || state === undefined) continue;
    if (!routers.some((one) => one.nextName === name)) states.delete(name);
    states.set(nextName, state);
  }
}

/** A thousand routers that change twice. */
const MOST_UNTOLD = 2000;

/** It sets IPVS of thousands of services in one go, and what waits for that are checks, but no address. */
const CHECKS_WAIT_MS = 3000;
