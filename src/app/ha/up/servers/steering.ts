/** How the real servers of `ha up` are treated beyond what its file says. */
import { SlowStart } from "../../../../proto/lvs/slow-start.ts";
import type { LvsPlan, PlannedService } from "../plan/lvs-plan.ts";
import type { HandWeight } from "./hand-weights.ts";

export interface ServerCare {
  readonly rise: number; // so many successes in a row make a server that is down up
  readonly slowStartMs: number; // in which one that comes back gets its weight; 0: at once
  readonly verifiesCertificates: boolean; // of pages that are asked for by HTTPS
}

/** Of one virtual server; its real servers by their labels. */
export interface ServiceSteering {
  readonly rise: number;
  readonly slow: SlowStart;
  readonly byHand: Map<string, number>; // weights
}

/** Of all; what is on its way goes on when a plan has another such service in its place. */
export class Steering {
  readonly #care: ServerCare;
  readonly #services = new Map<string, ServiceSteering>(); // by key

  constructor(care: ServerCare) {
    this.#care = care;
  }

  of({ key }: Pick<PlannedService, "key">): ServiceSteering {
    return this.#at(key);
  }

  /** All of them, instead of those before. */
  weigh(weights: readonly HandWeight[]): void {
    for (const { byHand } of this.#services.values()) byHand.clear();
    for (const { service, server, weight } of weights) this.#at(service).byHand.set(server, weight);
  }

  /** What is in no plan any more comes back as new. */
  keep({ services }: Pick<LvsPlan, "services">): void {
    const keys = new Set(services.map(({ key }) => key));
    for (const key of this.#services.keys()) if (!keys.has(key)) this.#services.delete(key);
  }

  #at(key: string): ServiceSteering {
    const { rise, slowStartMs } = this.#care;
    const found = this.#services.get(key);
    const own = found ?? { rise, slow: new SlowStart(slowStartMs), byHand: new Map() };
    this.#services.set(key, own);
    return own;
  }
}
