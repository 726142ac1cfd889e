/** The log of `ha up`: lines for people or programs, repeated ones folded, to where they are wanted. */
import { counted } from "../../../core/counted.ts";
import { type Driver, drive } from "../../../io/drive.ts";
import type { Closable, Ports } from "../../../io/ports.ts";
import { type LogLine, RepeatedLines, type Severity } from "../../../proto/ha/repeated-lines.ts";
import { type Facility, journalLine, jsonLine, syslogDatagram, timedLine } from "./line-formats.ts";
import { SyslogSender } from "./syslog-sender.ts";

/** For the commands, which see no `proto`. */
export type { Severity };

export const LOG_FORMS = ["stderr", "syslog", "json"] as const;

export interface LogWish {
  readonly form: (typeof LOG_FORMS)[number];
  readonly facility: Facility; // of syslog
}

export class Log implements Closable {
  readonly #folded: Driver<LogLine>;
  readonly #syslog: SyslogSender | undefined;

  /** @param stderr takes a line, its end is added */
  constructor(
    { form, facility }: LogWish,
    ports: Pick<Ports, "clock" | "pid" | "sendSyslog" | "stderrIsJournal">,
    stderr: (line: string) => void,
  ) {
    const { clock, pid } = ports;
    const lost = (count: number): void =>
      this.write(4, `${counted(count, "line")} of the log did not reach syslog`);
    const syslog = form === "syslog" ? new SyslogSender(ports, lost) : undefined;
    const put = (line: LogLine): void => {
      const wallMs = clock.wallMs();
      if (syslog !== undefined) syslog.send(syslogDatagram(line, { facility, pid, wallMs }));
      else if (form === "json") stderr(jsonLine(line, wallMs));
      else stderr(ports.stderrIsJournal ? journalLine(line) : timedLine(line, wallMs));
    };
    this.#syslog = syslog;
    this.#folded = drive(new RepeatedLines(), clock, put);
  }

  /** @param record the same for programs */
  write(severity: Severity, text: string, record: object | null = null): void {
    this.#folded.feed({ kind: "line", severity, text, record });
  }

  close(): void {
    this.#folded.stop();
    this.#syslog?.close();
  }
}
