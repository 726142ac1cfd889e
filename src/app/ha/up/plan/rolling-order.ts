/** The order in which the nodes of a cluster go by other files: each virtual router moves as seldom as may be. */
import type { HaPlan } from "./plan.ts";

export interface RunningNode {
  readonly name: string;
  readonly former: HaPlan; // what it runs
}

export interface NodeTurn {
  readonly node: string;
  readonly masterOf: readonly string[]; // its names of instances
}

/** Who is MASTER of least goes first: by the priorities, which a fault or nopreempt may have overruled. */
export function rollingOrder(nodes: readonly RunningNode[]): NodeTurn[] {
  const best = new Map<string, Candidate>(); // by virtual router
  for (const { name: node, former } of nodes) {
    for (const { instance } of former.routers) {
      const { priority, vrid } = instance.config;
      const key = `${vrid}/${instance.family}`; // interfaces may have other names there
      if (priority > (best.get(key)?.priority ?? 0)) {
        best.set(key, { node, priority, instance: instance.name });
      }
    }
  }
  const masters = [...best.values()];
  const turns = nodes.map(({ name: node }) => ({
    node,
    masterOf: masters.filter((one) => one.node === node).map(({ instance }) => instance),
  }));
  return turns.sort((a, b) => a.masterOf.length - b.masterOf.length);
}

interface Candidate {
  readonly node: string;
  readonly priority: number;
  readonly instance: string;
}
