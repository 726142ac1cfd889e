/** Carries out the steps of a plan, and says exactly what of it was done. */
import type { SystemError } from "../../core/errors.ts";
import { type IpvsStep, isGoing, serviceOfStep, stepSubject } from "../../proto/ipvs/step.ts";
import type { IpvsKernel } from "./kernel.ts";
import { explained, isRace, stepRequests } from "./step-request.ts";

export interface Applied {
  readonly done: readonly IpvsStep[];
  readonly refused: readonly RefusedStep[];
  /** For a service that was refused, or what would go once that which was refused had come. */
  readonly untried: readonly IpvsStep[];
}

export interface RefusedStep {
  readonly step: IpvsStep;
  readonly error: SystemError;
  readonly isRace: boolean; // another program was faster: reading again may help
}

/** What comes is sent first; where some of it is refused nothing is taken away. @throws SystemError */
export function applySteps(
  kernel: Pick<IpvsKernel, "change">,
  steps: readonly IpvsStep[],
): Applied {
  const going = steps.findIndex(isGoing);
  const at = going < 0 ? steps.length : going;
  const first = sendSteps(kernel, steps.slice(0, at));
  const rest = steps.slice(at);
  if (first.refused.length > 0 || rest.length === 0)
    return { ...first, untried: [...first.untried, ...rest] };
  const second = sendSteps(kernel, rest);
  return { ...second, done: [...first.done, ...second.done] };
}

/** All of them, each whatever becomes of those before it. @throws SystemError */
export function sendSteps(kernel: Pick<IpvsKernel, "change">, steps: readonly IpvsStep[]): Applied {
  const refusals = new Map(
    kernel.change(stepRequests(steps)).map((one) => [one.request.step, one]),
  );
  const lost = new Set(
    [...refusals.keys()].flatMap((step) => ("service" in step ? [stepSubject(step)] : [])),
  );
  const done: IpvsStep[] = [];
  const refused: RefusedStep[] = [];
  const untried: IpvsStep[] = [];
  for (const step of steps) {
    const refusal = refusals.get(step);
    if (refusal === undefined) done.push(step);
    else if (lost.has(serviceOfStep(step) ?? "")) untried.push(step);
    else {
      const { request, error } = refusal;
      refused.push({
        step,
        error: explained(request, error),
        isRace: isRace(step, error.code),
      });
    }
  }
  return { done, refused, untried };
}
