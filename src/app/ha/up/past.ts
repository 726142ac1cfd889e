/** The latest transitions of all virtual routers, which outlive the process that made them. Bounded. */
import type { Clock } from "../../../io/ports.ts";
import type { PastTransition } from "../../vrrp/ledger.ts";
import { type HistoryRecord, historyRecord } from "../../vrrp/status.ts";
import type { HaEvent } from "./supervisor.ts";

export interface HaHistoryRecord extends HistoryRecord {
  readonly instance: string;
}

export class HaPast {
  readonly #clock: Clock;
  readonly #past: (PastTransition & { readonly instance: string })[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  note(event: HaEvent): void {
    if (event.kind !== "router" || event.event.type !== "transition") return;
    const [atMs, wallMs] = [this.#clock.nowMs(), this.#clock.wallMs()];
    this.#past.push({ instance: event.instance, atMs, wallMs, transition: event.event });
    if (this.#past.length > MOST) this.#past.shift();
  }

  /** The last ones, oldest first. */
  records(count: number): readonly HaHistoryRecord[] {
    const nowMs = this.#clock.nowMs();
    return this.#past
      .slice(-count)
      .map((past) => ({ instance: past.instance, ...historyRecord(past, nowMs) }));
  }
}

const MOST = 1024;
