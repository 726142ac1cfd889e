/**
 * How long vipkit takes to start, beside an empty node, in turns. Prints medians and their ratios.
 * Wanted: `--version` within 1.3 and `garp send -c 1` within 1.6 times `node -e 0`.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { performance } from "node:perf_hooks";
import { BIN } from "../support/cli.ts";
import { enterOwnNetns, ownNetnsMissing } from "../support/own-netns.ts";

const ROUNDS = 40;
const EMPTY = ["-e", "0"];

compare("vipkit --version", [BIN, "--version"]);
if (ownNetnsMissing !== false) {
  process.stdout.write(`vipkit garp send: ${ownNetnsMissing}\n`);
} else {
  await enterOwnNetns();
  execFileSync("ip", ["link", "add", "eth0", "type", "veth", "peer", "name", "far"]);
  for (const end of ["eth0", "far"]) execFileSync("ip", ["link", "set", end, "up"]);
  compare("vipkit garp send -c 1", [BIN, ..."garp send -c 1 192.0.2.1 -I eth0".split(" ")]);
}

function compare(name: string, ours: readonly string[]): void {
  const times: { empty: number[]; ours: number[] } = { empty: [], ours: [] };
  for (let round = 0; round < ROUNDS; round++) {
    times.empty.push(timeMs(EMPTY));
    times.ours.push(timeMs(ours));
  }
  const [emptyMs, oursMs] = [median(times.empty), median(times.ours)];
  const ratio = (oursMs / emptyMs).toFixed(2);
  process.stdout.write(
    `${name}: ${oursMs.toFixed(1)} ms, node -e 0: ${emptyMs.toFixed(1)} ms, ratio ${ratio}\n`,
  );
}

function timeMs(argv: readonly string[]): number {
  const startMs = performance.now();
  const { status, stderr } = spawnSync(process.execPath, argv, { encoding: "utf8" });
  const tookMs = performance.now() - startMs;
  if (status !== 0) throw new Error(`${argv.join(" ")} ended with ${status}: ${stderr}`);
  return tookMs;
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] as number;
}
