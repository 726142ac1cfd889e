/** What `ha status` answers of virtual servers. */
import type { Connections } from "./ipvs-port.ts";
import type { DestinationRecord } from "./server-events.ts";
import type { ServiceRunner } from "./service-runner.ts";

export interface ServiceRecord {
  readonly service: string;
  readonly state: "up" | "down"; // whether it has its quorum
  readonly weight: number; // of the servers that are up
  readonly quorum: number;
  readonly suspended: boolean;
  readonly servers: readonly ServerRecord[];
  readonly destinations: readonly DestinationRecord[]; // where its connections are to go
}

export interface ServerRecord {
  readonly server: string;
  readonly file_server: string; // the same at the address of the file
  readonly state: "up" | "down";
  readonly weight: number; // by its file and its checks
  readonly hand_weight: number | null; // that is set by hand instead
  readonly connections: Connections | null; // of one with a weight by hand, where IPVS is there
  readonly checks: readonly CheckRecord[];
}

export interface CheckRecord {
  readonly check: string; // its keyword
  readonly state: "up" | "down" | "unknown"; // unknown: it has not come to a result yet
  readonly age_ms: number | null; // of its latest result
  readonly detail: string | null; // likewise
}

export function serviceRecord(runner: ServiceRunner, nowMs: number): ServiceRecord {
  const { service, machine, isSuspended, destinations, connections } = runner;
  const { isUp, checks } = machine.standing;
  return {
    service: service.label,
    state: isUp ? "up" : "down",
    weight: machine.weight,
    quorum: service.quorum,
    suspended: isSuspended,
    servers: service.servers.map(({ label, fileLabel, checks: planned }, server) => ({
      server: label,
      file_server: fileLabel,
      state: machine.isAlive(server) ? "up" : "down",
      weight: machine.weightOf(server),
      hand_weight: runner.handWeightOf(server),
      connections: runner.handWeightOf(server) === null ? null : (connections?.[server] ?? null),
      checks: planned.map(({ kind }, check): CheckRecord => {
        const latest = runner.latestAt({ server, check });
        return {
          check: kind,
          state: checks[server]?.[check]?.state ?? "unknown",
          age_ms: latest === undefined ? null : nowMs - latest.endedMs,
          detail: latest?.detail ?? null,
        };
      }),
    })),
    destinations,
  };
}
