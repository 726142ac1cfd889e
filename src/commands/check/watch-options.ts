/** Options of checks that go on: how often, how many results decide, when they end. */
import type { WatchPlan } from "../../app/check/watch.ts";
import { UsageError } from "../../core/errors.ts";
import { hook } from "../hook-option.ts";
import { type ArgsOf, duration, flag, integer, refuse, value } from "../option.ts";

const times = { value: "N", min: 1, max: 1_000_000 } as const;

export const watchOptions = {
  watch: flag({ describe: "Keep checking and tell what changes" }),
  rise: integer({ ...times, describe: "Good results in a row that end an outage; 1" }),
  fall: integer({ ...times, describe: "Bad results in a row that begin one; 1" }),
  "fast-interval": duration({ describe: "The interval while results contradict the state" }),
  "down-interval": duration({ describe: "The interval while a target is down" }),
  jitter: value(
    { value: "PCT%", describe: "By so much an interval is shorter or longer, at random; 10%" },
    percent,
  ),
  "until-up": integer({ ...times, describe: "Keep checking until N in a row were good, of each" }),
  "until-down": integer({ ...times, describe: "Keep checking until N in a row were bad, of each" }),
  "on-change": hook("when a target goes up or down; no shell reads it"),
};

type WatchArgs = ArgsOf<typeof watchOptions>;

/** Whether more than `--count` checks are wanted. @throws UsageError for what clashes */
export function isWatch(args: WatchArgs): boolean {
  const { watch, "until-up": untilUp, "until-down": untilDown } = args;
  if (untilUp !== undefined && untilDown !== undefined)
    throw new UsageError("--until-up and --until-down: which of them?");
  if (watch || untilUp !== undefined || untilDown !== undefined) return true;
  for (const option of OF_CHANGES)
    if (args[option] !== undefined)
      throw new UsageError(`--${option} without --watch: nothing can change in one look`);
  return false;
}

function percent(given: string): number {
  const [, number] = /^(\d{1,3})%?$/.exec(given) ?? [];
  if (number === undefined) return refuse("is no share such as 10%");
  return Number(number) <= 100 ? Number(number) : refuse("is more than all");
}

/** @throws UsageError */
export function watchPlanOf(
  args: WatchArgs & { readonly interval: number; readonly count: number | undefined },
): Pick<WatchPlan, "count" | "health" | "until"> {
  const { interval, "fast-interval": fast, "down-interval": low, count } = args;
  const { jitter = 10, rise = 1, fall = 1 } = args;
  const intervals = { interval, "fast-interval": fast, "down-interval": low };
  for (const [option, ms] of Object.entries(intervals))
    if (ms !== undefined && ms < LEAST_MS)
      throw new UsageError(`--${option} below 10ms would only flood the target`);
  return {
    count: count ?? Number.POSITIVE_INFINITY,
    health: {
      rise,
      fall,
      intervalMs: interval,
      fastIntervalMs: fast ?? interval,
      downIntervalMs: low ?? interval,
      jitterShare: jitter / 100,
    },
    until: untilOf(args),
  };
}

function untilOf({ "until-up": up, "until-down": down }: WatchArgs): WatchPlan["until"] {
  if (up !== undefined) return { verdict: "up", times: up };
  return down === undefined ? null : { verdict: "down", times: down };
}

const OF_CHANGES = [
  "rise",
  "fall",
  "fast-interval",
  "down-interval",
  "jitter",
  "on-change",
] as const;
const LEAST_MS = 10;
