/** Checks many targets again and again, each in its own time, until somebody wants no more. */
import { SystemError } from "../../core/errors.ts";
import type { Cancel, Clock, Closable } from "../../io/ports.ts";
import type { HealthPolicy } from "../../proto/check/health.ts";
import type { CheckResult } from "../../proto/check/result.ts";
import { Standing, type StandingChange } from "../../proto/check/standing.ts";
import { Tally } from "../../proto/check/tally.ts";
import type { Prober } from "./attempt.ts";
import { type RunPlan, tryAgain } from "./check-run.ts";

export interface WatchPlan extends Omit<RunPlan, "intervalMs"> {
  readonly count: number; // checks of each target; infinite where only a signal ends it
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
  /** The prober cannot tell when an answer may have changed: each is asked in its turn only. */
  onUntold(error: SystemError): void;
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
 *
 * Where the prober tells of changes, all are asked out of their turn too. Such an answer counts only
 * where it is another than the last, and then instead of the next in turn: `rise`, `fall` and `until`
 * are results of so many intervals, however much happens meanwhile.
 * @param random 0..1, evenly
 * @returns whether `plan.until` was reached; else `signal` ended it, or all were checked `plan.count` times
 */
export async function watchAll<Target>(
  all: readonly Watched<Target>[],
  prober: Prober<Target>,
  plan: WatchPlan,
  clock: Clock,
  random: () => number,
  signal: AbortSignal,
  { onResult, onUntold }: WatchWitness<Target>,
): Promise<boolean> {
  const stop = new AbortController();
  const running = new Set<Promise<void>>();
  const timers = new Map<Watched<Target>, Timer>(); // of those that wait for their time
  const stale = new Set<Watched<Target>>(); // of the others, those that are to be asked once more
  let due: (readonly [Watched<Target>, Turn])[] = []; // whose time has come, oldest first
  let dueFrom = 0;
  let failure: { readonly error: unknown } | undefined;
  let enough = false;
  let reached = 0; // targets that are as `until` wants them
  let finished = 0; // targets that were checked `count` times

  const isReached = ({ standing }: Watched<Target>): boolean =>
    plan.until !== null && standing.inARow(plan.until.verdict) >= plan.until.times;
  const wait = (one: Watched<Target>, untilMs: number, turn: Turn): void => {
    timers.get(one)?.cancel();
    const cancel = clock.at(untilMs, () => {
      timers.delete(one);
      due.push([one, turn]);
      work();
    });
    timers.set(one, { cancel, untilMs, turn });
  };
  const askSoon = (one: Watched<Target>): void => {
    const timer = timers.get(one);
    if (timer === undefined) {
      stale.add(one);
      return;
    }
    const soonMs = Math.max(clock.nowMs(), timer.turn.notBeforeMs);
    if (soonMs < timer.untilMs) wait(one, soonMs, timer.turn);
  };
  const check = async (one: Watched<Target>, turn: Turn): Promise<void> => {
    const begunMs = clock.nowMs();
    stale.delete(one);
    const result = await tryAgain(one.target, prober, plan, clock, stop.signal);
    const isNews = begunMs >= turn.atMs || result.verdict !== one.tally.last?.verdict;
    if (isNews) note(one, result);
    if (isNews && one.tally.sent >= plan.count && ++finished === all.length) stop.abort();
    if (stop.signal.aborted || one.tally.sent >= plan.count) return;
    const atMs = isNews ? begunMs + one.standing.health.nextMs(random()) : turn.atMs;
    wait(one, atMs, { atMs, notBeforeMs: begunMs + leastGapMs(clock.nowMs() - begunMs) });
    if (stale.has(one)) askSoon(one);
  };
  const note = (one: Watched<Target>, result: CheckResult): void => {
    const was = isReached(one);
    one.tally.note(result);
    const change = one.standing.note(result.verdict, clock.nowMs());
    if (change?.to === "down" && one.tally.up > 0) one.tally.outages += 1;
    reached += Number(isReached(one)) - Number(was);
    onResult(one, result, change);
    enough = plan.until !== null && reached === all.length;
    if (enough) stop.abort();
  };
  const work = (): void => {
    while (running.size < plan.concurrency && dueFrom < due.length && !stop.signal.aborted) {
      const [one, turn] = due[dueFrom++] as (typeof due)[number];
      const begun = check(one, turn)
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
  const told = hearChanges(prober, () => all.forEach(askSoon), onUntold);
  if (signal.aborted) stop.abort();
  else {
    const startMs = clock.nowMs();
    const gapMs = plan.health.intervalMs / all.length;
    for (const [place, one] of all.entries()) {
      const atMs = startMs + place * gapMs;
      wait(one, atMs, { atMs, notBeforeMs: startMs });
    }
  }
  if (!stop.signal.aborted) await stopped;
  signal.removeEventListener("abort", abort);
  told?.close();
  for (const { cancel } of timers.values()) cancel();
  await Promise.allSettled(running);
  if (failure !== undefined) throw failure.error;
  return enough;
}

interface Turn {
  readonly atMs: number; // when its interval is over
  readonly notBeforeMs: number; // when it may be asked earlier
}

interface Timer {
  readonly cancel: Cancel;
  readonly untilMs: number;
  readonly turn: Turn;
}

function hearChanges(
  prober: Prober<never>,
  onChange: () => void,
  onUntold: (error: SystemError) => void,
): Closable | undefined {
  try {
    return prober.changes?.(onChange);
  } catch (error) {
    if (!(error instanceof SystemError)) throw error;
    onUntold(error);
    return undefined;
  }
}

/**
 * Between the begins of two looks out of turn: they are to take a tenth of the time; yet one during
 * which we were stalled ourselves defers the next by no more than a second.
 */
const leastGapMs = (tookMs: number): number => Math.min(Math.max(100, 10 * tookMs), 1000);
