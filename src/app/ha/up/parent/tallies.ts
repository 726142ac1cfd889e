/** What `ha up` has counted since it began, for metrics: beyond the end of the process that made it. Bounded. */
import type { ChildRole } from "../messages.ts";
import type { HaPlan } from "../plan/plan.ts";
import type { HaEvent } from "./supervisor.ts";
import type { ChildStanding } from "./watched-child.ts";

export interface TransitionTally {
  readonly instance: string;
  readonly to: string;
  readonly cause: string;
  readonly count: number;
}

/** How late the loop of a process came to its beats. */
export interface DelayRecord {
  readonly role: ChildRole;
  readonly bounds_ms: readonly number[]; // upper ones, rising
  readonly counts: readonly number[]; // of each alone, and one more for what is above all
  readonly sum_ms: number;
}

export const delayRecord = ({ role, delays }: ChildStanding): DelayRecord => ({
  role,
  bounds_ms: delays.bounds,
  counts: delays.counts,
  sum_ms: delays.sum,
});

export class Tallies {
  readonly #transitions = new Map<string, TransitionTally>(); // each way that there is for each router

  note(event: HaEvent): void {
    if (event.kind !== "router" || event.event.type !== "transition") return;
    const { instance } = event;
    const { to, cause } = event.event;
    const key = `${instance} ${to} ${cause.kind}`;
    const count = (this.#transitions.get(key)?.count ?? 0) + 1;
    this.#transitions.set(key, { instance, to, cause: cause.kind, count });
  }

  /** Of the routers that are planned now; the others are forgotten, however often names change. */
  of({ routers }: Pick<HaPlan, "routers">): readonly TransitionTally[] {
    const planned = new Set(routers.map(({ instance }) => instance.name));
    for (const [key, { instance }] of this.#transitions) {
      if (!planned.has(instance)) this.#transitions.delete(key);
    }
    return [...this.#transitions.values()];
  }
}
