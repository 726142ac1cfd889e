/** `check run`: a file of checks of any kind, told together, with one exit status. */
import { checkAll } from "../../app/check/check-run.ts";
import { readText } from "../../app/check/read-whole.ts";
import { UsageError } from "../../core/errors.ts";
import { type Command, type Context, defineCommand } from "../define.ts";
import { duration, flag, integer, text } from "../option.ts";
import { jsonOption, quietOption } from "../options.ts";
import { parseCheckList } from "./check-list.ts";
import { ListRun } from "./list-run.ts";
import { type NamedCheck, prepareListed } from "./listed-check.ts";
import { fileBeside } from "./outcome-options.ts";
import { whileWanted } from "./while-wanted.ts";

export const checkRun = defineCommand({
  name: "check run",
  summary: "Run the checks of a file",
  description: [
    "FILE is a list in YAML or JSON. Each check has its kind (tcp, exec, ...), its target or targets, and the \
long options of that kind's command as keys; a list where an option may be given more than once, true for \
one without a value. A name, if it has one, stands in the report.",
    "All of the file is read before the first check begins: a mistake is told with its line and column, and \
nothing is done.",
    "A check is up when all of its targets are, or as many as its at-least wants. In JUnit those that it can do without are skipped, down is a failure, and what was not checked by -w or a signal an error.",
  ],
  manual: {
    EXAMPLE: [
      "- {kind: tcp, target: '192.0.2.5:80', timeout: 1s}",
      "- {name: database, kind: exec, command: [pg_isready, -q], no-weight: true, retry: 2}",
    ],
  },
  options: {
    file: text({
      short: "f",
      value: "FILE",
      complete: "file",
      required: true,
      describe: "The checks; - is standard input",
    }),
    junit: fileBeside("Write the results there, too, as JUnit XML; whole or not at all"),
    deadline: duration({ short: "w", describe: "Of the whole run" }),
    concurrency: integer({
      value: "N",
      min: 1,
      max: 10_000,
      default: "16",
      describe: "Checks that run at once; each has its own bound for its targets",
    }),
    sort: flag({ describe: "Tell the targets in their order, not as their answers come" }),
    ...jsonOption,
    ...quietOption,
    verbose: flag({ short: "v", describe: "Tell how long the phases took" }),
  },
  examples: [
    ["check run -f checks.yaml", "All checks of a file"],
    ["check run -f checks.yaml -q -w 30s", "A gate for a deployment: 0 or not"],
    ["check run -f - --junit out.xml", "Checks from a pipe, results for a build server"],
  ],
  exitStatus: {
    0: "All checks are up.",
    1: "One at least is down.",
    2: "None is down, but of one it could not be found out; or the file has a mistake.",
  },
  async run(args, ctx) {
    const listed = await parseCheckList(
      await readText(args.file, MOST_BYTES, ctx.ports.files, ctx.signal),
      args.file,
    );
    if (listed.length === 0) throw new UsageError(`${args.file} has no checks`);
    const kinds = kindsOf(await ctx.commands());
    const checks: NamedCheck[] = [];
    for (const one of listed) checks.push(await prepareListed(one, kinds, ctx));
    const run = new ListRun(checks, args, ctx);
    await runAll(checks, args, run, ctx);
    const status = await run.end(args.junit);
    ctx.signal.throwIfAborted(); // an answer to a part of the question is none
    return status;
  },
});

/** Each check as soon as there is room. */
async function runAll(
  checks: readonly NamedCheck[],
  {
    deadline,
    concurrency,
  }: { readonly deadline: number | undefined; readonly concurrency: number },
  run: ListRun,
  ctx: Context,
): Promise<void> {
  const { clock } = ctx.ports;
  const waiting = checks.entries();
  const checkNext = async (signal: AbortSignal, untilMs: number): Promise<void> => {
    for (const [place, check] of waiting) {
      const { targets, prober, plan } = check;
      await checkAll(targets, prober, plan, clock, signal, untilMs, run.witness(check, place));
    }
  };
  const workers = Math.min(concurrency, checks.length);
  try {
    await whileWanted(deadline, ctx, (signal, untilMs) =>
      Promise.all(Array.from({ length: workers }, () => checkNext(signal, untilMs))),
    );
  } finally {
    for (const { prober } of checks) prober.close();
  }
}

/** Commands that try again are checks; `hash` and this one do not. */
const kindsOf = (commands: readonly Command[]): ReadonlyMap<string, Command> =>
  new Map(
    commands.flatMap((command) => {
      const [group, kind = ""] = command.name.split(" ");
      return group === "check" && "retry" in command.options ? [[kind, command] as const] : [];
    }),
  );

const MOST_BYTES = 1 << 20;
