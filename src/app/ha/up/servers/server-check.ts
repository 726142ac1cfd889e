/** A check of a real server at work: asked in its time, and up or down by what comes. */
import type { Cancel, Closable, Ports } from "../../../../io/ports.ts";
import { Health } from "../../../../proto/check/health.ts";
import type { CheckResult, CheckVerdict } from "../../../../proto/check/result.ts";
import type { CheckStanding } from "../../../../proto/lvs/virtual-server.ts";
import type { PlannedCheck } from "../plan/lvs-plan.ts";
import type { ServerProbe } from "./server-probe.ts";

export interface CheckOutcome {
  readonly state: "up" | "down";
  readonly points: number | null; // its weight where it tells one, instead of that of the server
  readonly detail: string;
  readonly isNews: boolean; // the state is another than before
}

/** The latest result. */
export interface LatestResult {
  readonly endedMs: number; // Clock.nowMs
  readonly verdict: CheckVerdict;
  readonly detail: string;
}

export class ServerCheck implements Closable {
  readonly #check: PlannedCheck;
  readonly #probe: ServerProbe;
  readonly #ports: Pick<Ports, "clock">;
  readonly #told: (outcome: CheckOutcome) => void;
  readonly #failed: (detail: string) => void;
  readonly #health: Health;
  readonly #stop = new AbortController();
  latest: LatestResult | undefined;
  #cancel: Cancel = () => {};
  #isRunning: boolean = false;
  #isPaused: boolean = false;

  /**
   * @param state what one before it had found
   * @param rise so many results in a row make one that is down up
   * @param told each result that counts
   * @param failed each failure that changes nothing, where that is wanted
   */
  constructor(
    check: PlannedCheck,
    probe: ServerProbe,
    { state, rise }: { readonly state: CheckStanding["state"]; readonly rise: number },
    ports: Pick<Ports, "clock">,
    told: (outcome: CheckOutcome) => void,
    failed: (detail: string) => void,
  ) {
    this.#check = check;
    this.#probe = probe;
    this.#ports = ports;
    this.#told = told;
    this.#failed = failed;
    const { retries, delayMs, retryDelayMs } = check;
    const pace = { intervalMs: delayMs, fastIntervalMs: retryDelayMs, downIntervalMs: delayMs };
    const policy = { rise, fall: retries + 1, ...pace, jitterShare: 0 };
    this.#health = new Health(policy, ports.clock.nowMs(), state);
  }

  /** @param random 0..1: not all at once */
  start(random: number): void {
    this.#in(random * this.#check.warmupMs);
  }

  /** What was found holds until it goes on. */
  pause(isPaused: boolean): void {
    if (isPaused === this.#isPaused) return;
    this.#isPaused = isPaused;
    if (isPaused) this.#cancel();
    else if (!this.#isRunning) this.#in(0);
  }

  close(): void {
    this.#cancel();
    this.#stop.abort();
    this.#probe.close();
  }

  #in(ms: number): void {
    if (this.#isPaused) return;
    const { clock } = this.#ports;
    this.#cancel = clock.at(clock.nowMs() + ms, () => void this.#ask());
  }

  async #ask(): Promise<void> {
    const { signal } = this.#stop;
    const { clock } = this.#ports;
    this.#isRunning = true;
    const begunMs = clock.nowMs();
    const result = await this.#probe.ask(signal).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
    this.#isRunning = false;
    if (result === undefined) return;
    this.latest = { endedMs: clock.nowMs(), verdict: result.verdict, detail: result.detail };
    if (!isOurShortage(result)) this.#judge(result);
    // A program is run at each interval, anybody else is left alone for so long.
    const tookMs = this.#check.probe.by === "program" ? clock.nowMs() - begunMs : 0;
    this.#in(Math.max(0, this.#health.nextMs(0) - tookMs));
  }

  #judge({ verdict, detail, facts }: CheckResult): void {
    const state = verdict === "up" ? "up" : "down";
    const change = this.#health.note(state, this.#ports.clock.nowMs());
    const isNews = change !== undefined;
    if (state === "down" && !isNews && this.#check.tellsAll) this.#failed(detail);
    if (this.#health.state !== state) return; // it is tried again
    const { weight } = facts;
    const points = typeof weight === "number" ? weight : null;
    this.#told({ state, points, detail, isNews });
  }
}

/** The service has nothing to do with it, and all would fail at once. */
const isOurShortage = ({ verdict, facts: { errno } }: CheckResult): boolean =>
  verdict === "unknown" && typeof errno === "string" && SHORTAGES.has(errno);

const SHORTAGES: ReadonlySet<string> = new Set([
  ...["EMFILE", "ENFILE", "ENOMEM", "ENOBUFS", "EAGAIN"],
]);
