/** Checks many targets, so many at once, each so often; and says what came of each. */
import type { Clock } from "../../io/ports.ts";
import type { CheckResult } from "../../proto/check/result.ts";
import { Tally } from "../../proto/check/tally.ts";
import { attempt, type Prober } from "./attempt.ts";
import { onAbort } from "./on-abort.ts";
import { Pace } from "./pace.ts";
import { sleep } from "./sleep.ts";

export interface RunPlan {
  readonly count: number; // checks of each target
  readonly intervalMs: number; // between the begins of two of one target
  readonly timeoutMs: number; // of one try
  readonly retries: number; // more tries before a check counts as down
  readonly retryDelayMs: number;
  readonly concurrency: number; // targets at once
}

export interface Checked<Target> {
  readonly place: number; // among the targets
  readonly target: Target;
  readonly tally: Tally;
}

/** Who is told while it goes on. */
export interface RunWitness<Target> {
  onResult(target: Target, result: CheckResult): void;
  /** All checks of a target are done, or some when the end came, maybe none although one had begun. */
  onDone(checked: Checked<Target>): void;
}

/**
 * In the order of the targets, each as soon as there is room.
 * @param untilMs what comes later does not count: `signal` is to be aborted then
 * @throws the reason of `signal` when it aborts; what was told by then stays true
 */
export async function checkAll<Target>(
  targets: readonly Target[],
  prober: Prober<Target>,
  plan: RunPlan,
  clock: Clock,
  signal: AbortSignal,
  untilMs: number,
  witness: RunWitness<Target>,
): Promise<void> {
  const waiting = targets.entries();
  const pace = new Pace(clock, signal);
  const work = async (): Promise<void> => {
    for (const [place, target] of waiting) {
      await pace.next();
      const tally = new Tally();
      try {
        await checkOne(target, tally, prober, plan, clock, signal, untilMs, witness);
      } finally {
        if (tally.sent > 0 || signal.aborted) witness.onDone({ place, target, tally });
      }
    }
  };
  const workers = Array.from({ length: Math.min(plan.concurrency, targets.length) }, work);
  try {
    await Promise.all(workers);
  } finally {
    if (signal.aborted) await Promise.allSettled(workers); // each tells what it has
  }
}

async function checkOne<Target>(
  target: Target,
  tally: Tally,
  prober: Prober<Target>,
  plan: RunPlan,
  clock: Clock,
  signal: AbortSignal,
  untilMs: number,
  witness: RunWitness<Target>,
): Promise<void> {
  for (let n = 0; n < plan.count; n += 1) {
    const begunMs = clock.nowMs();
    const result = await (plan.retries === 0
      ? attempt(prober, target, plan.timeoutMs, clock, signal)
      : tryAgain(target, prober, plan, clock, signal));
    if (clock.nowMs() > untilMs) await ended(signal);
    tally.note(result);
    witness.onResult(target, result);
    if (n + 1 < plan.count) await sleep(begunMs + plan.intervalMs, clock, signal);
  }
}

/** @throws the reason of `signal`, once it is aborted */
const ended = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    else onAbort(signal, () => reject(signal.reason));
  });

/** Until it is up, or was tried often enough. */
export async function tryAgain<Target>(
  target: Target,
  prober: Prober<Target>,
  { retries, retryDelayMs, timeoutMs }: Pick<RunPlan, "retries" | "retryDelayMs" | "timeoutMs">,
  clock: Clock,
  signal: AbortSignal,
): Promise<CheckResult> {
  for (let left = retries; ; left -= 1) {
    const result = await attempt(prober, target, timeoutMs, clock, signal);
    if (result.verdict === "up" || left <= 0) return result;
    await sleep(clock.nowMs() + retryDelayMs, clock, signal);
  }
}
