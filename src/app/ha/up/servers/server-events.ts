/** What happens to virtual servers, as the processes of `ha up` tell it: values alone. */
import type { CheckStanding } from "../../../../proto/lvs/virtual-server.ts";

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
}

/** What happened, and what of the known it changes. */
export interface ServerNews {
  readonly events: readonly ServerEvent[];
  readonly known: KnownServers;
}
