/** What the service manager is told: that the routers run, which is master of what, that they live. */
import { printable } from "../../../../core/printable.ts";
import type { Clock, ServiceManager } from "../../../../io/ports.ts";
import { statusLine } from "../../../../proto/ha/status-line.ts";
import type { VrrpState } from "../../../../proto/vrrp/facts.ts";

export class Service {
  readonly #clock: Clock;
  readonly #manager: ServiceManager | undefined;
  readonly #pauseMs: number; // between two signs of life
  #nextMs = 0;
  #status = "";

  constructor({ clock, serviceManager }: ServicePorts) {
    this.#clock = clock;
    this.#manager = serviceManager;
    this.#pauseMs = (serviceManager?.watchdogMs ?? Number.POSITIVE_INFINITY) / 4;
  }

  ready(): void {
    this.#manager?.tell("READY=1");
  }

  /** `ready` follows, whatever comes of it. */
  reloading(): void {
    const atUs = Math.round(this.#clock.nowMs() * 1000);
    this.#manager?.tell(`RELOADING=1\nMONOTONIC_USEC=${atUs}`);
  }

  stopping(): void {
    this.#manager?.tell("STOPPING=1");
  }

  /** The virtual routers are where they are now. */
  show(states: ReadonlyMap<string, VrrpState>): void {
    if (this.#manager === undefined) return;
    const status = printable(statusLine(states));
    if (status === this.#status) return;
    this.#status = status;
    this.#manager.tell(`STATUS=${status}`);
  }

  /** The process of the routers has just shown that its loop turns. */
  live(): void {
    const nowMs = this.#clock.nowMs();
    if (!Number.isFinite(this.#pauseMs) || nowMs < this.#nextMs) return;
    this.#nextMs = nowMs + this.#pauseMs;
    this.#manager?.tell("WATCHDOG=1");
  }
}

export interface ServicePorts {
  readonly clock: Clock;
  readonly serviceManager: ServiceManager | undefined;
}
