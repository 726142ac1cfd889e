/** What happens when X fails: each single failure of a cluster, one at a time, from its peaceful state. */

import { masterDownMs } from "../../../proto/vrrp/times.ts";
import type { SimulatedCluster, SimulatedNode, SimulatedScript } from "./cluster.ts";
import { linksOf, type SimulatedEvent } from "./event.ts";
import { Simulation } from "./simulation.ts";
import type { Verdict } from "./verdict.ts";

/** The verdict on every check, every link, and every node that stops, crashes or freezes. */
export function* tryFailures(cluster: SimulatedCluster, seed = 1): Generator<Verdict, void> {
  const atMs = peaceMs(cluster);
  for (const event of failuresOf(cluster)) {
    const simulation = new Simulation(cluster, seed);
    simulation.runUntil(atMs);
    const watch = simulation.watch(event);
    simulation.apply(event);
    simulation.runUntil(2 * atMs);
    yield watch.verdict();
  }
}

export function failuresOf({ nodes }: SimulatedCluster): SimulatedEvent[] {
  return nodes.flatMap((node): SimulatedEvent[] => {
    const { name: of, scripts, watched } = node;
    const checks = [...scripts.map(({ name }) => name), ...watched];
    return [
      ...checks.map((name) => ({ kind: "fail", name, node: of }) as const),
      ...linksOf(node).map((name) => ({ kind: "link-down", name, node: of }) as const),
      ...NODE_FAILURES.map((kind) => ({ kind, node: of })),
    ];
  });
}

/** In whole seconds: by then all checks are known and every election is over, twice. */
export function peaceMs({ nodes }: SimulatedCluster): number {
  const checkMs = Math.max(0, ...nodes.flatMap(({ scripts }) => scripts.map(noticeMs)));
  const electionMs = Math.max(0, ...nodes.flatMap(electionsMs));
  return Math.ceil((checkMs + electionMs) / 1000) * 1000 + 1000;
}

/** How long it takes at most until a script is believed to be another way. */
const noticeMs = ({ rise, fall, intervalMs, timeoutMs }: SimulatedScript): number =>
  (Math.max(rise, fall) + 1) * Math.max(intervalMs, timeoutMs) + timeoutMs;

const electionsMs = ({ instances }: SimulatedNode): number[] =>
  instances.map(({ config }) => {
    const { startupDelayMs, preemptDelayMs, adverIntervalMs } = config;
    const patience = masterDownMs({ ...config, priority: 1 }, adverIntervalMs);
    return startupDelayMs + preemptDelayMs + 3 * patience;
  });

const NODE_FAILURES = ["stop", "crash", "freeze"] as const;
