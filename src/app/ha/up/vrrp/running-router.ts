/** A router of the plan at work, with its claim to what no other one may have beside it. */
import { isSameValue } from "../../../../core/same-value.ts";
import type { Closable, Ports } from "../../../../io/ports.ts";
import type { VrrpCompany } from "../../../../proto/vrrp/config.ts";
import type { VrrpInstance } from "../../../vrrp/instance.ts";
import type { PlannedRouter } from "../plan/plan.ts";
import { claimGuarded } from "./claim-guarded.ts";
import type { TrackedRouter } from "./tracked-router.ts";

export class RunningRouter implements Closable {
  readonly router: TrackedRouter;
  readonly #ports: Ports;
  #planned: PlannedRouter;
  #company: VrrpCompany;
  #claim: Closable;

  /** @param planned as the plan has it, which names no interface where another thing tells it */
  constructor(
    router: TrackedRouter,
    planned: PlannedRouter,
    company: VrrpCompany,
    claim: Closable,
    ports: Ports,
  ) {
    this.router = router;
    this.#planned = planned;
    this.#company = company;
    this.#claim = claim;
    this.#ports = ports;
  }

  get planned(): PlannedRouter {
    return this.#planned;
  }

  isAs(planned: PlannedRouter, company: VrrpCompany): boolean {
    return company === this.#company && isSameValue(this.#planned, planned);
  }

  /** Until it is another one: an address may change hands. */
  loosen(): void {
    this.#claim.close();
  }

  /** Goes on as another one, which needs no restart. @throws SystemError, and it goes on as it was */
  amend(planned: PlannedRouter, instance: VrrpInstance, company: VrrpCompany): void {
    const { instance: former } = this.router.planned;
    try {
      this.#claim = claimGuarded(instance, this.#ports);
      this.router.amend({ ...planned, instance }, company);
      this.#planned = planned;
      this.#company = company;
    } catch (error) {
      this.#claim.close();
      this.#claim = claimGuarded(former, this.#ports);
      throw error;
    }
  }

  close(): void {
    this.router.close();
    this.#claim.close();
  }
}
