/**
 * Maintenance of this node: while it lasts its routers rank behind all others. It is kept in a file, so
 * that it outlives the process, and ends by itself where it was given a time.
 */
import { SystemError, UsageError } from "../../../../core/errors.ts";
import type { Cancel, Closable, Ports } from "../../../../io/ports.ts";
import { parseAnswer } from "../../../asking.ts";
import { readText } from "../../../check/read-whole.ts";

export interface MaintenanceState {
  readonly sinceMs: number; // Clock.wallMs
  readonly untilMs: number | null; // likewise; null: until somebody ends it
  readonly reason: string | null;
}

export interface MaintenanceRecord {
  readonly since: string;
  readonly until: string | null;
  readonly ends_in_ms: number | null;
  readonly reason: string | null;
}

export interface MaintenanceWitness {
  readonly changed: (state: MaintenanceState | null) => void;
  /** Something went wrong with its file. */
  readonly trouble: (text: string) => void;
}

type Outside = Pick<Ports, "clock" | "files">;

export class Maintenance implements Closable {
  readonly #directory: string;
  readonly #name: string;
  readonly #ports: Outside;
  readonly #witness: MaintenanceWitness;
  #state: MaintenanceState | null = null;
  #cancel: Cancel = () => {};
  #written: Promise<void> = Promise.resolve();

  /** @param name the beginning of that of its file, in `directory` */
  constructor(directory: string, name: string, ports: Outside, witness: MaintenanceWitness) {
    this.#directory = directory;
    this.#name = name;
    this.#ports = ports;
    this.#witness = witness;
  }

  get state(): MaintenanceState | null {
    return this.#state;
  }

  /** Goes on with what a process before this one began. */
  async restore(signal: AbortSignal): Promise<void> {
    const { clock, files } = this.#ports;
    try {
      const kept = parseAnswer(await readText(this.#path, MOST_BYTES, files, signal));
      const state = stateOf(kept);
      if (state === undefined) this.#witness.trouble(`${this.#path} says no maintenance`);
      else if (state.untilMs !== null && state.untilMs <= clock.wallMs()) await this.#forget();
      else this.#enter(state);
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof SystemError || error instanceof UsageError)) throw error;
      if (error instanceof SystemError && error.code === "ENOENT") return;
      this.#witness.trouble(error.message);
    }
  }

  /** @returns why it will not outlive this process, or null. @param forMs undefined: until it is ended */
  async begin(forMs: number | undefined, reason: string | null): Promise<string | null> {
    const sinceMs = this.#ports.clock.wallMs();
    const state = { sinceMs, untilMs: forMs === undefined ? null : sinceMs + forMs, reason };
    this.#enter(state);
    return await this.#attempt(async () => {
      this.#ports.files.makeDirectory(this.#directory);
      const text = `${JSON.stringify(maintenanceRecord(state, sinceMs))}\n`;
      await this.#ports.files.write(this.#path, [new TextEncoder().encode(text)]);
    });
  }

  /** @returns why it would begin again in the process after this one, or null */
  async end(): Promise<string | null> {
    this.#cancel();
    if (this.#state !== null) {
      this.#state = null;
      this.#witness.changed(null);
    }
    return await this.#forget();
  }

  close(): void {
    this.#cancel();
  }

  #enter(state: MaintenanceState): void {
    const { clock } = this.#ports;
    this.#state = state;
    this.#cancel();
    if (state.untilMs !== null) {
      const atMs = clock.nowMs() + state.untilMs - clock.wallMs();
      this.#cancel = clock.at(atMs, () => void this.#expire());
    }
    this.#witness.changed(state);
  }

  async #expire(): Promise<void> {
    const flaw = await this.end();
    if (flaw !== null) this.#witness.trouble(flaw);
  }

  async #forget(): Promise<string | null> {
    return await this.#attempt(() => this.#ports.files.remove(this.#path));
  }

  /** In their order: what is asked for last stays. */
  async #attempt(act: () => Promise<void>): Promise<string | null> {
    const done = this.#written.then(act);
    this.#written = done.catch(() => {}); // told to who asked for it
    try {
      await done;
      return null;
    } catch (error) {
      if (!(error instanceof SystemError)) throw error;
      return error.message;
    }
  }

  get #path(): string {
    return `${this.#directory}/${this.#name}-maintenance.json`;
  }
}

export const maintenanceRecord = (
  { sinceMs, untilMs, reason }: MaintenanceState,
  wallMs: number,
): MaintenanceRecord => ({
  since: isoOf(sinceMs),
  until: untilMs === null ? null : isoOf(untilMs),
  ends_in_ms: untilMs === null ? null : Math.max(0, untilMs - wallMs),
  reason,
});

function stateOf({ since, until, reason }: Readonly<Record<string, unknown>>) {
  const [sinceMs, untilMs] = [since, until].map((text) => Date.parse(`${text}`));
  if (sinceMs === undefined || untilMs === undefined || Number.isNaN(sinceMs)) return undefined;
  if (until !== null && Number.isNaN(untilMs)) return undefined;
  const state: MaintenanceState = {
    sinceMs,
    untilMs: until === null ? null : untilMs,
    reason: typeof reason === "string" ? reason : null,
  };
  return state;
}

const isoOf = (wallMs: number): string => new Date(wallMs).toISOString();

const MOST_BYTES = 4096;
