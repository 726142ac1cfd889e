/** Mails on their way to the server: one at a time, tried again for a while, never in anybody's way. */
import { SystemError } from "../../../../core/errors.ts";
import type { Closable, Mail, MailServer, Ports } from "../../../../io/ports.ts";
import { sleep } from "../../../check/sleep.ts";

export class MailQueue implements Closable {
  readonly #server: MailServer;
  readonly #ports: Pick<Ports, "clock" | "sendMail">;
  readonly #onTrouble: (line: string) => void;
  readonly #stop = new AbortController();
  readonly #waiting: Mail[] = [];
  #work: Promise<void> | undefined;

  constructor(
    server: MailServer,
    ports: Pick<Ports, "clock" | "sendMail">,
    onTrouble: (line: string) => void,
  ) {
    this.#server = server;
    this.#ports = ports;
    this.#onTrouble = onTrouble;
  }

  /** The oldest is given up where too many wait: the newest says how things are. */
  push(mail: Mail): void {
    this.#waiting.push(mail);
    if (this.#waiting.length > MOST_WAITING) this.#giveUp(this.#waiting.shift(), "too many wait");
    this.#work ??= this.#deliver();
  }

  /** Resolves when all were sent or given up. */
  async drained(): Promise<void> {
    await this.#work;
  }

  close(): void {
    this.#stop.abort();
  }

  async #deliver(): Promise<void> {
    const { signal } = this.#stop;
    for (let mail = this.#waiting.shift(); mail !== undefined; mail = this.#waiting.shift()) {
      const trouble = signal.aborted ? "the end is urgent" : await this.#send(mail);
      if (trouble !== undefined) this.#giveUp(mail, trouble);
    }
    this.#work = undefined;
  }

  /** @returns why it could not be sent */
  async #send(mail: Mail): Promise<string | undefined> {
    const { signal } = this.#stop;
    let pauseMs = FIRST_PAUSE_MS;
    for (let tries = 1; ; tries += 1) {
      try {
        await this.#ports.sendMail(mail, this.#server, signal);
        return undefined;
      } catch (error) {
        if (signal.aborted) return "the end is urgent";
        if (!(error instanceof SystemError)) throw error;
        if (tries === MOST_TRIES) return error.message;
        if (tries === 1) this.#onTrouble(`${error.message}: it is tried again`);
      }
      const { clock } = this.#ports;
      await sleep(clock.nowMs() + pauseMs, clock, signal).catch(() => {}); // its end is looked at below
      if (signal.aborted) return "the end is urgent";
      pauseMs *= 2;
    }
  }

  #giveUp(mail: Mail | undefined, reason: string): void {
    this.#onTrouble(`a mail is given up: ${mail?.subject}: ${reason}`);
  }
}

const MOST_WAITING = 64;
const MOST_TRIES = 8; // over ten minutes
const FIRST_PAUSE_MS = 5000;
