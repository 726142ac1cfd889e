/** Virtual servers in IPVS: what is wanted of them is set by difference, and what others delete of it comes back. */
import { flushServices, type ServiceId } from "../../../../core/netlink/ipvs-service.ts";
import type { Cancel, Closable, Ports } from "../../../../io/ports.ts";
import { KnownTable } from "../../../../proto/ipvs/known-table.ts";
import { planTable } from "../../../../proto/ipvs/plan.ts";
import { type PointedServer, pointedTable } from "../../../../proto/ipvs/pointed-table.ts";
import { type IpvsStep, isGoing, stepSubject } from "../../../../proto/ipvs/step.ts";
import { type IpvsTable, serviceKey } from "../../../../proto/ipvs/table.ts";
import type { Destination } from "../../../../proto/lvs/virtual-server.ts";
import { sendSteps } from "../../../ipvs/apply.ts";
import type { IpvsKernel } from "../../../ipvs/kernel.ts";
import { stepRequests } from "../../../ipvs/step-request.ts";
import type { PlannedService } from "../plan/lvs-plan.ts";
import type { IpvsAccess } from "./ipvs-access.ts";
import type { IpvsPort } from "./ipvs-port.ts";
import { Losses } from "./losses.ts";

export class KernelServices implements Pick<IpvsPort, "point">, Closable {
  readonly #clock: Ports["clock"];
  readonly #access: IpvsAccess;
  readonly #known = new KnownTable();
  readonly #losses: Losses;
  #pointed = new Map<string, PointedServer>(); // by key of the virtual server
  #isDue = new Set<string>(); // services that are to be looked at in the next turn
  #isUnsettled: boolean = false; // something was refused, or others were faster: it is asked for again
  #cancel: Cancel | undefined;
  #cancelLook: Cancel | undefined; // while some are to be looked at

  constructor(clock: Ports["clock"], access: IpvsAccess, tell: (text: string) => void) {
    this.#clock = clock;
    this.#access = access;
    this.#losses = new Losses(tell);
  }

  /** Set in the next turn, with all else that changes in this one. */
  point(service: PlannedService, destinations: readonly Destination[]): void {
    const before = this.#pointed.get(service.key);
    const pointed = pointedOf(service, destinations);
    this.#pointed.set(service.key, pointed);
    for (const { services } of [pointed, ...(before === undefined ? [] : [before])])
      for (const { id } of services) this.#isDue.add(serviceKey(id));
    this.#cancel ??= this.#clock.at(this.#clock.nowMs(), () => {
      this.#access.use((kernel) => this.#settle(kernel, this.#due()));
    });
  }

  /** There are no virtual servers but these, in this order. */
  keep(services: readonly Pick<PlannedService, "key">[]): void {
    const before = this.#pointed;
    this.#pointed = new Map();
    for (const { key } of services) {
      const pointed = before.get(key);
      if (pointed !== undefined) this.#pointed.set(key, pointed);
    }
  }

  /** Services that are or were to be there. */
  get owned(): readonly ServiceId[] {
    const wanted = pointedTable(this.#pointed.values());
    const ids = [...wanted.values()].map(({ service }) => service.id);
    const former = this.#known.services.filter(({ id }) => !wanted.has(serviceKey(id)));
    return [...ids, ...former.map(({ id }) => id)];
  }

  /** Takes over what is there of its own, whoever made it. @throws SystemError */
  learn(kernel: IpvsKernel, owned: readonly ServiceId[]): void {
    const actual = kernel.table();
    this.#known.clear();
    const keys = [...pointedTable(this.#pointed.values()).keys(), ...owned.map(serviceKey)];
    for (const key of keys) this.#known.adopt(key, actual.get(key));
    this.settle(kernel);
  }

  /** Makes all as it is wanted. @throws SystemError */
  settle(kernel: IpvsKernel): void {
    this.#due();
    this.#isUnsettled = false;
    const wanted = pointedTable(this.#pointed.values());
    this.#settle(kernel, new Set([...this.#known.keys, ...wanted.keys()]), wanted);
  }

  /** Whether all is there still: services now, their servers in the turns that follow. @throws SystemError */
  look(kernel: IpvsKernel): void {
    const there = new Set(kernel.services().map(({ service }) => serviceKey(service.id)));
    const ids = this.#known.services.map(({ id }) => id);
    const [stay, gone] = [[] as ServiceId[], [] as string[]];
    for (const id of ids) {
      const key = serviceKey(id);
      if (there.has(key)) stay.push(id);
      else gone.push(...this.#known.miss(key, undefined));
    }
    this.#losses.note(gone);
    if (gone.length > 0 || this.#isUnsettled) this.settle(kernel);
    if (this.#cancelLook === undefined) this.#lookFurther(stay); // else all have their turn first
  }

  /** At the end. @param isFlush others' go too. @throws SystemError */
  remove(kernel: IpvsKernel, isFlush: boolean): void {
    const flush = { op: "ipvs flush", subject: "services", request: flushServices() };
    const own = this.#known.services.map(
      (service): IpvsStep => ({
        kind: "delete-service",
        service,
      }),
    );
    for (const { error } of kernel.change(isFlush ? [flush] : stepRequests(own)))
      if (error.code !== "ESRCH") this.#access.refused(error);
    this.#known.clear();
  }

  close(): void {
    this.#cancel?.();
    this.#cancelLook?.();
  }

  #due(): ReadonlySet<string> {
    this.#cancel?.();
    this.#cancel = undefined;
    const due = this.#isDue;
    this.#isDue = new Set();
    return due;
  }

  /** Where another program is in between it is read again, some times. */
  #settle(
    kernel: IpvsKernel,
    keys: ReadonlySet<string>,
    wanted: IpvsTable = pointedTable(this.#pointed.values(), keys),
  ): void {
    for (let round = 1; round <= ROUNDS; round++) {
      const steps = planTable(this.#known.of(keys), wanted, () => true);
      if (steps.length === 0) return;
      if (!this.#carryOut(kernel, steps)) return;
      this.#compare(kernel, wanted);
    }
  }

  /** @returns whether another program was faster */
  #carryOut(kernel: IpvsKernel, steps: readonly IpvsStep[]): boolean {
    const { done, refused } = sendSteps(kernel, steps);
    if (refused.length > 0) this.#isUnsettled = true;
    let hasRaced = false;
    const gone: IpvsStep[] = [];
    for (const { step, error, isRace } of refused) {
      if (!isRace) this.#access.refused(error);
      else if (isGoing(step)) gone.push(step);
      else hasRaced = true;
    }
    for (const step of [...done, ...gone]) {
      this.#known.note(step);
      this.#access.went(stepSubject(step));
    }
    return hasRaced;
  }

  #compare(kernel: IpvsKernel, wanted: IpvsTable): void {
    const actual = kernel.table();
    for (const [key, service] of wanted) {
      const there = actual.get(key);
      this.#losses.note(this.#known.miss(key, there?.destinations));
      if (there !== undefined) this.#known.meet(there, service);
    }
  }

  /** A few in a turn: nothing else waits long for it. */
  #lookFurther(ids: readonly ServiceId[]): void {
    this.#cancelLook = undefined;
    if (ids.length === 0) return;
    this.#cancelLook = this.#clock.at(this.#clock.nowMs() + LOOK_PAUSE_MS, () => {
      this.#access.use((kernel) => {
        const missing = new Set<string>();
        for (const id of ids.slice(0, LOOKED_AT_ONCE)) {
          const key = serviceKey(id);
          const there = kernel.destinations(id)?.map(({ destination }) => destination);
          const gone = this.#known.miss(key, there);
          this.#losses.note(gone);
          if (gone.length > 0) missing.add(key);
        }
        if (missing.size > 0) this.#settle(kernel, missing);
      });
      this.#lookFurther(ids.slice(LOOKED_AT_ONCE));
    });
  }
}

function pointedOf(service: PlannedService, destinations: readonly Destination[]): PointedServer {
  return {
    services: service.ipvs,
    servers: destinations.flatMap(({ server, weight }) => {
      const isSorry = server === "sorry";
      const own = isSorry ? service.sorry : service.servers[server];
      return own ? [{ server: own.ipvs, weight, isSorry }] : [];
    }),
  };
}

const ROUNDS = 3;
const LOOKED_AT_ONCE = 50;
const LOOK_PAUSE_MS = 50;
