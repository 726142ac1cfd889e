/** A vrrp_script at work: run at each interval unless it still runs, and up or down by its results. */

import type { Cancel, Closable, Ports, ProgramResult } from "../../../io/ports.ts";
import { Health } from "../../../proto/check/health.ts";
import type { TrackedState } from "../../../proto/ha/tracking.ts";
import type { PlannedScript } from "./plan.ts";

export class ScriptRunner implements Closable {
  readonly #script: PlannedScript;
  readonly #ports: Pick<Ports, "clock" | "runProgram">;
  readonly #changed: (name: string, state: "up" | "down") => void;
  readonly #health: Health;
  readonly #stop = new AbortController();
  #isRunning: boolean = false;
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
    this.#isRunning = true;
    const result = await this.#ports.runProgram({
      argv,
      environment: {},
      limitMs: timeoutMs,
      signal: this.#stop.signal,
      onOutput: () => {},
      ...(user === null ? {} : { user }),
    });
    this.#isRunning = false;
    if (this.#stop.signal.aborted) return;
    const change = this.#health.note(verdictOf(result), this.#ports.clock.nowMs());
    if (change !== undefined) this.#changed(name, change.to);
  }
}

const verdictOf = ({ exitCode }: ProgramResult): "up" | "down" => (exitCode === 0 ? "up" : "down");
