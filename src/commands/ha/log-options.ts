/** Options of `ha up` that say where its log goes, and what has a voice in it. */

import { FACILITY_NAMES } from "../../app/ha/log/line-formats.ts";
import { LOG_FORMS, Log } from "../../app/ha/log/log.ts";
import { haEventRecord } from "../../app/ha/up/parent/event-record.ts";
import type { HaEvent } from "../../app/ha/up/parent/supervisor.ts";
import type { HaPlan } from "../../app/ha/up/plan/plan.ts";
import { UsageError } from "../../core/errors.ts";
import type { Context } from "../define.ts";
import { type ArgsOf, choice } from "../option.ts";

export const logOptions = {
  log: choice(LOG_FORMS, {
    default: "stderr",
    describe: "Log lines to stderr, to the syslog daemon, or as NDJSON to stderr",
  }),
  "syslog-facility": choice(FACILITY_NAMES, { describe: "For --log syslog; else it is daemon" }),
};

export const LOG_MANUAL = [
  "There is one notice for each transition, with its cause. Lines go to stderr; under systemd, where JOURNAL_STREAM says that stderr is the journal, with their priority in front of them (<5> is a notice, <4> a warning, <3> an error), which the journal takes off again. A line that is said again within 30 seconds is counted, and told as last message repeated N times.",
  "--log syslog sends them to /dev/log instead, as vipkit with the number of the process. What its daemon does not take waits, at most 1000 lines, and nothing waits for it; how many were lost is told. --log json writes NDJSON to stderr: ts, severity (error, warning, notice, info) and message, and of what happens the keys of ha events.",
];

/** What a line is told through. */
export type Voice = Pick<Context, "stdout" | "stderr" | "paint" | "ports">;

export interface UpLog {
  readonly log: Log;
  /** For what is told of an event: its answers are notices, its warnings warnings. */
  voiceOf(event: HaEvent, plan: HaPlan): Voice;
}

/** @throws UsageError */
export function logOf(
  { log: form, "syslog-facility": facility }: ArgsOf<typeof logOptions>,
  ctx: Context,
): UpLog {
  if (facility !== undefined && form !== "syslog") {
    throw new UsageError("--syslog-facility needs --log syslog");
  }
  const { ports, stderr } = ctx;
  const log = new Log({ form, facility: facility ?? "daemon" }, ports, stderr);
  const isPlain = form !== "stderr" || ports.stderrIsJournal;
  let seq = 0;
  return {
    log,
    voiceOf(event, plan) {
      seq += 1;
      let record = form === "json" ? haEventRecord(event, plan, seq, ports.clock.wallMs()) : null;
      const say = (severity: typeof WARNING | typeof NOTICE, line: string): void => {
        log.write(severity, line, record);
        record = null; // of several lines the first one has it
      };
      return {
        ports,
        paint: isPlain ? PLAIN : ctx.paint,
        stdout: (line) => say(NOTICE, line),
        stderr: (line) => say(WARNING, line),
      };
    },
  };
}

const [WARNING, NOTICE] = [4, 5] as const;
const PLAIN: Context["paint"] = { red: String, green: String, yellow: String };
