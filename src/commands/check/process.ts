/** `check process`: instances of a program, as `track_process` of keepalived counts them. */
import { parseProcessTarget, processProber } from "../../app/check/process.ts";
import { gatherTargets } from "../../app/check/targets.ts";
import { UsageError } from "../../core/errors.ts";
import { defineCommand } from "../define.ts";
import { choice, flag, integer, list } from "../option.ts";
import { checkManual } from "./check-manual.ts";
import { localOptions } from "./check-options.ts";
import { UP_OR_DOWN } from "./outcome.ts";
import { runCheck } from "./run-check.ts";

export const checkProcess = defineCommand({
  name: "check process",
  summary: "Check that enough instances of a program run",
  description: [
    "Counts the processes of each NAME in /proc: up with at least --min and at most --max of them. NAME is \
compared with the name that the kernel keeps of a program, its first 15 bytes (see ps -o comm); with --full \
it is the whole first word of the command line. Zombies do not count, nor does vipkit itself.",
    "With --param only those count that were started with these arguments. --param-match exact wants these \
and no others (without any --param: none at all), partial wants them as the first ones, initial likewise, \
where the last one need only begin as given.",
    "Two things are otherwise in track_process of keepalived: with parameters it compares the whole first word, so give --full beside --param for the same answer; and a name of over 15 bytes it never finds.",
    "With --watch the kernel tells root of the host, outside of namespaces and containers, when processes start, end and change their names: vipkit then looks at once, at most every 100 ms and for a tenth of the time, not only each --interval. Elsewhere it says that it cannot. Such a look counts only where it finds another answer than the last: --rise, --fall, --until-up and --until-down stay numbers of intervals. Where so much happens that the kernel could not tell all of it, vipkit looks too.",
    "Where /proc does not show all processes to this user (hidepid), too few of them are exit 2, not 1.",
  ],
  manual: checkManual,
  positionals: {
    names: list({ value: "NAME", describe: "Program" }, String),
  },
  options: {
    ...localOptions,
    min: integer({ value: "N", min: 0, max: 65_536, default: "1", describe: "Instances at least" }),
    max: integer({ value: "N", min: 0, max: 65_536, describe: "Instances at most" }),
    full: flag({ describe: "NAME is the first word of the command line, with its path" }),
    param: list({ value: "WORD", describe: "Argument that it has; may be given again" }, String),
    "param-match": choice(["exact", "initial", "partial"], {
      describe: "How arguments are compared; exact if --param is given",
    }),
  },
  examples: [
    ["check process nginx sshd", "Whether both run"],
    ["check process --min 2 --max 8 php-fpm", "Neither too few nor too many"],
    ["check process python3 --param /srv/app.py --param-match partial", "A script by its name"],
  ],
  exitStatus: UP_OR_DOWN,
  seeAlso: ["keepalived.conf(5)", "proc(5)"],
  async run(args, ctx) {
    const { names, file, min, max = Number.POSITIVE_INFINITY, full, param } = args;
    if (min > max) throw new UsageError(`--min ${min} is more than --max ${max}`);
    const { "param-match": match = "exact" } = args;
    const hasParameters = param.length > 0 || args["param-match"] !== undefined;
    const pattern = { isFull: full, parameters: hasParameters ? param : undefined, match };
    const { ports, signal } = ctx;
    const targets = await gatherTargets(names, file, parseProcessTarget, ports.files, signal);
    const prober = processProber({ pattern, quorum: { min, max } }, ports);
    return await runCheck("process", targets, prober, args, ctx);
  },
});
