/** `ha report`: how available the services of `ha up` were, from its journal. */
import { makeReport, type Report } from "../../app/ha/report.ts";
import { journalPath } from "../../app/ha/up/parent/availability-journal.ts";
import { formatJson } from "../../core/json.ts";
import { type Context, defineCommand } from "../define.ts";
import { ExitCode } from "../exit-code.ts";
import { choice, duration, list, text } from "../option.ts";
import { jsonOption } from "../options.ts";
import { drawTimeline } from "../vrrp/timeline-svg.ts";
import { haNameOption, socketOf } from "./ha-name-option.ts";
import { reportManual } from "./report-manual.ts";
import { timelineOf } from "./report-picture.ts";
import { reportLines } from "./report-text.ts";
import { stateDirOption } from "./state-dir-option.ts";

export const haReport = defineCommand({
  name: "ha report",
  summary: "Tell how available the services of ha up were",
  description: [
    "Reads the journal that ha up keeps and tells of each virtual router: its availability in per cent and nines, each outage with its cause, MTTF, MTTR and HA = MTTF / (MTTF + MTTR), how often another node took over, and how much of the time that a class of availability allows for a year is used; and of each virtual server the same, by its quorum. With the journals of several nodes it is the availability of the service, with one it is what that node saw.",
  ],
  manual: reportManual,
  positionals: {
    journals: list(
      {
        value: "JOURNAL",
        complete: "file",
        describe: "Journals, one of each node; that of the ha up of this host where none is named",
      },
      (path) => path,
    ),
  },
  options: {
    since: duration({ default: "30d", describe: "How far to look back from now" }),
    class: choice(["99.9", "99.99", "99.999"], {
      default: "99.99",
      describe: "Wanted availability in per cent, whose budget of the year is shown",
    }),
    ...jsonOption,
    svg: text({ value: "FILE", complete: "file", describe: "Draw who served when; - is stdout" }),
    ...haNameOption,
    ...stateDirOption,
  },
  examples: [
    ["ha report", "The last 30 days as this node saw them"],
    ["ha report a.journal b.journal --since 365d", "A year of a service, from both of its nodes"],
    ["ha report --class 99.999 --svg served.svg", "Against five nines, with a picture"],
  ],
  exitStatus: {
    0: "No service has used more than its budget of the year.",
    1: "A service has.",
    2: "Cannot tell: there is no journal, or it cannot be read.",
  },
  files: {
    "/var/lib/vipkit/ha.journal":
      "The journal of this node, ha@NAME.journal with --name; .1 to .7 are older.",
  },
  seeAlso: ["vipkit-ha-up(8)", "vipkit-ha-history(8)"],
  async run(args, ctx) {
    const own = journalPath(args["state-dir"], socketOf(args));
    const journals = args.journals.length === 0 ? [own] : args.journals;
    const wish = {
      journals,
      sinceMs: args.since,
      class: Number(`0.${args.class.replace(".", "")}`),
    };
    const report = await makeReport(wish, ctx.ports, ctx.signal);
    if (args.svg !== undefined) await draw(report, args.svg, ctx);
    if (args.json) ctx.stdout(formatJson(report.record));
    else if (args.svg !== "-") {
      for (const line of reportLines(report.record, ctx.paint)) ctx.stdout(line);
    }
    const { services, virtual_servers: servers } = report.record;
    const isSpent = [...services, ...servers].some(({ budget }) => budget.used > 1);
    return isSpent ? ExitCode.negative : ExitCode.ok;
  },
});

async function draw(report: Report, path: string, { stdout, ports }: Context): Promise<void> {
  const picture = drawTimeline(timelineOf(report));
  if (path === "-") stdout(picture.trimEnd());
  else await ports.files.write(path, [new TextEncoder().encode(picture)]);
}
