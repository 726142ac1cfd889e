/** IPVS as a whole, as a configuration wants it: timeouts, which are again as before at the end, and sync daemons. */
import type { DaemonRole, IpvsDaemon, IpvsTimeouts } from "../../../../core/netlink/ipvs-daemon.ts";
import { planDaemons, planTimeouts } from "../../../../proto/ipvs/plan-settings.ts";
import type { IpvsStep } from "../../../../proto/ipvs/step.ts";
import { stepSubject } from "../../../../proto/ipvs/step.ts";
import { daemonSubject } from "../../../../proto/ipvs/target.ts";
import type { VrrpState } from "../../../../proto/vrrp/facts.ts";
import type { IpvsKernel } from "../../../ipvs/kernel.ts";
import { explained, stepRequests } from "../../../ipvs/step-request.ts";
import type { IpvsSettings } from "../plan/lvs-plan.ts";
import type { IpvsAccess } from "./ipvs-access.ts";
import { Losses } from "./losses.ts";

export class KernelSettings {
  readonly #access: IpvsAccess;
  readonly #losses: Losses;
  #wanted: IpvsSettings = NOTHING;
  #states: ReadonlyMap<string, VrrpState> = new Map();
  #daemons: readonly IpvsDaemon[] = []; // that run, while any is wanted
  #knowsDaemons: boolean = false; // else they are of others
  #former: IpvsTimeouts | null = null; // before ours

  constructor(access: IpvsAccess, tell: (text: string) => void) {
    this.#access = access;
    this.#losses = new Losses(tell);
  }

  /** To be again at the end; null: they were not changed. */
  get former(): IpvsTimeouts | null {
    return this.#former;
  }

  get isWanted(): boolean {
    const { flushesFirst, flushesLast, timeouts, daemon } = this.#wanted;
    return flushesFirst || flushesLast || timeouts !== null || daemon !== null;
  }

  want(settings: IpvsSettings): void {
    this.#wanted = settings;
  }

  /** @param states of all virtual routers */
  hear(states: ReadonlyMap<string, VrrpState>): void {
    this.#states = states;
  }

  /** @param former that a process before this one found. @throws SystemError */
  learn(kernel: IpvsKernel, former: IpvsTimeouts | null): void {
    this.#former ??= former;
    this.#knowsDaemons = false;
    this.settle(kernel);
  }

  /** @throws SystemError */
  settle(kernel: IpvsKernel): void {
    const isWanted = this.#wanted.daemon !== null;
    if (isWanted && !this.#knowsDaemons) this.#daemons = kernel.daemons(); // whoever started them
    this.#knowsDaemons = isWanted;
    this.#carryOut(kernel, [...this.#timeoutSteps(kernel), ...this.#daemonSteps()]);
  }

  /** Whether the daemons run still. @throws SystemError */
  look(kernel: IpvsKernel): void {
    if (this.#daemons.length > 0) {
      const roles = new Set(kernel.daemons().map(({ role }) => role));
      const gone = this.#daemons.filter(({ role }) => !roles.has(role));
      this.#daemons = this.#daemons.filter((one) => !gone.includes(one));
      this.#losses.note(gone.map(daemonSubject));
    }
    this.settle(kernel); // with what was refused before, too
  }

  /** @throws SystemError */
  end(kernel: IpvsKernel): void {
    this.#wanted = NOTHING;
    this.settle(kernel);
  }

  #timeoutSteps(kernel: IpvsKernel): IpvsStep[] {
    const { timeouts } = this.#wanted;
    if (timeouts === null && this.#former === null) return [];
    const now = kernel.timeouts();
    if (timeouts !== null) this.#former ??= now;
    const steps = planTimeouts(now, { ...this.#former, ...saidOf(timeouts) } as IpvsTimeouts);
    if (timeouts === null) this.#former = null;
    return steps;
  }

  #daemonSteps(): IpvsStep[] {
    const { daemon } = this.#wanted;
    if (daemon === null) return planDaemons(this.#daemons, []);
    const { settings, instance } = daemon;
    const roles: DaemonRole[] =
      instance === null
        ? ["master", "backup"]
        : [this.#states.get(instance) === "master" ? "master" : "backup"];
    return planDaemons(
      this.#daemons,
      roles.map((role) => ({ ...settings, role })),
    );
  }

  #carryOut(kernel: IpvsKernel, steps: readonly IpvsStep[]): void {
    if (steps.length === 0) return;
    const refused = new Set<IpvsStep>();
    for (const { request, error } of kernel.change(stepRequests(steps))) {
      if (request.step.kind === "stop-daemon" && error.code === "ESRCH") continue;
      refused.add(request.step);
      this.#access.refused(explained(request, error));
    }
    for (const step of steps) {
      if (refused.has(step)) continue;
      this.#access.went(stepSubject(step));
      if (step.kind === "start-daemon") this.#daemons = [...this.#daemons, step.daemon];
      else if (step.kind === "stop-daemon")
        this.#daemons = this.#daemons.filter((one) => one !== step.daemon);
    }
  }
}

/** 0 is as it was. */
const saidOf = (timeouts: IpvsTimeouts | null): Partial<IpvsTimeouts> =>
  Object.fromEntries(Object.entries(timeouts ?? {}).filter(([, value]) => value > 0));

const NOTHING: IpvsSettings = {
  ...{ flushesFirst: false, flushesLast: false },
  ...{ timeouts: null, daemon: null },
};
