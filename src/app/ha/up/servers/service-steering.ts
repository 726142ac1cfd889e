/** Where connections of one virtual server go: what its checks want, less what is held back of it. */
import { Leaving } from "../../../../proto/lvs/leaving.ts";
import { SlowStart } from "../../../../proto/lvs/slow-start.ts";
import type { Destination, VirtualServer } from "../../../../proto/lvs/virtual-server.ts";
import type { PlannedServer, PlannedService } from "../plan/lvs-plan.ts";
import type { ServerName } from "../plan/relocated.ts";
import type { Connections } from "./ipvs-port.ts";

export interface ServerCare {
  readonly rise: number; // so many successes in a row make a server that is down up
  readonly slowStartMs: number; // in which one that comes back gets its weight; 0: at once
  readonly drainMs: number; // in which one that a reload takes out may end its connections; 0: it goes at once
  readonly verifiesCertificates: boolean; // of pages that are asked for by HTTPS
  readonly names: readonly ServerName[];
}

/** `service` has the servers that are leaving behind its own. */
export interface Targets {
  readonly service: PlannedService;
  readonly destinations: readonly Destination[];
}

export class ServiceSteering {
  readonly rise: number;
  readonly byHand = new Map<string, number>(); // weights, by the label in the file
  readonly #slow: SlowStart;
  readonly #leaving: Leaving<PlannedServer>;

  constructor({ rise, slowStartMs, drainMs }: ServerCare) {
    this.rise = rise;
    this.#slow = new SlowStart(slowStartMs);
    this.#leaving = new Leaving(drainMs);
  }

  /** A server has gone down or come back by its checks. */
  note(label: string, becomes: "down" | "back", nowMs: number): void {
    if (becomes === "down") this.#slow.end(label);
    else this.#slow.begin(label, nowMs);
  }

  /** A plan has another service in its place. */
  replace({ service, destinations }: Targets, next: PlannedService, nowMs: number): void {
    const wanted = new Set(next.servers.map(({ label }) => label));
    for (const { server } of destinations) {
      const former = server === "sorry" ? undefined : service.servers[server];
      if (former === undefined || wanted.has(former.label)) continue;
      const isLeaving = this.#leaving.all.includes(former);
      if (!isLeaving) this.#leaving.begin(former, nowMs);
    }
    for (const label of wanted) this.#leaving.end(label);
  }

  targets(service: PlannedService, machine: VirtualServer, nowMs: number): Targets {
    const real = machine.destinations((server, weight) => {
      const { label = "", fileLabel = "" } = service.servers[server] ?? {};
      return this.byHand.get(fileLabel) ?? this.#slow.weightOf(label, weight, nowMs);
    });
    const { all } = this.#leaving;
    const leaving = all.map((_, index) => ({ server: service.servers.length + index, weight: 0 }));
    return {
      service: all.length === 0 ? service : { ...service, servers: [...service.servers, ...all] },
      destinations: [...real, ...leaving],
    };
  }

  /** @param connections of the servers of `targets`; null where nobody knows */
  look(
    { service: { servers } }: Targets,
    connections: readonly Connections[] | null,
    nowMs: number,
  ): void {
    this.#leaving.look((server) => {
      const own = connections?.[servers.indexOf(server)];
      return own === undefined ? null : own.active + own.inactive + own.persistent;
    }, nowMs);
  }

  /** When `targets` may be others. */
  nextMs(nowMs: number): number {
    return Math.min(this.#slow.nextMs(nowMs), this.#leaving.nextMs(nowMs));
  }

  /** Whether it is to be looked how many connections are left. */
  get isDraining(): boolean {
    return this.#leaving.all.length > 0;
  }
}
