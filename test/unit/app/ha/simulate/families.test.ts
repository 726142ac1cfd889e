import assert from "node:assert/strict";
import { test } from "node:test";
import type { SimulatedCluster } from "../../../../../src/app/ha/simulate/cluster.ts";
import {
  addressesOf,
  familiesOf,
  intrudersAmong,
  mastersOf,
} from "../../../../../src/app/ha/simulate/families.ts";
import type { SimulatedRouter } from "../../../../../src/app/ha/simulate/router.ts";
import { Simulation } from "../../../../../src/app/ha/simulate/simulation.ts";
import { cluster, type InstanceWish } from "../../../../support/simulated.ts";

const one = (name: string, vrid: number, vip: string, priority = 100): InstanceWish => ({
  name,
  vips: [vip],
  config: { vrid, priority },
});
const named = ({ host, instance }: SimulatedRouter): string => `${host.name} ${instance.name}`;
const settled = (of: SimulatedCluster): SimulatedRouter[] => {
  const simulation = new Simulation(of, 1);
  simulation.runUntil(20_000);
  return simulation.routers;
};

test("routers of one number are a family, and those of one address", () => {
  const of = cluster(
    { instances: [one("X", 1, "10.0.1.1"), one("Y", 2, "10.0.1.2")] },
    { instances: [one("X", 1, "10.0.1.1"), one("Z", 3, "10.0.1.2")] },
  );
  assert.deepEqual(
    familiesOf(settled(of)).map((family) => family.map(named)),
    [
      ["a X", "b X"],
      ["a Y", "b Z"],
    ],
  );
});

test("two numbers of a node stay two families, whatever they have in common", () => {
  const both = [one("X", 1, "10.0.1.1"), one("Y", 2, "10.0.1.1")];
  const families = familiesOf(settled(cluster({ instances: both }, { instances: both })));
  assert.deepEqual(
    families.map((family) => family.map(named)),
    [
      ["a X", "b X"],
      ["a Y", "b Y"],
    ],
  );
  const addresses = families.map((family) => addressesOf(family).length);
  assert.deepEqual(addresses, [1, 1], "each address is told once");
});

test("an intruder has an address of a family by another number, on another node", () => {
  const intruders = (ofB: readonly InstanceWish[]): string[][] => {
    const ofA = [one("X", 1, "10.0.1.1", 150), one("Y", 2, "10.0.1.2", 100)];
    const families = familiesOf(settled(cluster({ instances: ofA }, { instances: ofB })));
    const intrudersOf = intrudersAmong(families);
    return families.map((family) =>
      mastersOf(family).flatMap((master) => intrudersOf(master, family).map(named)),
    );
  };
  const crossed = [one("X", 1, "10.0.1.2", 100), one("Y", 2, "10.0.1.1", 150)];
  assert.deepEqual(intruders(crossed), [["b Y"], ["a X"]]);
  const straight = [one("X", 1, "10.0.1.1", 100), one("Y", 2, "10.0.1.2", 150)];
  assert.deepEqual(intruders(straight), [[], []]);
});

test("who is frozen or does not run is MASTER to nobody", () => {
  const simulation = new Simulation(cluster({}, {}), 1);
  simulation.runUntil(20_000);
  const [family = []] = familiesOf(simulation.routers);
  const [first] = mastersOf(family);
  assert.ok(first !== undefined);
  simulation.apply({ kind: "freeze", node: first.host.name });
  assert.equal(first.state, "master", "it believes so itself");
  assert.deepEqual(mastersOf(family), []);
  simulation.apply({ kind: "thaw", node: first.host.name });
  assert.deepEqual(mastersOf(family), [first]);
  simulation.apply({ kind: "kill", node: first.host.name });
  assert.deepEqual(mastersOf(family), []);
});
