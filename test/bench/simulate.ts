/**
 * Two hours of ten nodes with 200 virtual routers each, and every single failure of them, in virtual
 * time: `node dist/test/bench/simulate.js`. There is no peer; the ratio is that of the virtual time to that
 * of the processor, which a busy machine changes least.
 */
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

const cpuMs = (run: () => void): number => {
  const start = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
};
const report = (what: string, virtualMs: number, usedMs: number): void => {
  const ratio = Math.round(virtualMs / usedMs);
  const times = `${(usedMs / 1000).toFixed(1)} s of CPU for ${virtualMs / 1000} s`;
  process.stdout.write(`${what}: ${times}, ${ratio} times as fast as they pass\n`);
};

const simulation = new Simulation(of, 1);
const livedMs = cpuMs(() => simulation.runUntil(UNTIL_MS));
report(`${simulation.advertsSent} adverts, each heard by 9`, UNTIL_MS, livedMs);
const failures = failuresOf(of).length;
const triedMs = cpuMs(() => void [...tryFailures(of)]);
report(`${failures} failures`, failures * 2 * peaceMs(of), triedMs);
const { rss } = process.memoryUsage();
process.stdout.write(`${Math.round(rss / 1e6)} MB\n`);
