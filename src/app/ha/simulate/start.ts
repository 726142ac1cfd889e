/** How a simulated cluster stands before anything fails: whether it is split already. */
import type { SimulatedCluster } from "./cluster.ts";
import { peaceMs } from "./failures.ts";
import { familiesOf, instanceNames, mastersOf, nodeNames } from "./families.ts";
import { whyTwo } from "./reasons.ts";
import { Simulation } from "./simulation.ts";

/** Virtual routers of which the same nodes are MASTER at once, for one reason. */
export interface StartSplit {
  readonly instances: readonly string[];
  readonly masters: readonly string[]; // nodes
  readonly reason: string; // in words; may be empty
}

export function splitsAtStart(cluster: SimulatedCluster, seed = 1): StartSplit[] {
  const simulation = new Simulation(cluster, seed);
  simulation.runUntil(peaceMs(cluster));
  const splits = new Map<string, StartSplit>();
  for (const family of familiesOf(simulation.routers)) {
    const masters = mastersOf(family);
    if (masters.length < 2) continue;
    const split = { masters: nodeNames(masters), reason: whyTwo(masters) };
    const key = JSON.stringify(split);
    const instances = [...(splits.get(key)?.instances ?? []), ...instanceNames(family)];
    splits.set(key, { ...split, instances });
  }
  return [...splits.values()];
}
