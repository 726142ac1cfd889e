/** How the real servers of `ha up` are treated beyond what its file says. */
import { SlowStart } from "../../../../proto/lvs/slow-start.ts";
import type { LvsPlan, PlannedService } from "../plan/lvs-plan.ts";

export interface ServerCare {
  readonly rise: number; // so many successes in a row make a server that is down up
  readonly slowStartMs: number; // in which one that comes back gets its weight; 0: at once
}

/** Of one virtual server. */
export interface ServiceSteering {
  readonly rise: number;
  readonly slow: SlowStart; // by labels of servers
}

/** Of all; what is on its way goes on when a plan has another such service in its place. */
export class Steering {
  readonly #care: ServerCare;
  readonly #services = new Map<string, ServiceSteering>(); // by key

  constructor(care: ServerCare) {
    this.#care = care;
  }

  of({ key }: Pick<PlannedService, "key">): ServiceSteering {
    const { rise, slowStartMs } = this.#care;
    const own = this.#services.get(key) ?? { rise, slow: new SlowStart(slowStartMs) };
    this.#services.set(key, own);
    return own;
  }

  /** What is in no plan any more comes back as new. */
  keep({ services }: Pick<LvsPlan, "services">): void {
    const keys = new Set(services.map(({ key }) => key));
    for (const key of this.#services.keys()) if (!keys.has(key)) this.#services.delete(key);
  }
}
