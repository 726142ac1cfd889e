/** What the program asks of the outside to tell others what happened: a part of `ports.ts`. */
import type { Closable, Limit } from "./ports.ts";
import type { ProgramUser } from "./program-ports.ts";

/** A named pipe that we write to. Closing it removes it, where we made it. */
export interface Fifo extends Closable {
  /** Never waits. @returns false where it is full: nothing of it was written. @throws SystemError */
  write(line: string): boolean;
}

export interface FifoOptions {
  readonly mode: number; // permissions of one that is made
  readonly owner: ProgramUser | null; // likewise; null: ourselves
}

export interface MailServer {
  readonly host: string;
  readonly port: number;
  readonly helo: string;
  readonly limitMs: number; // for each of its answers
}

export interface Mail {
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
}

export interface NoticePorts {
  /** Makes it where there is none. @throws SystemError, also where the path is no FIFO or a stranger's */
  openFifo(path: string, options: FifoOptions): Promise<Fifo>;
  /** Resolves when the server has taken it. @throws SystemError; the reason of `signal` */
  sendMail(mail: Mail, server: MailServer, signal: Limit): Promise<void>;
}
