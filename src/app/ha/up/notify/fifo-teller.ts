/** A FIFO that gets a line for each notice, and the program that reads it, where the configuration names one. */
import { SystemError } from "../../../../core/errors.ts";
import { isSameValue } from "../../../../core/same-value.ts";
import type { Closable, Fifo, Ports, ProgramResult } from "../../../../io/ports.ts";
import type { PlannedFifo, PlannedProgram } from "../plan/notify-plan.ts";

export class FifoTeller implements Closable {
  readonly #planned: PlannedFifo;
  readonly #ports: Pick<Ports, "openFifo" | "runProgram">;
  readonly #onTrouble: (line: string) => void;
  readonly #stop = new AbortController();
  readonly #early: string[] = []; // told before it was open
  #fifo: Fifo | undefined;
  #lost = 0; // lines since it is full
  #isBroken: boolean = false;

  constructor(
    planned: PlannedFifo,
    ports: Pick<Ports, "openFifo" | "runProgram">,
    onTrouble: (line: string) => void,
  ) {
    this.#planned = planned;
    this.#ports = ports;
    this.#onTrouble = onTrouble;
  }

  /** What goes wrong is told, and the others go on. */
  async open(): Promise<void> {
    const { path, mode, owner, reader } = this.#planned;
    try {
      const fifo = await this.#ports.openFifo(path, { mode, owner });
      if (this.#stop.signal.aborted) {
        fifo.close();
        return;
      }
      this.#fifo = fifo;
    } catch (error) {
      if (!(error instanceof SystemError)) throw error;
      this.#isBroken = true;
      this.#onTrouble(`${error.message}: nothing is written to it`);
      return;
    }
    for (const line of this.#early.splice(0)) this.tell(line);
    if (reader !== null) await this.#read(reader, path);
  }

  tell(line: string): void {
    if (this.#fifo === undefined) {
      if (this.#early.length < MOST_EARLY) this.#early.push(line);
      return;
    }
    const { path } = this.#planned;
    try {
      const isTaken = this.#fifo.write(line);
      if (isTaken && this.#lost > 0)
        this.#onTrouble(`${path} is read again: ${this.#lost} lines were lost`);
      if (!isTaken && this.#lost === 0)
        this.#onTrouble(`${path} is full, for nobody reads it: lines are lost`);
      this.#lost = isTaken ? 0 : this.#lost + 1;
    } catch (error) {
      if (!(error instanceof SystemError)) throw error;
      this.#onTrouble(error.message);
      this.#fifo.close();
      this.#fifo = undefined;
      this.#isBroken = true;
    }
  }

  /** What is told by it. */
  get of(): PlannedFifo["of"] {
    return this.#planned.of;
  }

  /** It does so as it was planned, as far as it knows. */
  tells(planned: PlannedFifo): boolean {
    return !this.#isBroken && isSameValue(this.#planned, planned);
  }

  close(): void {
    this.#stop.abort();
    this.#fifo?.close();
    this.#fifo = undefined;
  }

  async #read({ argv, user }: PlannedProgram, path: string): Promise<void> {
    const { signal } = this.#stop;
    const result = await this.#ports.runProgram({
      argv: [...argv, path],
      environment: {},
      limitMs: Number.POSITIVE_INFINITY,
      signal,
      politeMs: READER_END_MS,
      ...(user !== null && { user }),
    });
    if (signal.aborted) return;
    this.#isBroken = true;
    this.#onTrouble(`${argv[0]} no longer reads ${path}: ${endOf(result)}`);
  }
}

const endOf = ({ startError, signal, exitCode }: ProgramResult): string =>
  startError ?? (signal === null ? `exit status ${exitCode}` : `ended by ${signal}`);

const MOST_EARLY = 1000;
const READER_END_MS = 1000;
