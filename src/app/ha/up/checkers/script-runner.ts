/** A vrrp_script at work: run at each interval unless it still runs, and up or down by its results. */

import { formatDurationMs } from "../../../../core/duration.ts";
import { LastBytes } from "../../../../core/last-bytes.ts";
import type { Cancel, Closable, Ports, ProgramResult } from "../../../../io/ports.ts";
import { Health } from "../../../../proto/check/health.ts";
import { programFinding } from "../../../../proto/check/program-end.ts";
import type { TrackedState } from "../../../../proto/ha/tracking.ts";
import type { ScriptRecord } from "../parent/status.ts";
import type { PlannedScript } from "../plan/plan.ts";

export class ScriptRunner implements Closable {
  readonly #script: PlannedScript;
  readonly #ports: Pick<Ports, "clock" | "runProgram">;
  readonly #changed: (name: string, state: "up" | "down") => void;
  readonly #health: Health;
  readonly #stop = new AbortController();
  #isRunning: boolean = false;
  #latest:
    | {
        readonly endedMs: number;
        readonly took_ms: number;
        readonly detail: string;
        readonly output: string;
      }
    | undefined;
  #cancel: Cancel = () => {};

  /** @param known what a runner before it had found */
  constructor(
    script: PlannedScript,
    ports: Pick<Ports, "clock" | "runProgram">,
    known: TrackedState | undefined,
    changed: (name: string, state: "up" | "down") => void,
  ) {
    this.#script = script;
    this.#ports = ports;
    this.#changed = changed;
    const { rise, fall, intervalMs, initFail } = script;
    const pace = { intervalMs, fastIntervalMs: intervalMs, downIntervalMs: intervalMs };
    const policy = { rise, fall, ...pace, jitterShare: 0 };
    const first = known === "up" || known === "down" ? known : initFail ? "down" : "unknown";
    this.#health = new Health(policy, ports.clock.nowMs(), first);
  }

  get state(): "up" | "down" | "unknown" {
    return this.#health.state;
  }

  /** Its latest run. */
  get record(): ScriptRecord {
    const { name } = this.#script;
    if (this.#latest === undefined) return { ...NOT_YET, name };
    const { endedMs, took_ms, detail, output } = this.#latest;
    return { name, age_ms: this.#ports.clock.nowMs() - endedMs, took_ms, detail, output };
  }

  start(): void {
    const { clock } = this.#ports;
    this.#cancel = clock.at(clock.nowMs() + this.#script.intervalMs, () => this.start());
    if (!this.#isRunning) void this.#run();
  }

  close(): void {
    this.#cancel();
    this.#stop.abort();
  }

  async #run(): Promise<void> {
    const { name, argv, user, timeoutMs } = this.#script;
    const printed = new LastBytes(KEPT_BYTES);
    const startedMs = this.#ports.clock.nowMs();
    this.#isRunning = true;
    const result = await this.#ports.runProgram({
      argv,
      environment: {},
      limitMs: timeoutMs,
      signal: this.#stop.signal,
      onOutput: (bytes) => printed.add(bytes),
      ...(user === null ? {} : { user }),
    });
    this.#isRunning = false;
    if (this.#stop.signal.aborted) return;
    const endedMs = this.#ports.clock.nowMs();
    const detail = result.timedOut
      ? `killed after ${formatDurationMs(timeoutMs)}`
      : programFinding(result, argv[0] ?? "", false).detail;
    this.#latest = { endedMs, took_ms: endedMs - startedMs, detail, output: printed.text };
    const change = this.#health.note(verdictOf(result), endedMs);
    if (change !== undefined) this.#changed(name, change.to);
  }
}

const verdictOf = ({ exitCode }: ProgramResult): "up" | "down" => (exitCode === 0 ? "up" : "down");

const KEPT_BYTES = 512;
const NOT_YET = { age_ms: null, took_ms: null, detail: null, output: null };
