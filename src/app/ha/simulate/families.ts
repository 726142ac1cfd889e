/** Which simulated routers should be one virtual router: those of one number, or of one address. */
import type { AddressHistory } from "./holders.ts";
import type { SimulatedRouter } from "./router.ts";

export type RouterFamily = readonly SimulatedRouter[];

/**
 * Nodes that give one address different numbers should have been one router. Where a node itself has both
 * numbers it means two links, as with one address on each of them.
 */
export function familiesOf(routers: readonly SimulatedRouter[]): RouterFamily[] {
  const families: SimulatedRouter[][] = [];
  const byAddress = new Map<AddressHistory, SimulatedRouter[]>();
  for (const own of byNumber(routers)) {
    const addresses = addressesOf(own);
    const known = addresses
      .map((address) => byAddress.get(address))
      .find((family) => family !== undefined && isApart(family, own));
    if (known === undefined) families.push(own);
    else known.push(...own);
    for (const address of addresses) byAddress.set(address, known ?? own);
  }
  return families;
}

/** Those that are MASTER and whose process runs. */
export const mastersOf = (family: RouterFamily): SimulatedRouter[] =>
  family.filter(({ state, host }) => state === "master" && host.isUp && !host.isFrozen);

/** MASTERs of other numbers that have an address of this one, on another node: holders beside it. */
export type Intruders = (master: SimulatedRouter, family: RouterFamily) => SimulatedRouter[];

/** A node that has an address by both numbers has it on two links. */
export function intrudersAmong(families: readonly RouterFamily[]): Intruders {
  const masters = new Map<AddressHistory, SimulatedRouter[]>();
  for (const master of families.flatMap(mastersOf)) {
    for (const address of master.addresses) {
      masters.set(address, [...(masters.get(address) ?? []), master]);
    }
  }
  return (master, family) => {
    const has = (host: SimulatedRouter["host"], address: AddressHistory): boolean =>
      family.some((own) => own.host === host && own.addresses.includes(address));
    const found = master.addresses.flatMap((address) =>
      (masters.get(address) ?? []).filter((other) => {
        return !family.includes(other) && other.host !== master.host && !has(other.host, address);
      }),
    );
    return [...new Set(found)];
  };
}

export const addressesOf = (family: RouterFamily): AddressHistory[] => [
  ...new Set(family.flatMap(({ addresses }) => addresses)),
];

export const instanceNames = (family: RouterFamily): string[] => [
  ...new Set(family.map(({ instance }) => instance.name)),
];

export const nodeNames = (routers: readonly SimulatedRouter[]): string[] =>
  routers.map(({ host }) => host.name);

function byNumber(routers: readonly SimulatedRouter[]): Iterable<SimulatedRouter[]> {
  const families = new Map<string, SimulatedRouter[]>();
  for (const router of routers) {
    const family = families.get(router.key);
    if (family === undefined) families.set(router.key, [router]);
    else family.push(router);
  }
  return families.values();
}

/** No node is in both. */
const isApart = (family: RouterFamily, other: RouterFamily): boolean =>
  !family.some(({ host }) => other.some((router) => router.host === host));
