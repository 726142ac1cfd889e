/** Makes IPVS what a file wants. */
import { planTable } from "../../proto/ipvs/plan.ts";
import { planDaemons, planTimeouts } from "../../proto/ipvs/plan-settings.ts";
import type { IpvsStep } from "../../proto/ipvs/step.ts";
import { serviceKey } from "../../proto/ipvs/table.ts";
import type { IpvsTarget } from "../../proto/ipvs/target.ts";
import { type Applied, applySteps } from "./apply.ts";
import type { IpvsKernel } from "./kernel.ts";

export interface SyncWish {
  readonly target: IpvsTarget;
  readonly owned: ReadonlySet<string>; // services that go where the target has none of them, by `serviceKey`
  readonly prunes: boolean; // whatever is not wanted goes, whoever made it
}

export interface SyncPlan {
  readonly steps: readonly IpvsStep[];
  readonly foreign: readonly string[]; // services that stay as they are, by `serviceKey`
  readonly lost: readonly string[]; // that were owned, are not wanted, and were deleted by others
}

/** What would make the kernel as it is wanted. @throws SystemError */
export function planSync(kernel: IpvsKernel, { target, owned, prunes }: SyncWish): SyncPlan {
  const actual = kernel.table();
  const mayGo = (key: string): boolean => prunes || owned.has(key);
  const steps = [
    ...timeoutSteps(kernel, target),
    ...daemonSteps(kernel, target),
    ...planTable(actual, target.table, mayGo),
  ];
  const foreign = [...actual.keys()].filter((key) => !target.table.has(key) && !mayGo(key));
  const lost = [...owned].filter((key) => !target.table.has(key) && !actual.has(key));
  return { steps, foreign, lost };
}

/**
 * Where another program changes the table between reading and writing it is read again, some times.
 * @param begun told each plan before it is carried out. @throws SystemError
 */
export async function sync(
  kernel: IpvsKernel,
  wish: SyncWish,
  begun: (steps: readonly IpvsStep[]) => Promise<void>,
): Promise<SyncPlan & Applied> {
  const done: IpvsStep[] = [];
  for (let round = 1; ; round += 1) {
    const plan = planSync(kernel, wish);
    const { steps } = plan;
    await begun(steps);
    const applied = applySteps(kernel, steps);
    done.push(...applied.done);
    const isRace = applied.refused.length > 0 && applied.refused.every((one) => one.isRace);
    if (!isRace || round === ROUNDS) return { ...applied, ...plan, done };
  }
}

/** What of the services that were owned is so after this. */
export function ownedAfter(
  owned: ReadonlySet<string>,
  { done, lost }: Pick<SyncPlan & Applied, "done" | "lost">,
): Set<string> {
  const now = new Set(owned);
  for (const key of lost) now.delete(key);
  for (const step of done) {
    if (step.kind === "add-service") now.add(serviceKey(step.service.id));
    if (step.kind === "delete-service") now.delete(serviceKey(step.service.id));
  }
  return now;
}

function timeoutSteps(kernel: IpvsKernel, { timeouts }: IpvsTarget): IpvsStep[] {
  if (timeouts === null) return [];
  return planTimeouts(kernel.timeouts(), timeouts);
}

function daemonSteps(kernel: IpvsKernel, { daemons }: IpvsTarget): IpvsStep[] {
  if (daemons === null) return [];
  return planDaemons(kernel.daemons(), daemons);
}

const ROUNDS = 3;
