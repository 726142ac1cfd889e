/** Checks many targets again and again, each in its own time, until somebody wants no more. */
import type { Cancel, Clock } from "../../io/ports.ts";
import type { HealthPolicy } from "../../proto/check/health.ts";
import type { CheckResult } from "../../proto/check/result.ts";
import { Standing, type StandingChange } from "../../proto/check/standing.ts";
import { Tally } from "../../proto/check/tally.ts";
import type { Prober } from "./attempt.ts";
import { type RunPlan, tryAgain } from "./check-run.ts";

export interface WatchPlan extends Omit<RunPlan, "count" | "intervalMs"> {
  readonly health: HealthPolicy;
  /** Enough when each target had so many results in a row of this verdict. */
  readonly until: { readonly verdict: "up" | "down"; readonly times: number } | null;
}

export interface Watched<Target> {
  readonly target: Target;
  readonly standing: Standing;
  readonly tally: Tally;
}

export interface WatchWitness<Target> {
  /** @param change what it changes, if anything */
  onResult(watched: Watched<Target>, result: CheckResult, change: StandingChange | undefined): void;
}

/** The targets in their order, each as it stands. */
export const watchedOf = <Target>(
  targets: readonly Target[],
  { health }: WatchPlan,
  clock: Clock,
): Watched<Target>[] =>
  targets.map((target) => ({
    target,
    standing: new Standing(health, clock.nowMs()),
    tally: new Tally(),
  }));

/**
 * The first checks are spread over an interval. A target whose time has come waits where too many are
 * being checked.
 * @param random 0..1, evenly
 * @returns whether `plan.until` was reached; else `signal` ended it
 */
export async function watchAll<Target>(
  all: readonly Watched<Target>[],
  prober: Prober<Target>,
  plan: WatchPlan,
  clock: Clock,
  random: () => number,
  signal: AbortSignal,
  { onResult }: WatchWitness<Target>,
): Promise<boolean> {
  const stop = new AbortController();
  const running = new Set<Promise<void>>();
  const timers = new Map<Watched<Target>, Cancel>(); // of those that wait for their time
  let due: Watched<Target>[] = []; // whose time has come, oldest first
  let dueFrom = 0;
  let failure: { readonly error: unknown } | undefined;
  let enough = false;
  let reached = 0; // targets that are as `until` wants them

  const isReached = ({ standing }: Watched<Target>): boolean =>
    plan.until !== null && standing.inARow(plan.until.verdict) >= plan.until.times;
  const wait = (one: Watched<Target>, untilMs: number): void => {
    const onTime = (): void => {
      timers.delete(one);
      due.push(one);
      work();
    };
    timers.set(one, clock.at(untilMs, onTime));
  };
  const check = async (one: Watched<Target>): Promise<void> => {
    const begunMs = clock.nowMs();
    const result = await tryAgain(one.target, prober, plan, clock, stop.signal);
    const was = isReached(one);
    one.tally.note(result);
    const change = one.standing.note(result.verdict, clock.nowMs());
    if (change?.to === "down" && one.tally.up > 0) one.tally.outages += 1;
    reached += Number(isReached(one)) - Number(was);
    onResult(one, result, change);
    enough = plan.until !== null && reached === all.length;
    if (enough) stop.abort();
    if (!stop.signal.aborted) wait(one, begunMs + one.standing.health.nextMs(random()));
  };
  const work = (): void => {
    while (running.size < plan.concurrency && dueFrom < due.length && !stop.signal.aborted) {
      const one = due[dueFrom++] as Watched<Target>;
      const begun = check(one)
        .catch((error: unknown) => {
          if (!stop.signal.aborted) failure = { error };
          stop.abort();
        })
        .finally(() => {
          running.delete(begun);
          work();
        });
      running.add(begun);
    }
    if (dueFrom > 1024) {
      due = due.slice(dueFrom);
      dueFrom = 0;
    }
  };

  const abort = (): void => stop.abort();
  const stopped = new Promise<void>((resolve) =>
    stop.signal.addEventListener("abort", () => resolve()),
  );
  signal.addEventListener("abort", abort);
  if (signal.aborted) stop.abort();
  else {
    const startMs = clock.nowMs();
    const gapMs = plan.health.intervalMs / all.length;
    for (const [place, one] of all.entries()) wait(one, startMs + place * gapMs);
  }
  if (!stop.signal.aborted) await stopped;
  signal.removeEventListener("abort", abort);
  for (const cancel of timers.values()) cancel();
  await Promise.allSettled(running);
  if (failure !== undefined) throw failure.error;
  return enough;
}
