/** `check exec`: whether a program says that a service is alive (MISC_CHECK of keepalived). */
import type { Attempt, Prober } from "../../app/check/attempt.ts";
import { type ExecTarget, execProber } from "../../app/check/exec.ts";
import { programUser } from "../../app/check/program-user.ts";
import { printable } from "../../core/printable.ts";
import { defineCommand } from "../define.ts";
import { flag, list, text } from "../option.ts";
import { checkManual } from "./check-manual.ts";
import { ALONE, aloneOptions } from "./check-options.ts";
import { runCheck } from "./run-check.ts";

export const checkExec = defineCommand({
  name: "check exec",
  summary: "Check by a program's exit status",
  description: [
    "Runs CMD as it stands, without a shell, with the environment of vipkit and no input. Its exit status \
is that of keepalived's MISC_CHECK: 0 is up, 1 is down, and 2 to 255 are up too, with the weight 0 to 253 \
(status less 2). A program that says 2 or more of a dead service, as pg_isready, curl and plugins of Nagios \
do, is up by that: give --no-weight.",
    "Death by a signal is down. Where CMD could not be started nothing is known: exit 2.",
    "At the end of -t, CMD and all of its process group are killed (PROCTOUT, unlike PROCERR for a program \
that failed). When CMD ends by itself, what is left of its group is killed too: nothing of a run is there \
in the next, and a program is never started while its last run has not ended.",
    "The last 4 KiB of what CMD prints, stdout and stderr in one, are kept: the last line is in the report, \
all of it in the fact output of -j, or with --output below the report.",
  ],
  manual: checkManual,
  positionals: {
    command: list(
      {
        value: "CMD",
        required: true,
        program: true,
        describe: "Program and its arguments, behind --",
      },
      String,
    ),
  },
  options: {
    ...aloneOptions,
    user: text({
      value: "NAME[:GROUP]",
      describe: "Run it as this user of /etc/passwd, without supplementary groups; needs root",
    }),
    "no-weight": flag({ describe: "Count every exit status but 0 as down" }),
    output: flag({ describe: "Show what it printed last, too" }),
  },
  examples: [
    ["check exec --no-weight -t 2s -- pg_isready -q", "Whether a program says yes (0) in time"],
    ["check exec --user nobody -- /etc/keepalived/check.sh", "A script of keepalived's"],
    ["check exec --no-weight --output -- check_load", "A Nagios plugin, and its words"],
  ],
  exitStatus: {
    0: "It is up: exit status 0, or 2 to 255, which is a weight.",
    1: "It is down: exit status 1, death by a signal, or no end in time.",
    2: "Could not find out: it could not be started.",
  },
  seeAlso: ["keepalived.conf(5)"],
  async run(args, ctx) {
    const { command, user: named, "no-weight": unweighted, output } = args;
    const { ports, signal } = ctx;
    const user = named === undefined ? undefined : await programUser(named, ports.files, signal);
    const prober = execProber({ user, isWeighted: !unweighted }, ports);
    let last: Attempt | undefined;
    const remembering: Prober<ExecTarget> = {
      ...prober,
      async probe(target, attempt) {
        last = attempt;
        return await prober.probe(target, attempt);
      },
    };
    const status = await runCheck("exec", [command], remembering, { ...args, ...ALONE }, ctx);
    const printed = String(last?.facts().output ?? "").trimEnd();
    if (output && !args.quiet && !args.json && printed !== "")
      for (const line of printed.split("\n")) ctx.stdout(`  | ${printable(line)}`);
    return status;
  },
});
