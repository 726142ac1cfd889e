/** From the targets of a check to its exit status. */
import type { Prober } from "../../app/check/attempt.ts";
import { warningOfCertificates } from "../../app/check/cert-warning.ts";
import { type CheckRecord, checkRecord } from "../../app/check/check-record.ts";
import { checkAll } from "../../app/check/check-run.ts";
import { writeMetrics } from "../../app/check/metrics-file.ts";
import { nagiosAnswer } from "../../app/check/nagios.ts";
import { neededOf, verdictOfAll } from "../../app/check/quota.ts";
import { explanationOf, resultRecord } from "../../app/check/result-record.ts";
import { counted } from "../../core/counted.ts";
import { UsageError } from "../../core/errors.ts";
import type { Context } from "../define.ts";
import { ExitCode } from "../exit-code.ts";
import { writeBeside } from "./beside.ts";
import type { CheckArgs } from "./check-options.ts";
import { CheckReport } from "./check-report.ts";
import { EXIT_OF, summaryText, uncheckedOf } from "./outcome.ts";
import { refuseOutcomeClash } from "./outcome-options.ts";
import { Progress } from "./progress.ts";
import { runWatch } from "./run-watch.ts";
import { certLimitsOf } from "./tls-options.ts";
import { planOf } from "./tries.ts";
import { isWatch } from "./watch-options.ts";
import { whileWanted } from "./while-wanted.ts";

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
  given: readonly Target[],
  asked: Prober<Target>,
  args: CheckArgs & Parameters<typeof certLimitsOf>[0],
  ctx: Context,
): Promise<number> {
  const cert = certLimitsOf(args);
  const { warnDays } = cert;
  const prober =
    warnDays === null ? asked : warningOfCertificates(asked, warnDays, ctx.ports.clock);
  const targets = distinct(given, prober);
  if (ctx.takeOver !== undefined) {
    ctx.takeOver({ kind, targets, prober, args });
    return ExitCode.ok;
  }
  const goesOn = isWatch(args);
  refuseOutcomeClash(args, goesOn);
  const twice = given.length - targets.length;
  if (twice > 0 && !args.quiet && !args.nagios && !args.json)
    ctx.stderr(`vipkit check ${kind}: left out ${counted(twice, "target")} named before`);
  const needed = neededFor(args, targets.length);
  if (goesOn) return await runWatch(kind, targets, prober, args, ctx);

  const { clock } = ctx.ports;
  const startedMs = clock.nowMs();
  const report = new CheckReport({ ...args, quiet: args.quiet || args.nagios }, ctx);
  const records = await checkOnce(kind, targets, prober, args, ctx, report);
  await report.end();
  const { counts } = report;
  const unchecked = uncheckedOf(targets.length, counts);
  const verdict = verdictOfAll({ ...counts, unknown: counts.unknown + unchecked }, needed);
  const writeTo = async (status: number): Promise<void> => {
    const { metrics: path, json } = args;
    if (path === undefined) return;
    const write = async () => await writeMetrics(path, records, ctx.ports);
    await writeBeside(status, write, ctx, [`vipkit check ${kind}`, json]);
  };
  if (args.nagios) {
    const answer = nagiosAnswer(kind, records, verdict, { ...args, cert }, args.timeout);
    await writeTo(answer.status);
    if (!args.quiet) ctx.stdout(answer.line);
    return answer.status;
  }
  if (!args.quiet && (targets.length > 1 || unchecked > 0))
    ctx.stderr(summaryText(targets.length, counts, clock.nowMs() - startedMs, args.json));
  await writeTo(EXIT_OF[verdict]);
  ctx.signal.throwIfAborted(); // an answer to a part of the question is none
  return EXIT_OF[verdict];
}

/** One that is named again is asked once and counts once: a series of metrics must not be told twice. */
function distinct<Target>(targets: readonly Target[], prober: Prober<Target>): readonly Target[] {
  if (targets.length === 1) return targets;
  const names = new Set<string>();
  return targets.filter((target) => {
    const { size } = names;
    return names.add(prober.nameOf(target)).size > size;
  });
}

/** How many are to be up. @throws UsageError where there are not so many */
export function neededFor(args: CheckArgs, targets: number): number {
  const needed = neededOf(args["at-least"], targets);
  if (needed <= targets) return needed;
  throw new UsageError(
    `--at-least ${needed}: there ${targets === 1 ? "is" : "are"} only ${counted(targets, "target")}`,
  );
}

/** @returns in the order of the targets, where somebody still wants to know: of a plugin, or of metrics */
async function checkOnce<Target>(
  kind: string,
  targets: readonly Target[],
  prober: Prober<Target>,
  args: CheckArgs,
  ctx: Context,
  report: CheckReport,
): Promise<readonly CheckRecord[]> {
  const { clock } = ctx.ports;
  const plan = planOf(args, targets.length);
  const progress = new Progress(targets.length, { ...args, quiet: args.quiet || args.nagios }, ctx);
  const isKept = args.nagios || args.metrics !== undefined;
  const kept = new Map<number, CheckRecord>();
  try {
    await whileWanted(args.deadline, ctx, (signal, untilMs) =>
      checkAll(targets, prober, plan, clock, signal, untilMs, {
        onResult: (target, result) => {
          if (plan.count === 1 || !args.verbose) return;
          report.result(
            resultRecord(kind, prober.nameOf(target), result, undefined, clock.wallMs()),
          );
        },
        onDone: ({ place, target, tally }) => {
          const name = prober.nameOf(target);
          const { last, verdict } = tally;
          if (isKept) kept.set(place, checkRecord(kind, name, tally));
          report.add(place, verdict, () => ({
            record: checkRecord(kind, name, tally),
            explanation: args.explain && last ? explanationOf(name, last) : undefined,
          }));
          progress.step(report.counts);
        },
      }),
    );
  } finally {
    prober.close();
    progress.end();
  }
  return [...kept].sort(([a], [b]) => a - b).map(([, record]) => record);
}
