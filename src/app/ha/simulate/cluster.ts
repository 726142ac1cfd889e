/** A cluster to be simulated: what its nodes are set up to do, as far as it decides who is MASTER. */
import type { IpBytes } from "../../../core/addr.ts";
import type { Tracker } from "../../../proto/ha/tracking.ts";
import { type VrrpConfig, vrrpProblems } from "../../../proto/vrrp/config.ts";
import type { VrrpReach } from "../../../proto/vrrp/reach.ts";

export interface SimulatedCluster {
  readonly nodes: readonly SimulatedNode[]; // each with a name of its own
}

export interface SimulatedNode {
  readonly name: string;
  readonly instances: readonly SimulatedInstance[];
  readonly scripts: readonly SimulatedScript[];
  readonly watched: readonly string[]; // processes and BFD sessions: up until told otherwise
  readonly files: readonly SimulatedFile[];
  readonly syncGroups: readonly SimulatedGroup[];
}

/** A virtual router on one node. Trackers of its sync group are among its own. */
export interface SimulatedInstance {
  readonly name: string;
  readonly config: VrrpConfig;
  readonly lan: string; // what its interface is connected to: those of the same name hear each other
  readonly ifName: string;
  readonly source: IpBytes; // where its adverts come from
  readonly reach: VrrpReach;
  readonly believesStrangers: boolean; // by unicast, others than its peers
  readonly authPass: string | null; // version 2 only
  readonly vips: readonly IpBytes[]; // in its adverts
  readonly excludedVips: readonly IpBytes[]; // held as well
  readonly trackers: readonly Tracker[];
  readonly tracksOwnLink: boolean; // keepalived: not `dont_track_primary`
}

export interface SimulatedScript {
  readonly name: string;
  readonly intervalMs: number;
  readonly timeoutMs: number;
  readonly rise: number;
  readonly fall: number;
  readonly initFail: boolean; // counts as failed until it has succeeded `rise` times
  readonly takesMs: number; // how long a run lasts that comes to an end
}

export interface SimulatedFile {
  readonly name: string;
  readonly value: number;
}

export interface SimulatedGroup {
  readonly name: string;
  readonly members: readonly string[]; // instances; names of none are ignored
  readonly mayWeigh: boolean; // keepalived: `sync_group_tracking_weight`
}

/** @returns one sentence for each thing that cannot be simulated; empty when all is well */
export function clusterProblems({ nodes }: SimulatedCluster): string[] {
  return [
    ...doubles(nodes).map((name) => `two nodes are called ${name}`),
    ...nodes.flatMap((node) => nodeProblems(node).map((problem) => `${node.name}: ${problem}`)),
  ];
}

function nodeProblems({ instances, scripts }: SimulatedNode): string[] {
  return [
    ...doubles(instances).map((name) => `two instances are called ${name}`),
    ...instances.flatMap(({ name, config, vips, authPass }) => {
      const rest = { addresses: vips, authPass, hmac: false, mtuBytes: null };
      return vrrpProblems({ ...config, ...rest }).map((problem) => `${name}: ${problem}`);
    }),
    ...scripts.flatMap(({ name, intervalMs, rise, fall }) =>
      intervalMs >= 1 && rise >= 1 && fall >= 1
        ? []
        : [`${name}: needs an interval of 1ms or more, and rise and fall of 1 or more`],
    ),
  ];
}

function doubles(things: readonly { readonly name: string }[]): string[] {
  const names = things.map(({ name }) => name);
  return [...new Set(names.filter((name, at) => names.indexOf(name) < at))];
}
