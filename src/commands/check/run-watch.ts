/** From the targets of a check that goes on to its exit status. */
import type { Prober } from "../../app/check/attempt.ts";
import { changeHook } from "../../app/check/change-hook.ts";
import { type CheckRecord, checkRecord } from "../../app/check/check-record.ts";
import { metricsFile } from "../../app/check/metrics-file.ts";
import { neededOf, verdictOfAll } from "../../app/check/quota.ts";
import { explanationOf, resultRecord } from "../../app/check/result-record.ts";
import { type Watched, type WatchPlan, watchAll, watchedOf } from "../../app/check/watch.ts";
import { SystemError, UsageError } from "../../core/errors.ts";
import { quoted } from "../../core/printable.ts";
import type { Context } from "../define.ts";
import { ExitCode } from "../exit-code.ts";
import { reasonOf } from "../report.ts";
import type { CheckArgs } from "./check-options.ts";
import { EXIT_OF } from "./outcome.ts";
import { triesOf } from "./tries.ts";
import { watchPlanOf } from "./watch-options.ts";
import { WatchReport } from "./watch-report.ts";
import { whileWanted } from "./while-wanted.ts";

/** @param kind as JSON calls it: "tcp" */
export async function runWatch<Target>(
  kind: string,
  targets: readonly Target[],
  prober: Prober<Target>,
  args: CheckArgs,
  ctx: Context,
): Promise<number> {
  const { ports, stderr } = ctx;
  const { clock } = ports;
  const plan: WatchPlan = { ...triesOf(args, targets.length), ...watchPlanOf(args) };
  const watched = watchedOf(targets, plan, clock);
  const named = watched.map((one) => [prober.nameOf(one.target), one] as const);
  const names = new Map(named.map(([name, one]) => [one, name]));
  const report = new WatchReport(kind, args, ctx);
  const told = (line: string): void => stderr(`vipkit check ${kind}: ${line}`);
  const program = args["on-change"]?.[0];
  if (program !== undefined && !ports.hasProgram(program))
    throw new UsageError(`--on-change ${quoted(program)} is no program that could be started`);
  const hook = changeHook(args["on-change"], kind, targets.length, ports, told);
  ctx.urgent.addEventListener("abort", () => hook.hurry());
  ctx.lastly(() => hook.drained());
  const metrics =
    args.metrics === undefined
      ? undefined
      : metricsFile(
          args.metrics,
          () => named.map(([name, one]) => recordOf(kind, name, one)),
          ports,
          (error) => told(error instanceof SystemError ? reasonOf(error) : String(error)),
        );
  ctx.onStatistics(() => void report.statistics(named, stderr));

  let isReached: boolean | undefined;
  try {
    isReached = await whileWanted(args.deadline, ctx, (signal) =>
      watchAll(watched, prober, plan, clock, Math.random, signal, {
        onResult: (one, result, change) => {
          const name = names.get(one) ?? "";
          const record = resultRecord(kind, name, result, change, clock.wallMs());
          const isExplained = args.explain && change !== undefined;
          report.result(record, isExplained ? explanationOf(name, result) : undefined);
          if (change !== undefined) hook.follow(name, result, change);
          metrics?.renew();
        },
        onUntold: (error) => {
          if (!args.quiet)
            told(`asks each --interval only, not at each change: ${reasonOf(error)}`);
        },
      }),
    );
  } finally {
    prober.close();
  }
  await metrics?.end();
  await report.statistics(named, ctx.stdout);
  await hook.drained();
  if (plan.until !== null) {
    if (isReached) return ExitCode.ok;
    ctx.signal.throwIfAborted(); // what was waited for may still come
    return missed(watched);
  }
  return EXIT_OF[overallOf(watched, neededOf(args["at-least"], targets.length))];
}

const recordOf = (kind: string, name: string, one: Watched<unknown>): CheckRecord => ({
  ...checkRecord(kind, name, one.tally),
  verdict: verdictOf(one),
});

const verdictOf = ({ standing }: Watched<unknown>): CheckRecord["verdict"] =>
  standing.told ?? "unknown";

function overallOf(watched: readonly Watched<unknown>[], needed: number): CheckRecord["verdict"] {
  const counts = { up: 0, down: 0, unknown: 0 };
  for (const one of watched) counts[verdictOf(one)] += 1;
  return verdictOfAll(counts, needed);
}

/** Not in time; where nothing could be asked at all, we do not know. */
const missed = (watched: readonly Watched<unknown>[]): number =>
  watched.every(({ tally }) => tally.up + tally.down === 0) ? ExitCode.unknown : ExitCode.negative;
