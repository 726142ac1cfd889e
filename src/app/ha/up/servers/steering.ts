/** How the real servers of `ha up` are treated beyond what its file says. */
import type { LvsPlan, PlannedService } from "../plan/lvs-plan.ts";
import type { HandWeight } from "./hand-weights.ts";
import { type ServerCare, ServiceSteering } from "./service-steering.ts";

/** Of all; what is on its way goes on when a plan has another such service in its place. */
export class Steering {
  readonly #care: ServerCare;
  readonly #services = new Map<string, ServiceSteering>(); // by key

  constructor(care: ServerCare) {
    this.#care = care;
  }

  of({ key }: Pick<PlannedService, "key">): ServiceSteering {
    const own = this.#services.get(key) ?? new ServiceSteering(this.#care);
    this.#services.set(key, own);
    return own;
  }

  /** All of them, instead of those before. */
  weigh(weights: readonly HandWeight[]): void {
    for (const { byHand } of this.#services.values()) byHand.clear();
    for (const { service, server, weight } of weights)
      this.of({ key: service }).byHand.set(server, weight);
  }

  /** What is in no plan any more comes back as new. */
  keep({ services }: Pick<LvsPlan, "services">): void {
    const keys = new Set(services.map(({ key }) => key));
    for (const key of this.#services.keys()) if (!keys.has(key)) this.#services.delete(key);
  }
}
