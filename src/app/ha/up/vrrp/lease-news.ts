/** Leases that were renewed since they were asked for last, as far as another could renew them. */
import { canProlong } from "../../../../proto/ha/lease-custody.ts";
import type { RouterLease } from "../messages.ts";
import type { TrackedRouter } from "./tracked-router.ts";

export class LeaseNews {
  readonly #renewedMs = new Map<string, number>(); // by name of the router

  of(routers: readonly Pick<TrackedRouter, "name" | "planned" | "lease">[]): RouterLease[] {
    return routers.flatMap(({ name: instance, planned, lease }) => {
      if (!canProlong(planned.instance.config)) return [];
      if (lease.renewedMs === this.#renewedMs.get(instance)) return [];
      this.#renewedMs.set(instance, lease.renewedMs);
      return [{ instance, ...lease }];
    });
  }
}
