/** All that `ha up` does with IPVS of the kernel: its virtual servers, and what is said of IPVS as a whole. */

import { flushServices } from "../../../../core/netlink/ipvs-service.ts";
import { valueKey } from "../../../../core/same-value.ts";
import type { Closable, Ports } from "../../../../io/ports.ts";
import type { Destination } from "../../../../proto/lvs/virtual-server.ts";
import type { VrrpState } from "../../../../proto/vrrp/facts.ts";
import type { IpvsKernel } from "../../../ipvs/kernel.ts";
import type { LvsPlan, PlannedService } from "../plan/lvs-plan.ts";
import { connectionsOf } from "./connections.ts";
import { IpvsAccess } from "./ipvs-access.ts";
import type { IpvsMemory } from "./ipvs-memory.ts";
import type { Connections, IpvsPort } from "./ipvs-port.ts";
import { KernelServices } from "./kernel-services.ts";
import { KernelSettings } from "./kernel-settings.ts";

export interface BalancerWitness {
  readonly onMemory: (memory: IpvsMemory) => void;
  readonly onTrouble: (text: string) => void;
}

export class Balancer implements IpvsPort, Closable {
  readonly #access: IpvsAccess;
  readonly #services: KernelServices;
  readonly #settings: KernelSettings;
  readonly #witness: BalancerWitness;
  #former: IpvsMemory | undefined; // of a process before this one
  #plan: Pick<LvsPlan, "services" | "ipvs"> | undefined;
  #learned: IpvsKernel | undefined; // the one whose table is known
  #remembered = "";
  #hasEnded: boolean = false;

  constructor(ports: Pick<Ports, "openNetlink" | "clock">, witness: BalancerWitness) {
    this.#witness = witness;
    this.#access = new IpvsAccess(ports, (kernel) => this.#work(kernel), witness.onTrouble);
    this.#services = new KernelServices(ports.clock, this.#access, witness.onTrouble);
    this.#settings = new KernelSettings(this.#access, witness.onTrouble);
  }

  /** Why connections are not led as they should be. */
  get trouble(): string | null {
    return this.#access.trouble;
  }

  point(service: PlannedService, destinations: readonly Destination[]): void {
    if (!this.#hasEnded) this.#services.point(service, destinations);
  }

  connections(service: PlannedService): readonly Connections[] | null {
    let found: readonly Connections[] | null = null;
    this.#access.use((kernel) => {
      found = connectionsOf(kernel, service);
    });
    return found;
  }

  /** Behind all that the plan has pointed. @param former of a process before this one */
  go(plan: Pick<LvsPlan, "services" | "ipvs">, former: IpvsMemory | undefined): void {
    const isFirst = this.#plan === undefined;
    if (isFirst) this.#former = former;
    this.#plan = plan;
    this.#services.keep(plan.services);
    this.#settings.want(plan.ipvs);
    const isNeeded = plan.services.length > 0 || this.#settings.isWanted;
    if (this.#learned !== undefined) this.#access.use((kernel) => this.#settle(kernel));
    else if (isNeeded || former !== undefined) this.#access.begin();
  }

  /** @param states of all virtual routers, whenever one has another */
  hear(states: ReadonlyMap<string, VrrpState>): void {
    this.#settings.hear(states);
    if (this.#learned !== undefined) this.#access.use((kernel) => this.#settings.settle(kernel));
  }

  /** In this very turn. @param removes what it has made, and not its settings alone */
  end(removes: boolean): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#services.close();
    if (this.#learned !== undefined) {
      this.#access.use((kernel) => {
        if (removes) this.#services.remove(kernel, this.#plan?.ipvs.flushesLast ?? false);
        this.#settings.end(kernel);
      });
    }
    this.#access.close();
  }

  close(): void {
    this.#services.close();
    this.#access.close();
  }

  /** When IPVS is there, and each few seconds then. */
  #work(kernel: IpvsKernel): void {
    if (this.#learned === kernel) {
      this.#services.look(kernel);
      this.#settings.look(kernel);
      return;
    }
    if (this.#plan?.ipvs.flushesFirst && this.#former === undefined) flush(kernel);
    this.#services.learn(kernel, this.#former?.owned ?? []);
    this.#settings.learn(kernel, this.#former?.timeouts ?? null);
    this.#learned = kernel;
    this.#remember();
  }

  #settle(kernel: IpvsKernel): void {
    this.#services.settle(kernel);
    this.#settings.settle(kernel);
    this.#remember();
  }

  /** Told before anything else could end us. */
  #remember(): void {
    const memory = { owned: this.#services.owned, timeouts: this.#settings.former };
    const key = valueKey(memory);
    this.#former = memory;
    if (key === this.#remembered) return;
    this.#remembered = key;
    this.#witness.onMemory(memory);
  }
}

/** @throws SystemError */
function flush(kernel: IpvsKernel): void {
  const request = { op: "ipvs flush", subject: "services", request: flushServices() };
  for (const { error } of kernel.change([request])) throw error;
}
