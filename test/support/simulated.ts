/** Clusters to be simulated: what is not said is as keepalived has it by default. */

import type {
  SimulatedCluster,
  SimulatedInstance,
  SimulatedNode,
  SimulatedScript,
} from "../../src/app/ha/simulate/cluster.ts";
import { parseEvent, type TimedEvent } from "../../src/app/ha/simulate/event.ts";
import { type SimulationResult, simulating } from "../../src/app/ha/simulate/simulation.ts";
import type { Tracker } from "../../src/proto/ha/tracking.ts";
import type { VrrpConfig } from "../../src/proto/vrrp/config.ts";
import { VRRP_GROUP } from "../../src/proto/vrrp/reach.ts";
import { ip } from "./packets.ts";
import { vrrpConfig } from "./vrrp.ts";

/** A part of an instance; `config` changes the defaults. */
export type InstanceWish = Partial<Omit<SimulatedInstance, "config" | "vips">> & {
  readonly config?: Partial<VrrpConfig>;
  readonly vips?: readonly string[];
};

export type NodeWish = Partial<Omit<SimulatedNode, "instances" | "scripts">> & {
  readonly instances?: readonly InstanceWish[];
  readonly scripts?: readonly (Partial<SimulatedScript> & { readonly name: string })[];
};

/** Nodes of the names a, b, c, ... with the addresses 10.0.0.1, .2, .3, ... */
export const cluster = (...nodes: readonly NodeWish[]): SimulatedCluster => ({
  nodes: nodes.map((node, at) => ({
    name: "abcdefghij"[at] as string,
    watched: [],
    files: [],
    syncGroups: [],
    ...node,
    scripts: (node.scripts ?? []).map(scriptOf),
    instances: (node.instances ?? [{}]).map((wish) => instanceOf(wish, at + 1)),
  })),
});

/** Nodes of one instance with these priorities. */
export const ranked = (...priorities: readonly number[]): SimulatedCluster =>
  cluster(...priorities.map((priority) => ({ instances: [{ config: { priority } }] })));

/** A script that every instance of the node tracks. */
export const checked = (
  priority: number,
  weight: number,
  config: Partial<VrrpConfig> = {},
): NodeWish => ({
  scripts: [{ name: "chk" }],
  instances: [{ config: { priority, ...config }, trackers: [scriptTracker("chk", weight)] }],
});

export const scriptTracker = (name: string, weight: number, isReverse = false): Tracker => ({
  kind: "script",
  name,
  weight,
  isReverse,
});

/** Lets events happen, each written as `5s fail chk@a`, until so many seconds. */
export function live(
  of: SimulatedCluster,
  untilS: number,
  ...events: readonly string[]
): SimulationResult {
  const timed = events.map((text): TimedEvent => {
    const [, seconds, words = ""] = /^([\d.]+)s (.*)$/.exec(text) ?? [];
    const parsed = parseEvent(words, of);
    if (!parsed.ok) throw new Error(`${text}: ${parsed.reason}`);
    return { atMs: Number(seconds) * 1000, event: parsed.value };
  });
  const steps = simulating(of, timed, untilS * 1000);
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}

/** Who became what, in order: `a VI_1 MASTER`. */
export const changesIn = ({ timeline }: SimulationResult, fromMs = 0): string[] =>
  timeline.flatMap((entry) =>
    entry.kind === "state" && entry.atMs >= fromMs
      ? [`${entry.node} ${entry.instance} ${entry.state.toUpperCase()}`]
      : [],
  );

function instanceOf(wish: InstanceWish, number: number): SimulatedInstance {
  const { config, vips = ["10.0.0.100"], ...rest } = wish;
  return {
    name: "VI_1",
    lan: "lan",
    ifName: "eth0",
    source: ip(`10.0.0.${number}`),
    reach: { kind: "group", group: VRRP_GROUP[4] },
    believesStrangers: false,
    authPass: null,
    excludedVips: [],
    trackers: [],
    tracksOwnLink: true,
    ...rest,
    config: vrrpConfig({ garpRefreshMs: 0, ...config }),
    vips: vips.map(ip),
  };
}

const scriptOf = (wish: Partial<SimulatedScript> & { readonly name: string }): SimulatedScript => ({
  intervalMs: 1000,
  timeoutMs: 1000,
  rise: 1,
  fall: 1,
  initFail: false,
  takesMs: 0,
  ...wish,
});
