/** From the targets of a check to its exit status. */
import type { Prober } from "../../app/check/attempt.ts";
import { checkRecord } from "../../app/check/check-record.ts";
import { checkAll, type RunPlan } from "../../app/check/check-run.ts";
import { neededOf, overall } from "../../app/check/quota.ts";
import { UsageError } from "../../core/errors.ts";
import { formatJson } from "../../core/json.ts";
import type { Context } from "../define.ts";
import { ExitCode } from "../exit-code.ts";
import type { CheckArgs } from "./check-options.ts";
import { CheckReport } from "./check-report.ts";
import { Progress } from "./progress.ts";

/** What a check command makes of its arguments. */
export interface PreparedCheck {
  readonly kind: string;
  readonly targets: readonly unknown[];
  readonly prober: Prober<unknown>;
  readonly args: CheckArgs;
}

/** @param kind as JSON calls it: "tcp" */
export async function runCheck<Target>(
  kind: string,
  targets: readonly Target[],
  prober: Prober<Target>,
  args: CheckArgs,
  ctx: Context,
): Promise<number> {
  if (ctx.takeOver !== undefined) {
    ctx.takeOver({ kind, targets, prober, args });
    return ExitCode.ok;
  }
  const { clock } = ctx.ports;
  const report = new CheckReport(args, ctx);
  const progress = new Progress(targets.length, args, ctx);
  const places = new Map(targets.map((target, place) => [target, place]));
  const enough = new AbortController();
  const cancel =
    args.deadline === undefined
      ? () => {}
      : clock.at(clock.nowMs() + args.deadline, () => enough.abort());
  const startedMs = clock.nowMs();
  const signal = AbortSignal.any([ctx.signal, ctx.unread, enough.signal]);
  try {
    await checkAll(targets, prober, planOf(args, targets.length), clock, signal, {
      onResult: () => {},
      onDone: ({ target, tally }) => {
        report.add(places.get(target) ?? 0, checkRecord(kind, prober.nameOf(target), tally));
        progress.step(report.counts);
      },
    });
  } catch (error) {
    if (!signal.aborted || error !== signal.reason) throw error;
  } finally {
    cancel();
    prober.close();
    progress.end();
  }
  await report.end();
  const { up, down, unknown } = report.counts;
  const unchecked = targets.length - up - down - unknown;
  if (!args.quiet && (targets.length > 1 || unchecked > 0)) {
    const took_ms = clock.nowMs() - startedMs;
    const summary = {
      type: "summary",
      targets: targets.length,
      up,
      down,
      unknown,
      unchecked,
      took_ms,
    };
    ctx.stderr(args.json ? formatJson(summary) : summaryLine(summary));
  }
  const needed = neededOf(args["at-least"], targets.length);
  return EXIT[overall({ up, down, unknown: unknown + unchecked }, needed)];
}

/** @throws UsageError */
export function planOf(args: CheckArgs, targets: number): RunPlan {
  if (args.timeout === 0) throw new UsageError("--timeout 0s: nothing could answer");
  return {
    count: args.count,
    intervalMs: args.interval,
    timeoutMs: args.timeout,
    retries: args.retry,
    retryDelayMs: args["retry-delay"],
    concurrency: Math.min(args.concurrency, targets),
  };
}

export const summaryLine = (it: Readonly<Record<string, number | string>>): string =>
  `${it.targets} targets: ${it.up} up, ${it.down} down, ${it.unknown} unknown${
    it.unchecked === 0 ? "" : `, ${it.unchecked} not checked`
  } in ${(Number(it.took_ms) / 1000).toFixed(2)}s`;

export const EXIT = {
  up: ExitCode.ok,
  down: ExitCode.negative,
  unknown: ExitCode.unknown,
} as const;
