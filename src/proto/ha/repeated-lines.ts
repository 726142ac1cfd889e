/** A log in which a line that is said again and again stands once, with how often: as syslogd(8) has it. */
import { type Machine, NEVER, type TimerExpired } from "../machine.ts";

/** Severities of RFC 5424 section 6.2.1 that we use. */
export type Severity = 3 | 4 | 5 | 6; // error, warning, notice, info

export interface LogLine {
  readonly kind: "line";
  readonly severity: Severity;
  readonly text: string;
  readonly record: object | null; // the same for programs
}

export class RepeatedLines implements Machine<LogLine, LogLine> {
  /** When the repeats so far are told, though the line may go on. */
  deadlineMs = NEVER;
  #last: LogLine | undefined;
  #saidMs = Number.NEGATIVE_INFINITY; // when the last line stood in the log
  #repeats = 0;

  handle(fact: LogLine | TimerExpired, nowMs: number): LogLine[] {
    if (fact.kind === "timer-expired") return nowMs < this.deadlineMs ? [] : this.#tell(nowMs);
    const last = this.#last;
    const isSame = last?.text === fact.text && last.severity === fact.severity;
    if (isSame && nowMs - this.#saidMs < WINDOW_MS) {
      this.#repeats += 1;
      this.deadlineMs = this.#saidMs + WINDOW_MS;
      return [];
    }
    const told = this.#tell(nowMs);
    this.#last = fact;
    this.#saidMs = nowMs;
    return [...told, fact];
  }

  #tell(nowMs: number): LogLine[] {
    const [count, last] = [this.#repeats, this.#last];
    this.#repeats = 0;
    this.deadlineMs = NEVER;
    if (count === 0 || last === undefined) return [];
    this.#saidMs = nowMs;
    const text = `last message repeated ${count} time${count === 1 ? "" : "s"}`;
    return [{ kind: "line", severity: last.severity, text, record: null }];
  }
}

const WINDOW_MS = 30_000;
