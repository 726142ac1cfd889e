/** A router of the process, with what of the plan it goes by, and what it has for itself. */
import { isSameValue } from "../../../core/same-value.ts";
import type { Closable, Ports } from "../../../io/ports.ts";
import type { VrrpCompany } from "../../../proto/vrrp/config.ts";
import { amendmentOf } from "../../vrrp/amendment.ts";
import type { VrrpInstance } from "../../vrrp/instance.ts";
import { claimGuarded } from "./claim-guarded.ts";
import type { PlannedRouter } from "./plan.ts";
import type { TrackedRouter } from "./tracked-router.ts";

export class RunningRouter implements Closable {
  readonly router: TrackedRouter;
  #planned: PlannedRouter;
  #claim: Closable;
  #company: VrrpCompany;

  /** @param planned as the plan has it; @param claim is closed with it */
  constructor(
    router: TrackedRouter,
    planned: PlannedRouter,
    claim: Closable,
    company: VrrpCompany,
  ) {
    this.router = router;
    this.#planned = planned;
    this.#claim = claim;
    this.#company = company;
  }

  get planned(): PlannedRouter {
    return this.#planned;
  }

  goesBy(planned: PlannedRouter, company: VrrpCompany): boolean {
    return isSameValue(this.#planned, planned) && company === this.#company;
  }

  /** @returns false: it would have to begin anew, and is as it was. @throws SystemError, and it is as it was */
  amend(
    planned: PlannedRouter,
    instance: VrrpInstance,
    company: VrrpCompany,
    ports: Ports,
  ): boolean {
    const { instance: former } = this.router.planned;
    if (amendmentOf(former, instance) === "restart") return false;
    this.#claim.close();
    try {
      this.#claim = claimGuarded(instance, ports);
      this.router.amend({ ...planned, instance }, company);
    } catch (error) {
      this.#claim.close();
      this.#claim = claimGuarded(former, ports);
      throw error;
    }
    this.#planned = planned;
    this.#company = company;
    return true;
  }

  close(): void {
    this.router.close();
    this.#claim.close();
  }
}
