/** A vrrp_track_process at work: up while enough of its processes have run for long enough. */
import { SystemError } from "../../../../core/errors.ts";
import { type Driver, drive } from "../../../../io/drive.ts";
import type { Cancel, Closable, Ports } from "../../../../io/ports.ts";
import type { CheckVerdict } from "../../../../proto/check/result.ts";
import { type Seen, Settling } from "../../../../proto/ha/settling.ts";
import { attempt } from "../../../check/attempt.ts";
import { processProber } from "../../../check/process.ts";
import type { PlannedProcess } from "../plan/plan.ts";

export interface ProcessTold {
  readonly onChange: (name: string, state: "up" | "down") => void;
  readonly onTrouble: (text: string) => void;
}

type ProcessPorts = Pick<Ports, "clock" | "listProcesses" | "watchProcesses" | "pid">;

export class TrackedProcess implements Closable {
  readonly #process: PlannedProcess;
  readonly #ports: ProcessPorts;
  readonly #told: ProcessTold;
  readonly #prober: ReturnType<typeof processProber>;
  readonly #settling: Driver<Seen>;
  readonly #stop = new AbortController();
  #watch: Closable | undefined;
  #isAsking: boolean = false;
  #isStale: boolean = false; // something happened while it was asked
  #cancel: Cancel = () => {};

  constructor(process: PlannedProcess, ports: ProcessPorts, told: ProcessTold) {
    this.#process = process;
    this.#ports = ports;
    this.#told = told;
    this.#prober = processProber(process, ports);
    this.#settling = drive(new Settling(process.delays), ports.clock, ({ isUp }) =>
      told.onChange(process.name, isUp ? "up" : "down"),
    );
  }

  start(): void {
    try {
      this.#watch = this.#prober.changes?.(() => this.#ask());
    } catch (error) {
      if (!(error instanceof SystemError)) throw error;
      this.#told.onTrouble(
        `vrrp_track_process ${this.#process.name} is asked each second: ${error.message}`,
      );
    }
    this.#ask();
  }

  close(): void {
    this.#cancel();
    this.#stop.abort();
    this.#watch?.close();
    this.#settling.stop();
    this.#prober.close();
  }

  /** At once; while that is so often that it would be most of what this process does, in a moment. */
  #ask(): void {
    this.#isStale = true;
    if (!this.#isAsking) void this.#run();
  }

  async #run(): Promise<void> {
    this.#isAsking = true;
    this.#isStale = false;
    const { clock } = this.#ports;
    const { process } = this.#process;
    const { signal } = this.#stop;
    const result = await attempt(this.#prober, { name: process }, LIMIT_MS, clock, signal).catch(
      (error: unknown) => {
        if (!signal.aborted) throw error;
      },
    );
    if (result === undefined) return;
    this.#note(result.verdict);
    const nextMs = clock.nowMs() + SPACING_MS;
    this.#cancel();
    this.#cancel = clock.at(nextMs, () => {
      this.#isAsking = false;
      if (this.#isStale) void this.#run();
      else if (this.#watch === undefined) {
        this.#cancel = clock.at(nextMs + POLL_MS, () => this.#ask());
      }
    });
  }

  #note(verdict: CheckVerdict): void {
    if (verdict !== "unknown") this.#settling.feed({ kind: "seen", isUp: verdict === "up" });
  }
}

const SPACING_MS = 20;
const POLL_MS = 1000;
const LIMIT_MS = 5000;
