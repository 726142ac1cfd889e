/**
 * 4,094 addresses of the loopback, each asked once, beside fping, in turns; program start included.
 * Prints medians and their ratio. Wanted: within 1.5 times `fping -q -i 0 -c 1`.
 */
import { spawnSync } from "node:child_process";
import { performance } from "node:perf_hooks";
import { BIN } from "../support/cli.ts";
import { enterOwnNetns, ownNetnsMissing } from "../support/own-netns.ts";

const ROUNDS = 20;
const NETWORK = "127.0.16.0/20";

if (ownNetnsMissing !== false) {
  process.stdout.write(`${ownNetnsMissing}\n`);
} else {
  await enterOwnNetns();
  const times = { fping: [] as number[], ours: [] as number[], node: [] as number[] };
  for (let round = 0; round < ROUNDS; round++) {
    times.fping.push(timeMs("fping", "-q", "-i", "0", "-c", "1", "-g", NETWORK));
    times.ours.push(timeMs(process.execPath, BIN, "check", "icmp", "-q", "-c", "1", NETWORK));
    times.node.push(timeMs(process.execPath, "-e", "0"));
  }
  const [fping, ours, node] = [median(times.fping), median(times.ours), median(times.node)];
  const ratio = (ours / fping).toFixed(2);
  process.stdout.write(
    `vipkit check icmp: ${ours.toFixed(1)} ms, fping: ${fping.toFixed(1)} ms, ratio ${ratio}; node -e 0: ${node.toFixed(1)} ms\n`,
  );
}

function timeMs(file: string, ...argv: readonly string[]): number {
  const startMs = performance.now();
  const { status, stderr } = spawnSync(file, argv, { encoding: "utf8" });
  const tookMs = performance.now() - startMs;
  if (status !== 0) throw new Error(`${file} ended with ${status}: ${stderr.slice(-200)}`);
  return tookMs;
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] as number;
}
