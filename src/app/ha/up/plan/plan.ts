/** What `ha up` is to run, made of a keepalived.conf: values alone, which go from process to process. */

import type { ProgramUser } from "../../../../io/ports.ts";
import type { ProcessPattern, ProcessQuorum } from "../../../../proto/check/process-match.ts";
import type { SettlingDelays } from "../../../../proto/ha/settling.ts";
import type { Tracker } from "../../../../proto/ha/tracking.ts";
import type { HmacMode } from "../../../../proto/vrrp/hmac.ts";
import type { VirtualAddress } from "../../../../proto/vrrp/virtual-address.ts";
import type { VrrpInstance } from "../../../vrrp/instance.ts";
import type { LinkDelays } from "../../../vrrp/interfaces.ts";
import type { VirtualRouting } from "../../../vrrp/virtual-routing.ts";
import type { DumpPlan } from "../../dump/plan.ts";
import type { LvsPlan } from "./lvs-plan.ts";
import type { NotifyPlan } from "./notify-plan.ts";

export interface HaPlan {
  readonly routers: readonly PlannedRouter[];
  readonly syncGroups: readonly PlannedGroup[];
  readonly scripts: readonly PlannedScript[];
  readonly files: readonly PlannedFile[];
  readonly processes: readonly PlannedProcess[];
  readonly statics: PlannedStatics;
  readonly linkDelays: LinkDelays;
  readonly pacing: PlannedPacing; // of announcements
  readonly notify: NotifyPlan;
  readonly lvs: LvsPlan;
  readonly notes: readonly string[]; // what the file says and does not happen
  readonly own: Readonly<Record<"parent" | "vrrp" | "checkers", OwnProcess>>;
  readonly dump: DumpPlan;
}

export interface PlannedRouter {
  readonly instance: VrrpInstance; // `ifName` "": that which has its source address; without keys
  readonly afterBootMs?: number; // before the host has run so long it takes over from nobody
  readonly keys: PlannedKeys | null;
  readonly trackers: readonly Tracker[];
}

/** An auth_hmac, its key files read. */
export interface PlannedKeys {
  readonly mode: HmacMode;
  readonly keys: readonly PlannedKey[]; // at least one
  readonly activeId: number | null; // null: it signs nothing
  readonly windowMs: number;
}

export interface PlannedKey {
  readonly id: number;
  readonly secret: Uint8Array;
}

/** The least time between two announcements. */
export interface PlannedPace {
  readonly garpMs: number; // of gratuitous ARP; 0: none
  readonly gnaMs: number; // of neighbour advertisements; 0: none
}

export interface PlannedPacing {
  readonly usual: PlannedPace; // of each interface by itself
  readonly groups: readonly (PlannedPace & { readonly ifNames: readonly string[] })[];
}

/** How a process of ours is to be run. */
export interface OwnProcess {
  readonly name: string | null; // null: that of the program
  readonly nice: number | null; // -20..19
  readonly realtimePriority: number | null; // 1..99
}

/** What the host has while `ha up` runs, whoever is MASTER. */
export interface PlannedStatics {
  readonly addresses: readonly VirtualAddress[];
  readonly routing: VirtualRouting;
  readonly promoting: readonly string[]; // interfaces on which other addresses of a network stay when its first one goes
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

/** A track_file. */
export interface PlannedFile {
  readonly name: string;
  readonly path: string;
  readonly init: InitFile | null; // null: it is made by others
}

/** What is put into a tracked file at the start. */
export interface InitFile {
  readonly value: number;
  readonly isOverwriting: boolean; // also where there is one
}

/** A vrrp_track_process. */
export interface PlannedProcess {
  readonly name: string;
  readonly process: string; // its program
  readonly pattern: ProcessPattern;
  readonly quorum: ProcessQuorum;
  readonly delays: SettlingDelays;
}
