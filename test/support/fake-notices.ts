/** Those who are told: named pipes that keep what is written to them, and a server that keeps its mails. */
import type { SystemError } from "../../src/core/errors.ts";
import type { Fifo, Mail, NoticePorts } from "../../src/io/ports.ts";

export class FakeNotices implements NoticePorts {
  readonly lines: string[] = [];
  readonly mails: Mail[] = [];
  /** What the next mails are refused with, one for each. */
  readonly refusals: SystemError[] = [];
  /** Nobody reads: nothing more is taken. */
  isFull: boolean = false;
  readonly open = new Set<string>();
  opened = 0; // FIFOs, over time

  readonly openFifo = async (path: string): Promise<Fifo> => {
    this.open.add(path);
    this.opened += 1;
    return {
      write: (line) => {
        if (!this.isFull) this.lines.push(line);
        return !this.isFull;
      },
      close: () => void this.open.delete(path),
    };
  };

  readonly sendMail = async (mail: Mail): Promise<void> => {
    const refusal = this.refusals.shift();
    if (refusal !== undefined) throw refusal;
    this.mails.push(mail);
  };
}
