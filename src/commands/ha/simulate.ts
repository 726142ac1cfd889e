/** `ha simulate`: what the nodes of a cluster would do, by their files, in virtual time. */
import {
  checkConfiguration,
  errorsOf,
  fatalOf,
  skippedOf,
} from "../../app/ha/check-configuration.ts";
import type { SimulatedCluster } from "../../app/ha/simulate/cluster.ts";
import { clusterOf } from "../../app/ha/simulate/cluster-of.ts";
import { EVENT_FORMS, parseEvent, type TimedEvent } from "../../app/ha/simulate/event.ts";
import { failuresOf, peaceMs, tryFailures } from "../../app/ha/simulate/failures.ts";
import { simulating } from "../../app/ha/simulate/simulation.ts";
import { type StartSplit, splitsAtStart } from "../../app/ha/simulate/start.ts";
import { cameThrough, isSurvived } from "../../app/ha/simulate/survival.ts";
import type { Verdict } from "../../app/ha/simulate/verdict.ts";
import type { Finding } from "../../config/finding.ts";
import { formatDurationMs, parseDurationMs } from "../../core/duration.ts";
import { UsageError } from "../../core/errors.ts";
import { formatJson } from "../../core/json.ts";
import { printable, quoted } from "../../core/printable.ts";
import { type Context, defineCommand } from "../define.ts";
import { ExitCode } from "../exit-code.ts";
import { type ArgsOf, duration, list, refuse } from "../option.ts";
import { jsonOption, quietOption } from "../options.ts";
import { wishOf } from "./conf-options.ts";
import { findingRecord } from "./finding-record.ts";
import { findingText } from "./finding-text.ts";
import { type NodeFile, namedNodes, nodesPositional } from "./node-files.ts";
import { Progress } from "./progress.ts";
import { simulateManual } from "./simulate-manual.ts";
import { simulationRecord, splitRecord, triedRecord } from "./simulation-record.ts";
import { failureLines, simulationLines, splitLine } from "./simulation-text.ts";

/** An event as it is written: what its names mean only the cluster knows. */
interface WrittenEvent {
  readonly text: string;
  readonly atMs: number;
  readonly words: string;
}

const simulateOptions = {
  at: list(
    {
      value: "TIME 'EVENT'",
      phrase: true,
      describe: `Let this happen then (behind the FILEs, as --at 5s 'fail chk_web@a'): ${EVENT_FORMS.join(", ")}`,
    },
    writtenEvent,
  ),
  until: duration({ describe: "Go on until then; without it until all has come to rest" }),
  ...jsonOption,
  ...quietOption,
};

type Args = ArgsOf<typeof nodesPositional & typeof simulateOptions>;

export const haSimulate = defineCommand({
  name: "ha simulate",
  summary: "Try what a cluster would do, by its configuration",
  description: [
    "Reads the keepalived.conf of each node and lets the nodes run against each other in virtual time, with the election, checks and sync groups that they would have: no root, no network, no program is run. With --at it prints what happens when, who holds which address, how long nobody does, and for each event a verdict. Without --at or --until it tries every single failure, one after the other, and prints what comes of it.",
    "FILEs stand in front of --at, for an event ends with the next option. A node is called after its file: a.conf is of a, and so are a/keepalived.conf where all are called like that, and a=FILE. Lines of @a are read for the node a.",
  ],
  manual: simulateManual,
  positionals: nodesPositional,
  options: simulateOptions,
  examples: [
    ["ha simulate a.conf b.conf", "What happens when any one thing fails"],
    ["ha simulate a.conf b.conf --at 5s 'fail chk_web@a'", "What happens when a check fails on a"],
    [
      "ha simulate a.conf b.conf --at 5s 'cut a' --at 20s heal --until 1m",
      "A network that falls apart",
    ],
  ],
  exitStatus: {
    0: "In the end each address has one holder. Without --at: each single failure is survived.",
    1: "A failure without a failover, an outage that does not end, two holders, also before any failure; or errors in a FILE that keepalived does not outlive.",
    2: "A FILE, or what it includes, cannot be read or simulated, or an event names what there is not.",
  },
  seeAlso: ["vipkit-ha-check(8)", "keepalived.conf(5)"],
  async run(args, ctx) {
    const members = namedNodes(args.files).map((node) => loadNode(node, ctx));
    const errors = members.flatMap(({ errors: own }) => own);
    if (members.some(({ isFatal }) => isFatal)) return tellErrors(errors, args, ctx);
    const { cluster, problems, ...planned } = clusterOf(members);
    const notes = [...members.flatMap((one) => one.notes), ...planned.notes];
    if (problems.length > 0 && errors.length > 0) return tellErrors(errors, args, ctx);
    if (problems.length > 0) throw new UsageError(problems.slice(0, MOST_PROBLEMS).join("; "));
    if (!args.json && !args.quiet) for (const note of notes) ctx.stderr(printable(note));
    return args.at.length === 0 && args.until === undefined
      ? await tryAll(cluster, notes, args, ctx)
      : await liveThrough(cluster, notes, args, ctx);
  },
});

function writtenEvent(text: string): WrittenEvent {
  const [, time = "", words] = /^\s*(\S+)\s+(.*)$/s.exec(text) ?? [];
  if (words === undefined) return refuse("is not a time and an event, as 5s 'fail chk_web@a'");
  const parsed = parseDurationMs(time);
  return "ms" in parsed ? { text, atMs: parsed.ms, words } : refuse(`is refused: ${parsed.reason}`);
}

function loadNode({ name, path }: NodeFile, { ports }: Context) {
  const loaded = checkConfiguration(path, wishOf(name, ports), ports.configurationFiles);
  for (const error of loaded.unread) throw error;
  const errors = errorsOf(loaded);
  return {
    name,
    vrrp: loaded.vrrp,
    errors,
    isFatal: fatalOf(loaded).length > 0,
    notes: [
      ...skippedOf(loaded).map(({ message }) => `${name}: ${message}: simulated without it`),
      ...(errors.length === 0 ? [] : [`${name}: ${counted(errors)}: ${OUTLIVED}`]),
    ],
  };
}

const counted = ({ length }: readonly Finding[]): string =>
  length === 1 ? "1 error" : `${length} errors`;

const OUTLIVED =
  "simulated is what keepalived makes of the file all the same; vipkit ha check tells what is wrong";

function tellErrors(errors: readonly Finding[], { json, quiet }: Args, ctx: Context): number {
  if (quiet) return ExitCode.negative;
  for (const one of errors) {
    if (json) ctx.stdout(formatJson(findingRecord(one)));
    else for (const line of findingText(one, ctx.paint, ctx.columns)) ctx.stdout(line);
  }
  ctx.stderr(`${counted(errors)}: nothing was simulated`);
  return ExitCode.negative;
}

/** What the events come to. */
async function liveThrough(
  cluster: SimulatedCluster,
  notes: readonly string[],
  { at, until, json, quiet }: Args,
  ctx: Context,
): Promise<number> {
  const events = at.map((one): TimedEvent => eventOf(one, cluster));
  const lastMs = Math.max(0, ...events.map(({ atMs }) => atMs));
  const untilMs = until ?? lastMs + peaceMs(cluster);
  const late = at.find(({ atMs }) => atMs > untilMs);
  if (late !== undefined) throw new UsageError(`--at ${quoted(late.text)} is behind --until`);
  const progress = new Progress(ctx);
  const steps = simulating(cluster, events, untilMs);
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) {
      const splits = splitsAtStart(cluster);
      const split_at_start = splits.map(splitRecord);
      if (json) ctx.stdout(formatJson({ ...simulationRecord(value), split_at_start, notes }));
      else if (!quiet) {
        const lines = await simulationLines(value, ctx.columns);
        for (const line of [...splits.map(splitLine), ...lines]) ctx.stdout(line);
      }
      return cameThrough(value) && splits.length === 0 ? ExitCode.ok : ExitCode.negative;
    }
    const line = `${formatDurationMs(value)} of ${formatDurationMs(untilMs)} simulated`;
    await progress.tell(line, value / untilMs);
  }
}

function eventOf({ text, atMs, words }: WrittenEvent, cluster: SimulatedCluster): TimedEvent {
  const parsed = parseEvent(words, cluster);
  if (!parsed.ok) throw new UsageError(`--at ${quoted(text)} ${parsed.reason}`);
  return { atMs, event: parsed.value };
}

/** What every single failure comes to. */
async function tryAll(
  cluster: SimulatedCluster,
  notes: readonly string[],
  { json, quiet }: Args,
  ctx: Context,
): Promise<number> {
  const splits = splitsAtStart(cluster);
  if (splits.length > 0) return tellSplits(splits, notes, { json, quiet }, ctx);
  const count = failuresOf(cluster).length;
  const progress = new Progress(ctx);
  const verdicts: Verdict[] = [];
  for (const verdict of tryFailures(cluster)) {
    verdicts.push(verdict);
    await progress.tell(`${verdicts.length} of ${count} failures`, verdicts.length / count);
  }
  const lost = verdicts.filter((one) => !isSurvived(one)).length;
  if (json) ctx.stdout(formatJson({ ...triedRecord(verdicts, lost, []), notes }));
  else if (!quiet) {
    for (const line of await failureLines(verdicts, ctx.columns)) ctx.stdout(line);
    ctx.stderr(
      lost === 0
        ? `all of ${count} failures are survived`
        : `${lost} of ${count} failures are not survived`,
    );
  }
  return lost === 0 ? ExitCode.ok : ExitCode.negative;
}

/** What a failure would change of a cluster that is split already, nobody needs to know. */
function tellSplits(
  splits: readonly StartSplit[],
  notes: readonly string[],
  { json, quiet }: Pick<Args, "json" | "quiet">,
  ctx: Context,
): number {
  if (json) ctx.stdout(formatJson({ ...triedRecord([], null, splits), notes }));
  else if (!quiet) {
    for (const split of splits) ctx.stdout(splitLine(split));
    ctx.stderr("no failure was tried");
  }
  return ExitCode.negative;
}

const MOST_PROBLEMS = 8;
