/**
 * Whole simulated nodes, with checks and sync groups, under random events that the cluster knows: when
 * all is mended, each virtual router has one master, the strongest, and groups are together.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { SimulatedCluster } from "../../src/app/ha/simulate/cluster.ts";
import { EVENT_FORMS, linksOf, parseEvent } from "../../src/app/ha/simulate/event.ts";
import { peaceMs } from "../../src/app/ha/simulate/failures.ts";
import { Simulation } from "../../src/app/ha/simulate/simulation.ts";
import { randomFrom } from "../../src/core/seeded-random.ts";
import { cluster, scriptTracker } from "../support/simulated.ts";

const SEEDS = Array.from({ length: 60 }, (_, seed) => seed);
const NAMES = ["VI_1", "VI_2", "VI_3"];

/** Three nodes; the first two of their three instances are a group. */
const clusterOf = (weight: number, leaseS: number | null): SimulatedCluster =>
  cluster(
    ...[200, 150, 100].map((priority) => ({
      scripts: [{ name: "chk", fall: 2, rise: 2 }],
      syncGroups: [{ name: "G", members: NAMES.slice(0, 2), mayWeigh: true }],
      instances: NAMES.map((name, at) => ({
        name,
        vips: [`10.0.0.10${at}`],
        config: { vrid: at + 1, priority, leaseS },
        trackers: at === 1 ? [] : [scriptTracker("chk", weight)],
      })),
    })),
  );

/** An event in words; nodes and their parts are drawn. */
function drawn(of: SimulatedCluster, below: (limit: number) => number): string {
  const node = of.nodes[below(of.nodes.length)] ?? assert.fail();
  const forms = EVENT_FORMS.filter((form) => !form.startsWith("set"));
  return (forms[below(forms.length)] as string)
    .replace("IF", linksOf(node)[0] ?? "")
    .replace("NAME", "chk")
    .replace(/\[?NODE(\.\.\.)?\]?/, node.name)
    .replace("N%", `${below(40)}%`);
}

for (const weight of [0, -120]) {
  test(`after any events all is as at first once they are mended: weight ${weight}`, () => {
    for (const seed of SEEDS) {
      const random = randomFrom(seed);
      const below = (limit: number): number => Math.floor(random() * limit);
      const of = clusterOf(weight, seed % 2 === 0 ? 2 : null);
      const simulation = new Simulation(of, seed);
      const said: string[] = [];
      const befall = (words: string): void => {
        const parsed = parseEvent(words, of);
        assert.ok(parsed.ok, words);
        said.push(`${simulation.nowMs / 1000}s ${words}`);
        simulation.apply(parsed.value);
      };
      for (let blow = 0; blow < 30; blow += 1) {
        simulation.runUntil(simulation.nowMs + below(8000));
        befall(drawn(of, below));
      }
      befall("heal");
      befall("loss 0%");
      for (const { name } of of.nodes) {
        befall(`thaw ${name}`);
        befall(`link up eth0@${name}`);
        befall(`recover chk@${name}`);
        simulation.runUntil(simulation.nowMs + 3000); // one that is about to end may end
        befall(`start ${name}`);
      }
      simulation.runUntil(simulation.nowMs + 2 * peaceMs(of));
      const masters = simulation.routers.filter(({ state }) => state === "master");
      const held = simulation.routers.filter(({ holds }) => holds);
      const best = NAMES.map((name) => `a ${name}`);
      const named = (routers: typeof masters): string[] =>
        routers.map(({ host, instance }) => `${host.name} ${instance.name}`);
      assert.deepEqual(named(masters), best, `seed ${seed}: ${said.join(", ")}`);
      assert.deepEqual(named(held), best, `seed ${seed}: ${said.join(", ")}`);
    }
  });
}
