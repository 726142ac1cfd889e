/**
 * 4,094 addresses of the loopback, each asked once, beside fping and an empty node, in turns; program start
 * included. Wanted: within 1.5 times `fping -q -i 0 -c 1`.
 */
import { tellTimes, timeInTurns } from "../support/bench.ts";
import { BIN } from "../support/cli.ts";
import { enterOwnNetns, ownNetnsMissing } from "../support/own-netns.ts";

const ROUNDS = 20;
const NETWORK = "127.0.16.0/20";

if (ownNetnsMissing !== false) {
  process.stdout.write(`${ownNetnsMissing}\n`);
} else {
  await enterOwnNetns();
  const programs = {
    fping: ["fping", "-q", "-i", "0", "-c", "1", "-g", NETWORK],
    "vipkit check icmp": [process.execPath, BIN, "check", "icmp", "-q", "-c", "1", NETWORK],
    "node -e 0": [process.execPath, "-e", "0"],
  };
  tellTimes(timeInTurns(programs, ROUNDS));
}
