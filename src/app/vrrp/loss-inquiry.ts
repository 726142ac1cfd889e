/** Virtual addresses that are gone while we hold them: by whose hand, and what would stop it. */
import { formatDurationMs } from "../../core/duration.ts";
import type { Ports } from "../../io/ports.ts";
import { suspectNames, suspectsAmong } from "../../proto/vrrp/suspects.ts";
import type { VrrpInstance } from "./instance.ts";

type Outside = Pick<Ports, "clock" | "findProcesses">;

export class LossInquiry {
  readonly #instance: VrrpInstance;
  readonly #ports: Outside;
  readonly #tell: (text: string) => void;
  #heldMs = 0; // when the addresses got their lease
  #askedMs = Number.NEGATIVE_INFINITY;
  #programs: readonly string[] = [];

  /** @param tell gets what somebody should do */
  constructor(instance: VrrpInstance, ports: Outside, tell: (text: string) => void) {
    this.#instance = instance;
    this.#ports = ports;
    this.#tell = tell;
  }

  /** Those who may have done it, by the latest inquiry; filled when it knows them. */
  get programs(): readonly string[] {
    return this.#programs;
  }

  /** The addresses are there, with a new lease. */
  noteHeld(): void {
    this.#heldMs = this.#ports.clock.nowMs();
  }

  /** What ended a lease in time is the kernel, on our behalf: a sentence. Else it is somebody. */
  expiry(): string | undefined {
    const { leaseS } = this.#instance.config;
    const leasedForMs = this.#ports.clock.nowMs() - this.#heldMs;
    if (leaseS === null || leasedForMs < leaseS * 1000) return undefined;
    const slept = `this process did not run for ${formatDurationMs(leasedForMs)}`;
    return `a virtual address has expired, for ${slept}: put back`;
  }

  /** Looks for those who may have done it, after all that is urgent; not again and again. */
  begin(): void {
    const nowMs = this.#ports.clock.nowMs();
    if (nowMs - this.#askedMs < PAUSE_MS) return;
    this.#askedMs = nowMs;
    const programs: string[] = [];
    this.#programs = programs;
    void this.#ports.findProcesses(suspectNames()).then((processes) => {
      for (const { program, pid, remedy } of suspectsAmong(processes, this.#instance.ifName)) {
        programs.push(program);
        this.#tell(`addresses were taken away, perhaps by ${program} (pid ${pid}): ${remedy}`);
      }
    });
  }
}

const PAUSE_MS = 10_000;
