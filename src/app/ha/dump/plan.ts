/** What keepalived's dumps tell beside the states: made of a keepalived.conf when it is read. Values alone. */
import type { Family } from "../../../core/addr.ts";

export interface DumpPlan {
  readonly paths: Readonly<Record<DumpKind, string>>;
  readonly jsonVersion: 1 | 2;
  readonly globals: readonly string[]; // lines
  readonly instances: readonly DumpedInstance[]; // in the order of the file, also those that take no part
  readonly groups: readonly DumpedGroup[];
  readonly scripts: readonly DumpedScript[];
  readonly files: readonly DumpedFile[];
  readonly processes: readonly DumpedProcess[];
}

export type DumpKind = "data" | "statistics" | "json";

export interface DumpedInstance {
  readonly name: string;
  readonly group: string | null; // its sync group
  readonly begins: "MASTER" | "BACKUP";
  readonly family: Family;
  readonly version: number;
  readonly vrid: number;
  readonly priority: number; // the configured one
  readonly adverIntervalMs: number;
  readonly ifName: string; // that of the addresses: the VMAC where there is one
  readonly baseIfName: string;
  readonly hasVmac: boolean;
  readonly sendsBelow: boolean; // adverts, from the base
  readonly multicast: string | null; // null: unicast
  readonly peers: readonly string[]; // of unicast: `10.0.0.2 min_ttl 0 max_ttl 255`
  readonly downAdverts: number;
  readonly accept: boolean;
  readonly preempt: boolean;
  readonly preemptDelayMs: number;
  readonly tracksInterface: boolean;
  readonly checksAddresses: boolean;
  readonly isStrict: boolean;
  readonly answersLower: boolean;
  readonly advertisesOnYield: boolean;
  readonly promotesSecondaries: boolean;
  readonly garp: {
    readonly delayS: number;
    readonly repeat: number;
    readonly refreshS: number;
    readonly refreshRepeat: number;
    readonly lowerDelayS: number;
    readonly lowerRepeat: number;
  };
  readonly isMailed: boolean;
  readonly tellsPriority: boolean;
  readonly tellsDeletion: boolean;
  readonly hooks: Readonly<Partial<Record<DumpedHook, string>>>; // as shell words
  readonly vips: readonly string[];
  readonly excludedVips: readonly string[];
  readonly routes: readonly string[];
  readonly rules: readonly string[];
  readonly trackers: readonly DumpedTracker[];
  readonly auth: 0 | 1 | 2; // the number of RFC 2338 section 5.3.6
}

export type DumpedHook =
  | "backup"
  | "master"
  | "fault"
  | "stop"
  | "deleted"
  | "change"
  | "master_rx_lower_pri";

/** Of the kinds that keepalived dumps as tracked: not the interface of the router itself. */
export interface DumpedTracker {
  readonly kind: "interface" | "script" | "file" | "process" | "bfd";
  readonly name: string;
  readonly weight: string; // `-2`, `5 reverse`
}

export interface DumpedGroup {
  readonly name: string;
  readonly members: readonly string[];
  readonly isMailed: boolean;
  readonly hooks: DumpedInstance["hooks"];
}

/** A vrrp_script. */
export interface DumpedScript {
  readonly name: string;
  readonly command: string; // shell words
  readonly intervalMs: number;
  readonly timeoutMs: number; // 0: that of the interval
  readonly weight: string;
  readonly rise: number;
  readonly fall: number;
}

/** A track_file. */
export interface DumpedFile {
  readonly name: string;
  readonly path: string;
  readonly weight: string;
}

/** A vrrp_track_process. */
export interface DumpedProcess {
  readonly name: string;
  readonly process: string; // its program
  readonly parameters: string | null;
  readonly match: "none" | "exact" | "partial" | "initial";
  readonly min: number;
  readonly max: number | null; // null: as many as there are
  readonly weight: number; // negative: reversed
  readonly terminateDelayMs: number;
  readonly forkDelayMs: number;
  readonly isFull: boolean; // its whole command line is compared
}
