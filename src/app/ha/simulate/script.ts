/**
 * A `vrrp_script` in virtual time: it is started at each interval unless it still runs, and one that
 * outlasts its timeout has failed.
 */
import { Health } from "../../../proto/check/health.ts";
import type { SimulatedScript } from "./cluster.ts";
import type { EventQueue } from "./event-queue.ts";

/** What a run comes to: `hangs` never ends by itself. */
export type ScriptFate = "succeeds" | "fails" | "hangs";

/** What events make of its runs. */
export const FATES = { fail: "fails", hang: "hangs", recover: "succeeds" } as const;

export class RunningScript {
  readonly script: SimulatedScript;
  fate: ScriptFate = "succeeds";
  readonly #queue: EventQueue;
  readonly #mayRun: () => boolean;
  readonly #changed: (script: RunningScript) => void;
  #health: Health;
  #life = 0; // of an older one nothing counts any more
  #isRunning: boolean = false;

  constructor(
    script: SimulatedScript,
    queue: EventQueue,
    mayRun: () => boolean,
    changed: (script: RunningScript) => void,
  ) {
    this.script = script;
    this.#queue = queue;
    this.#mayRun = mayRun;
    this.#changed = changed;
    this.#health = this.#fresh();
  }

  get state(): "up" | "down" | "unknown" {
    return this.#health.state;
  }

  /** Nothing is known any more. */
  start(): void {
    this.#health = this.#fresh();
    this.restart();
  }

  /** What was found stays. */
  restart(): void {
    this.stop();
    this.#run(this.#life);
  }

  stop(): void {
    this.#life += 1;
    this.#isRunning = false;
  }

  #fresh(): Health {
    const { rise, fall, intervalMs, initFail } = this.script;
    const pace = { intervalMs, fastIntervalMs: intervalMs, downIntervalMs: intervalMs };
    const policy = { rise, fall, ...pace, jitterShare: 0 };
    return new Health(policy, this.#queue.nowMs, initFail ? "down" : "unknown");
  }

  #run(life: number): void {
    if (life !== this.#life) return;
    const { intervalMs, timeoutMs, takesMs } = this.script;
    const { nowMs } = this.#queue;
    this.#queue.at(nowMs + intervalMs, () => this.#run(life));
    if (this.#isRunning || !this.#mayRun()) return;
    this.#isRunning = true;
    const hangs = this.fate === "hangs" || takesMs > timeoutMs;
    const verdict = this.fate === "succeeds" && !hangs ? "up" : "down";
    this.#queue.at(nowMs + (hangs ? timeoutMs : takesMs), () => this.#end(life, verdict));
  }

  #end(life: number, verdict: "up" | "down"): void {
    if (life !== this.#life) return;
    this.#isRunning = false;
    if (!this.#mayRun()) return;
    if (this.#health.note(verdict, this.#queue.nowMs) !== undefined) this.#changed(this);
  }
}
