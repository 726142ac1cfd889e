/** Weights of real servers that were set by hand: they hold until that is undone, through reloads too. */
import { formatIp } from "../../../../core/addr.ts";
import { parseEndpoint } from "../../../../proto/ipvs/service-name.ts";
import type { LvsPlan, PlannedServer, PlannedService } from "../plan/lvs-plan.ts";

export interface HandWeight {
  readonly service: string; // key
  readonly server: string; // its label in the file
  readonly weight: number;
}

/** A real server of a virtual one. */
export interface NamedServer {
  readonly service: PlannedService;
  readonly server: PlannedServer;
}

type Plan = Pick<LvsPlan, "services">;

/** Those that a name means, in each virtual server: as `ha status` has it, or `ADDR:PORT`, or `ADDR` with each port. */
export function serversNamed(name: string, { services }: Plan): readonly NamedServer[] {
  const endpoint = parseEndpoint(name);
  const [ip, port] =
    typeof endpoint === "string" || endpoint.ip === null
      ? [undefined, null]
      : [formatIp(endpoint.ip), endpoint.port];
  return services.flatMap((service) =>
    service.servers.flatMap((server): NamedServer[] => {
      const [, itsIp, itsPort] = LABEL.exec(server.label) ?? [];
      const isMeant =
        ip !== undefined && ip === itsIp && (port === null || port === Number(itsPort));
      return isMeant || server.label === name ? [{ service, server }] : [];
    }),
  );
}

export class HandWeights {
  #all: readonly HandWeight[] = [];

  get all(): readonly HandWeight[] {
    return this.#all;
  }

  /** @param weight null: that of the file and the checks again */
  set(servers: readonly NamedServer[], weight: number | null): void {
    const meant = servers.map(({ service, server }) => ({
      service: service.key,
      server: server.label,
    }));
    const others = this.#all.filter((one) => !meant.some((two) => isSameServer(one, two)));
    this.#all = weight === null ? others : [...others, ...meant.map((one) => ({ ...one, weight }))];
  }

  /** What a reload has taken out comes back as new. */
  keep({ services }: Plan): void {
    const servers = new Map(services.map((service) => [service.key, service.servers]));
    this.#all = this.#all.filter(({ service, server }) =>
      servers.get(service)?.some(({ label }) => label === server),
    );
  }
}

type Key = Pick<HandWeight, "service" | "server">;

const isSameServer = (a: Key, b: Key): boolean => a.service === b.service && a.server === b.server;

/** `[10.0.0.1]:tcp:80`. */
const LABEL = /^\[([^\]]+)\]:\w+:(\d+)$/;
