/** What `ha up` is to run, made of a keepalived.conf: values alone, which go from process to process. */

import type { ProgramUser } from "../../../io/ports.ts";
import type { Tracker } from "../../../proto/ha/tracking.ts";
import type { VrrpInstance } from "../../vrrp/instance.ts";

export interface HaPlan {
  readonly routers: readonly PlannedRouter[];
  readonly syncGroups: readonly PlannedGroup[];
  readonly scripts: readonly PlannedScript[];
  readonly realtimePriority: number | null; // of the process of the routers, 1..99
}

export interface PlannedRouter {
  readonly instance: VrrpInstance;
  readonly trackers: readonly Tracker[];
  readonly tracksOwnLink: boolean; // without it the router goes on while its interface is down
}

export interface PlannedGroup {
  readonly name: string;
  readonly members: readonly string[]; // names of instances
}

/** A vrrp_script. */
export interface PlannedScript {
  readonly name: string;
  readonly argv: readonly string[];
  readonly user: ProgramUser | null; // null: as ourselves
  readonly intervalMs: number;
  readonly timeoutMs: number;
  readonly rise: number;
  readonly fall: number;
  readonly initFail: boolean;
}
