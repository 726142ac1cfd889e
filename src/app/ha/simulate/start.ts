/** How a simulated cluster stands before anything fails: whether it is split already. */
import type { SimulatedCluster } from "./cluster.ts";
import { peaceMs } from "./failures.ts";
import { familiesOf, instanceNames, intrudersAmong, mastersOf, nodeNames } from "./families.ts";
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
  const families = familiesOf(simulation.routers);
  const intrudersOf = intrudersAmong(families);
  for (const family of families) {
    const own = mastersOf(family);
    const intruders = own.flatMap((master) => intrudersOf(master, family));
    const masters = [...new Set([...own, ...intruders])].sort(byNode);
    if (masters.length < 2) continue;
    const split = { masters: nodeNames(masters), reason: whyTwo(masters) };
    const key = JSON.stringify(split);
    const names = instanceNames(intruders.length > 0 ? masters : family);
    const instances = new Set([...(splits.get(key)?.instances ?? []), ...names]);
    splits.set(key, { ...split, instances: [...instances] });
  }
  return [...splits.values()];
}

const byNode = (a: { host: { name: string } }, b: { host: { name: string } }): number =>
  a.host.name < b.host.name ? -1 : 1;
