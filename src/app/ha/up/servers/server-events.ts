/** What happens to virtual servers, as the processes of `ha up` tell it, and what is known of them: values alone. */
import { valueKey } from "../../../../core/same-value.ts";
import type { CheckStanding } from "../../../../proto/lvs/virtual-server.ts";
import type { LvsPlan, PlannedCheck, PlannedServer, PlannedService } from "../plan/lvs-plan.ts";
import type { IpvsMemory } from "./ipvs-memory.ts";

export type ServerEvent =
  /** A check has another result than before; `again`: it has failed, and that changed nothing. */
  | {
      readonly type: "check";
      readonly service: string;
      readonly server: string;
      readonly check: string; // its keyword
      readonly state: "up" | "down";
      readonly again: boolean;
      readonly detail: string;
    }
  | {
      readonly type: "server";
      readonly service: string;
      readonly server: string;
      readonly state: "up" | "down";
      readonly cause: "start" | "first" | "check" | "stop";
    }
  | {
      readonly type: "weight";
      readonly service: string;
      readonly server: string;
      readonly from: number;
      readonly to: number;
    }
  /** By hand; null: that of the file and the checks holds again. */
  | {
      readonly type: "hand-weight";
      readonly service: string;
      readonly server: string;
      readonly weight: number | null;
    }
  | {
      readonly type: "quorum";
      readonly service: string;
      readonly state: "up" | "down";
      readonly cause: "start" | "change" | "stop";
      readonly weight: number; // of all servers that are up
      readonly threshold: number;
    }
  /** Where its connections are to go from now on. */
  | {
      readonly type: "destinations";
      readonly service: string;
      readonly destinations: readonly DestinationRecord[];
    }
  /** Its address has gone, or come: nothing is checked meanwhile. */
  | { readonly type: "suspended"; readonly service: string; readonly suspended: boolean };

export interface DestinationRecord {
  readonly server: string;
  readonly weight: number;
  readonly sorry: boolean;
}

/** What a process that follows one that has ended goes on with. Keys are those of the plan. */
export interface KnownServers {
  readonly checks: ReadonlyMap<string, CheckStanding>;
  readonly quorums: ReadonlyMap<string, boolean>; // whether a virtual server has its quorum
  readonly ipvs?: IpvsMemory; // where IPVS was set
}

/** The same for the same question about the same server. */
export const checkKey = (
  service: Pick<PlannedService, "key">,
  server: Pick<PlannedServer, "label">,
  check: Pick<PlannedCheck, "kind" | "probe">,
): string => [service.key, server.label, check.kind, valueKey(check.probe)].join("\n");

/** What a plan has not any more begins anew when it comes back, and nothing is kept of it meanwhile. @returns its keys */
export function forgetUnplanned(
  known: Forgettable,
  { services }: Pick<LvsPlan, "services">,
): string[] {
  const keys = new Set(services.map(({ key }) => key));
  const checks = new Set(
    services.flatMap((service) =>
      service.servers.flatMap((server) =>
        server.checks.map((check) => checkKey(service, server, check)),
      ),
    ),
  );
  const forgotten = [
    ...[...known.quorums.keys()].filter((key) => !keys.has(key)),
    ...[...known.checks.keys()].filter((key) => !checks.has(key)),
  ];
  forget(known, forgotten);
  return forgotten;
}

/** @param keys of checks, which have several lines, and of virtual servers */
export function forget(known: Forgettable, keys: readonly string[]): void {
  for (const key of keys) {
    known.quorums.delete(key);
    known.checks.delete(key);
  }
}

interface Forgettable {
  readonly checks: Map<string, CheckStanding>;
  readonly quorums: Map<string, boolean>;
}

/** What happened, and what of the known it changes. */
export interface ServerNews {
  readonly events: readonly ServerEvent[];
  readonly known: KnownServers;
  readonly forgotten: readonly string[]; // keys of what is known no more
}
