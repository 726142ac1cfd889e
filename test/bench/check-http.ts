/**
 * One `check http` of nginx on loopback beside curl and an empty node, in turns, program start included.
 * Prints medians and ratios. Wanted: within 2 times curl; node alone takes more than that.
 */
import { execFileSync } from "node:child_process";
import { tellTimes, timeInTurns } from "../support/bench.ts";
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
const medians = timeInTurns(PROGRAMS, ROUNDS);
for (const program of started) await program.destroy();
tellTimes(medians);
