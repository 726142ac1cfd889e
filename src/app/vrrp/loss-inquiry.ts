/** Virtual addresses that are gone while we hold them: by whose hand, and what would stop it. */
import { formatIp } from "../../core/addr.ts";
import { formatDurationMs } from "../../core/duration.ts";
import type { Ports } from "../../io/ports.ts";
import type { VrrpFact } from "../../proto/vrrp/facts.ts";
import { suspectNames, suspectsAmong } from "../../proto/vrrp/suspects.ts";
import type { VirtualAddress } from "../../proto/vrrp/virtual-address.ts";
import type { VrrpInstance } from "./instance.ts";
import type { InterfaceState } from "./interface-watch.ts";

type Outside = Pick<Ports, "clock" | "findProcesses">;

export class LossInquiry {
  readonly #instanceNow: () => VrrpInstance;
  readonly #ports: Outside;
  readonly #tell: Tell;
  #heldMs = 0; // when the addresses got their lease
  #askedMs = Number.NEGATIVE_INFINITY;
  #ifName: string; // where addresses were missing last
  #programs: readonly string[] = [];

  constructor(instanceNow: () => VrrpInstance, ports: Outside, tell: Tell) {
    this.#instanceNow = instanceNow;
    this.#ifName = instanceNow().ifName;
    this.#ports = ports;
    this.#tell = tell;
  }

  /** Those who may have done it, by the latest inquiry; filled when it knows them. */
  get programs(): readonly string[] {
    return this.#programs;
  }

  /** Since when that lease counts. */
  get heldMs(): number {
    return this.#heldMs;
  }

  /** The addresses are there, with a new lease. */
  noteHeld(): void {
    this.#heldMs = this.#ports.clock.nowMs();
  }

  /**
   * What became of addresses that are missing on an interface: a fact, or undefined where all is well.
   * @param replaced whether the interface is another one than before, which has nothing yet
   */
  judge(
    missing: readonly VirtualAddress[],
    { link }: InterfaceState,
    replaced: boolean,
  ): VrrpFact | undefined {
    const [first] = missing;
    if (first === undefined) return undefined;
    this.#ifName = first.ifName;
    const expiry = replaced ? undefined : this.#expiry();
    if (expiry !== undefined) this.#tell("notice", expiry);
    if (replaced || expiry !== undefined || link?.up !== true) return { kind: "addresses-lost" };
    return { kind: "addresses-taken", addresses: missing.map(({ ip }) => formatIp(ip)) };
  }

  /** Somebody took these away, and they are there again. */
  noteRestored(addresses: readonly string[]): void {
    const [first = "", ...others] = addresses;
    const more = others.length > 0 ? ` and ${others.length} more` : "";
    this.#tell("notice", `${first}${more} was taken away: put back`);
    this.inquire();
  }

  /** Looks for those who may have done it, after all that is urgent; not again and again. */
  inquire(): void {
    const nowMs = this.#ports.clock.nowMs();
    if (nowMs - this.#askedMs < PAUSE_MS) return;
    this.#askedMs = nowMs;
    const ifName = this.#ifName;
    const programs: string[] = [];
    this.#programs = programs;
    void this.#ports.findProcesses(suspectNames()).then((processes) => {
      for (const { program, pid, remedy } of suspectsAmong(processes, ifName)) {
        programs.push(program);
        this.#tell(
          "trouble",
          `addresses were taken away, perhaps by ${program} (pid ${pid}): ${remedy}`,
        );
      }
    });
  }

  /** What ended a lease in time is the kernel, on our behalf: a sentence. Else it is somebody. */
  #expiry(): string | undefined {
    const { leaseS } = this.#instanceNow().config;
    const leasedForMs = this.#ports.clock.nowMs() - this.#heldMs;
    if (leaseS === null || leasedForMs < leaseS * 1000) return undefined;
    const slept = `this process did not run for ${formatDurationMs(leasedForMs)}`;
    return `a virtual address has expired, for ${slept}: put back`;
  }
}

type Tell = (type: "notice" | "trouble", text: string) => void;

const PAUSE_MS = 10_000;
