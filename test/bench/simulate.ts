/**
 * Two hours of ten nodes with 200 virtual routers each, and every single failure of them, in virtual
 * time: `node dist/test/bench/simulate.js`. There is no peer; the ratio is that of the times.
 */
import { performance } from "node:perf_hooks";
import { failuresOf, peaceMs, tryFailures } from "../../src/app/ha/simulate/failures.ts";
import { Simulation } from "../../src/app/ha/simulate/simulation.ts";
import { cluster, scriptTracker } from "../support/simulated.ts";

const NODES = Array.from({ length: 10 }, (_, node) => node);
const ROUTERS = Array.from({ length: 200 }, (_, router) => router);
const UNTIL_MS = 7_200_000;

const of = cluster(
  ...NODES.map((node) => ({
    scripts: [{ name: "chk", intervalMs: 2000 }],
    instances: ROUTERS.map((router) => ({
      name: `VI_${router}`,
      vips: [`10.1.${router}.1`],
      config: { vrid: router + 1, priority: 250 - 20 * ((node + router) % NODES.length) },
      trackers: [scriptTracker("chk", -30)],
    })),
  })),
);

const timedMs = (run: () => void): number => {
  const startMs = performance.now();
  run();
  return performance.now() - startMs;
};
const report = (what: string, virtualMs: number, realMs: number): void => {
  const ratio = Math.round(virtualMs / realMs);
  const times = `${(realMs / 1000).toFixed(1)} s for ${virtualMs / 1000} s`;
  process.stdout.write(`${what}: ${times}, ${ratio} times as fast as they pass\n`);
};

const simulation = new Simulation(of, 1);
const realMs = timedMs(() => simulation.runUntil(UNTIL_MS));
report(`${simulation.advertsSent} adverts, each heard by 9`, UNTIL_MS, realMs);
const failures = failuresOf(of).length;
const triedMs = timedMs(() => void [...tryFailures(of)]);
report(`${failures} failures`, failures * 2 * peaceMs(of), triedMs);
const { rss } = process.memoryUsage();
process.stdout.write(`${Math.round(rss / 1e6)} MB\n`);
