/**
 * One `check http` of nginx on loopback beside curl and an empty node, in turns, program start included.
 * Prints medians and ratios. Wanted: within 2 times curl; node alone takes more than that.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { performance } from "node:perf_hooks";
import { BIN } from "../support/cli.ts";
import { Nginx } from "../support/nginx.ts";
import { enterOwnNetns } from "../support/own-netns.ts";
import { Program } from "../support/program.ts";

const ROUNDS = 30;
const URL = "http://127.0.0.1/health";
const PROGRAMS = {
  curl: ["curl", "-sf", "-o", "/dev/null", URL],
  "node -e 0": [process.execPath, "-e", "0"],
  "vipkit check http": [process.execPath, BIN, "check", "http", URL],
} as const;

await enterOwnNetns();
execFileSync("ip", ["link", "set", "lo", "up"]);
const started: Program[] = [];
using _nginx = await Nginx.start({
  spawn(...argv) {
    const program = new Program("nginx", argv);
    started.push(program);
    return program;
  },
});
const times = new Map<string, number[]>(Object.keys(PROGRAMS).map((name) => [name, []]));
for (let round = 0; round < ROUNDS; round++)
  for (const [name, argv] of Object.entries(PROGRAMS)) times.get(name)?.push(timeMs(argv));
for (const program of started) await program.destroy();
const curlMs = median(times.get("curl") ?? []);
for (const [name, all] of times) {
  const ms = median(all);
  process.stdout.write(`${name}: ${ms.toFixed(1)} ms, ${(ms / curlMs).toFixed(2)} times curl\n`);
}

function timeMs([file, ...args]: readonly [string, ...string[]]): number {
  const startMs = performance.now();
  const { status, stderr } = spawnSync(file, args, { encoding: "utf8" });
  const tookMs = performance.now() - startMs;
  if (status !== 0) throw new Error(`${file} ended with ${status}: ${stderr}`);
  return tookMs;
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? Number.NaN;
}
