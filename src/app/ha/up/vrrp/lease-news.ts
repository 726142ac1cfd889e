/** Leases that were renewed since they were asked for last, as far as another could renew them. */
import { canProlong } from "../../../../proto/ha/lease-custody.ts";
import type { RouterLease } from "../messages.ts";
import type { TrackedRouter } from "./tracked-router.ts";

type Leaseholder = Pick<TrackedRouter, "name" | "planned" | "renewedMs" | "lease">;

export class LeaseNews {
  readonly #renewedMs = new Map<string, number>(); // by name of the router

  of(routers: readonly Leaseholder[]): RouterLease[] {
    const news: RouterLease[] = [];
    for (const router of routers) {
      const { name: instance, renewedMs } = router;
      if (renewedMs === this.#renewedMs.get(instance)) continue; // mostly: asked at every beat
      this.#renewedMs.set(instance, renewedMs);
      if (canProlong(router.planned.instance.config)) news.push({ instance, ...router.lease });
    }
    return news;
  }
}
