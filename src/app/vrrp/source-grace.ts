/**
 * Patience with a MASTER's own source address: scripts of DHCP clients flush an interface and add the
 * address again within milliseconds, and to resign for that would move everything twice.
 */
import type { IpBytes } from "../../core/addr.ts";
import type { Cancel, Clock, Closable } from "../../io/ports.ts";
import type { InterfaceStatus } from "../../proto/vrrp/interface-status.ts";

export class SourceGrace implements Closable {
  readonly #clock: Clock;
  readonly #graceMs: number;
  readonly #onOver: () => void;
  #sinceMs: number | undefined;
  #cancel: Cancel = () => {};

  /**
   * @param intervalMs of adverts: half of it is borne, so that at most one advert does not leave
   * @param onOver called where the address has not come back: judge anew
   */
  constructor(clock: Clock, intervalMs: number, onOver: () => void) {
    this.#clock = clock;
    this.#graceMs = Math.min(intervalMs / 2, MOST_MS);
    this.#onOver = onOver;
  }

  /** Whether the address is missing and waited for: what is sent meanwhile may fail. */
  get isRunning(): boolean {
    return this.#sinceMs !== undefined;
  }

  /**
   * @param source from which a MASTER sends; undefined for a router that has nothing to lose
   * @returns the status to go by: as if that source were there, while it is waited for
   */
  bear(status: InterfaceStatus, source: IpBytes | undefined): InterfaceStatus {
    const [fault, ...others] = status.faults;
    const nowMs = this.#clock.nowMs();
    const sinceMs = this.#sinceMs ?? nowMs;
    this.close();
    const isAlone = fault === "no-source-address" && others.length === 0;
    if (!isAlone || source === undefined || nowMs - sinceMs >= this.#graceMs) return status;
    this.#sinceMs = sinceMs;
    this.#cancel = this.#clock.at(sinceMs + this.#graceMs, this.#onOver);
    return { faults: [], source };
  }

  /** Waits no more. */
  close(): void {
    this.#cancel();
    this.#sinceMs = undefined;
  }
}

const MOST_MS = 1000;
