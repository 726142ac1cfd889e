/** Several files are one cluster: each is a node, and instances of different nodes make up one virtual router. */
import { formatIp } from "../../core/addr.ts";
import type { EffectiveVrrp } from "../effective/configuration.ts";
import type { EffectiveInstance } from "../effective/instance.ts";
import type { Host } from "../host.ts";

export interface ClusterNode {
  readonly path: string; // of its file, as findings name it
  readonly vrrp: EffectiveVrrp;
  readonly host: Host | null;
}

export interface Member {
  readonly node: ClusterNode;
  readonly instance: EffectiveInstance;
}

/** Of each node one instance at most, in the order of the nodes. */
export type SharedRouter = readonly Member[];

/**
 * Instances are one virtual router by their number, an address that both have, or their name, never over
 * families. Those that have most of it in common find each other first.
 */
export function routersOf(nodes: readonly ClusterNode[]): readonly SharedRouter[] {
  const routers: Member[][] = [];
  const bySign = new Map<string, Set<Member[]>>();
  for (const node of nodes) {
    const matches = node.vrrp.instances
      .flatMap((instance) => likeTo(instance, bySign))
      .sort((a, b) => b.likeness - a.likeness);
    const homes = new Map<EffectiveInstance, Member[]>();
    const taken = new Set<Member[]>();
    for (const { instance, router } of matches) {
      if (homes.has(instance) || taken.has(router)) continue;
      homes.set(instance, router);
      taken.add(router);
    }
    for (const instance of node.vrrp.instances) {
      const home = homes.get(instance);
      const router = home ?? [];
      if (home === undefined) routers.push(router);
      router.push({ node, instance });
      for (const [sign] of signsOf(instance)) {
        const known = bySign.get(sign) ?? new Set();
        bySign.set(sign, known.add(router));
      }
    }
  }
  return routers;
}

interface Match {
  readonly instance: EffectiveInstance;
  readonly router: Member[];
  readonly likeness: number;
}

function likeTo(
  instance: EffectiveInstance,
  bySign: ReadonlyMap<string, ReadonlySet<Member[]>>,
): Match[] {
  const found = new Map<Member[], Map<string, number>>(); // what is alike counts once
  for (const [sign, what, weight] of signsOf(instance)) {
    const routers = bySign.get(sign);
    if (routers === undefined || routers.size > MOST_ALIKE) continue;
    for (const router of routers) {
      found.set(router, (found.get(router) ?? new Map()).set(what, weight));
    }
  }
  return [...found].map(([router, alike]) => {
    const own = instance.interface.value;
    const isOnLink = router.some((one) => one.instance.interface.value === own);
    const likeness = [...alike.values()].reduce((sum, one) => sum + one, isOnLink ? 1 : 0);
    return { instance, router, likeness };
  });
}

/** What more of them have tells none of them. */
const MOST_ALIKE = 100;

type Sign = readonly [sign: string, what: string, weight: number];

function signsOf({ name, family, virtual_router_id, ...instance }: EffectiveInstance): Sign[] {
  const ofFamily = `IPv${family.value}`;
  const vrid = virtual_router_id.value;
  return [
    ...(vrid === null ? [] : [[`${ofFamily} number ${vrid}`, "number", 4] as const]),
    ...instance.virtual_ipaddress.map(
      ({ value }): Sign => [`address ${formatIp(value.address.ip)}`, "address", 3],
    ),
    [`${ofFamily} name ${name}`, "name", 2],
  ];
}
