/** A program that a test started: its output as lines, its end, signals by its own pid. */
import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { Lines } from "./lines.ts";

/** How a program ended; one of the two is null. */
export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export class Program {
  readonly title: string;
  /** Standard output and standard error, in the order in which they came. */
  readonly lines: Lines;
  readonly ended: Promise<Ending>;
  readonly #child: ChildProcess;

  /** Starts it in a process group of its own, so that a Ctrl-C at the terminal reaches only us. */
  constructor(title: string, argv: readonly string[]) {
    const [file = "", ...args] = argv;
    this.title = title;
    this.lines = new Lines(title);
    this.#child = spawn(file, args, { detached: true, stdio: ["pipe", "pipe", "pipe"] });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      if (stream) createInterface({ input: stream }).on("line", (line) => this.lines.push(line));
    }
    this.ended = new Promise((resolve) => {
      this.#child.on("error", (error) => this.lines.push(error.message));
      this.#child.on("close", (code, signal) => {
        this.lines.end();
        resolve({ code, signal });
      });
    });
  }

  /** 0 when it could not be started. */
  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** True as long as a signal can reach it. */
  get running(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null && this.pid !== 0;
  }

  signal(name: NodeJS.Signals): void {
    this.#child.kill(name);
  }

  /** Sends the signal, by default the polite one, and waits for the end. */
  async stop(name: NodeJS.Signals = "SIGTERM"): Promise<Ending> {
    if (this.running) this.signal(name);
    return await this.ended;
  }

  /** Kills it and what it started that is still in its process group. */
  async destroy(): Promise<void> {
    if (this.running) process.kill(-this.pid, "SIGKILL");
    await this.ended;
  }

  closeInput(): void {
    this.#child.stdin?.end();
  }
}
