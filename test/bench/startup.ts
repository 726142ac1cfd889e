/**
 * How long vipkit takes to start, beside an empty node, in turns. Prints medians and their ratios.
 * Wanted: `--version` within 1.3 and `garp send -c 1` within 1.6 times `node -e 0`.
 */
import { execFileSync } from "node:child_process";
import { tellTimes, timeInTurns } from "../support/bench.ts";
import { BIN } from "../support/cli.ts";
import { enterOwnNetns, ownNetnsMissing } from "../support/own-netns.ts";

const ROUNDS = 40;

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
  const empty = [process.execPath, "-e", "0"];
  tellTimes(timeInTurns({ "node -e 0": empty, [name]: [process.execPath, ...ours] }, ROUNDS));
}
