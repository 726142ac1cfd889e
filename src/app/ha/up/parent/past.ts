/** The latest transitions of all virtual routers and servers, which outlive the process that made them. Bounded. */
import type { Clock } from "../../../../io/ports.ts";
import type { PastTransition } from "../../../vrrp/ledger.ts";
import { type HistoryRecord, historyRecord } from "../../../vrrp/status.ts";
import type { ServerEvent } from "../servers/server-events.ts";
import type { HaEvent } from "./supervisor.ts";

export interface HaHistoryRecord extends HistoryRecord {
  readonly instance: string;
}

/** A real server, or where `server` is null a virtual one, that went up or down. */
export interface ServerHistoryRecord {
  readonly ts: string;
  readonly age_ms: number;
  readonly service: string;
  readonly server: string | null;
  readonly to: "up" | "down";
  readonly cause: string;
}

export class HaPast {
  readonly #clock: Clock;
  readonly #past: (PastTransition & { readonly instance: string })[] = [];

  readonly #servers: (Omit<ServerHistoryRecord, "age_ms"> & { readonly atMs: number })[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  note(event: HaEvent): void {
    if (event.kind === "server") this.#noteServer(event.event);
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

  /** Likewise, of virtual and real servers. */
  serverRecords(count: number): readonly ServerHistoryRecord[] {
    const nowMs = this.#clock.nowMs();
    return this.#servers
      .slice(-count)
      .map(({ atMs, ts, ...rest }) => ({ ts, age_ms: nowMs - atMs, ...rest }));
  }

  #noteServer(event: ServerEvent): void {
    if (event.type !== "server" && event.type !== "quorum") return;
    const { service, state: to, cause } = event;
    const server = event.type === "server" ? event.server : null;
    const ts = new Date(this.#clock.wallMs()).toISOString();
    this.#servers.push({ atMs: this.#clock.nowMs(), ts, service, server, to, cause });
    if (this.#servers.length > MOST) this.#servers.shift();
  }
}

const MOST = 1024;
