/** Options of checks about what becomes of the results beside the report: a plugin's line, metrics, words. */
import { type Limit, parseLimit } from "../../app/check/nagios.ts";
import { UsageError } from "../../core/errors.ts";
import { type ArgsOf, flag, refuse, value } from "../option.ts";

/** An option for a file that is written beside the report, which has standard output. */
export function fileBeside(describe: string) {
  return value({ value: "FILE", complete: "file", describe }, (path) =>
    path === "" || path === "-" ? refuse("is no file: the report has standard output") : path,
  );
}

const limit = (status: string) =>
  value({ value: "RANGE", describe: `Times that are ${status}: 0.5, 100ms:2s, @1:2` }, readLimit);

export const outcomeOptions = {
  nagios: flag({ describe: "Answer as a Nagios plugin: one line, perfdata, 0..3" }),
  warn: limit("a WARNING"),
  crit: limit("CRITICAL"),
  metrics: fileBeside("Write results for node_exporter's textfile collector"),
  explain: flag({ describe: "Say in plain words what each result means" }),
};

/** @throws UsageError for what clashes */
export function refuseOutcomeClash(
  args: ArgsOf<typeof outcomeOptions> & { readonly json: boolean },
  isWatch: boolean,
): void {
  const { nagios, warn, crit, json } = args;
  if (!nagios && (warn ?? crit) !== undefined)
    throw new UsageError(`--${warn === undefined ? "crit" : "warn"} is for --nagios`);
  if (nagios && json) throw new UsageError("--nagios and --json: which of them?");
  if (nagios && isWatch) throw new UsageError("--nagios answers once: not with --watch or --until");
}

function readLimit(given: string): Limit {
  const limits = parseLimit(given);
  return typeof limits === "string" ? refuse(limits) : limits;
}
