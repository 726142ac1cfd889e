/** `check tcp`: whether a TCP port lets a client in. */
import { gatherTargets, parsePortTargets } from "../../app/check/targets.ts";
import { tcpProber } from "../../app/check/tcp.ts";
import { defineCommand } from "../define.ts";
import { choice, flag, list } from "../option.ts";
import { wantedFamily } from "../options.ts";
import { checkManual } from "./check-manual.ts";
import { checkOptions, leaveByOf, sourceOptions } from "./check-options.ts";
import { runCheck } from "./run-check.ts";

export const checkTcp = defineCommand({
  name: "check tcp",
  summary: "Check whether TCP ports let a client in",
  description: ["Connects to each HOST:PORT and closes again."],
  manual: checkManual,
  positionals: {
    targets: list(
      { value: "HOST:PORT", describe: "Port to connect to; also a block or range of hosts" },
      String,
    ),
  },
  options: {
    ...checkOptions,
    ...sourceOptions,
    first: flag({ describe: "Of a name's addresses ask the first alone" }),
    close: choice(["fin", "rst"], { default: "fin", describe: "How to end the connection" }),
  },
  examples: [
    ["check tcp 192.0.2.5:443", "Whether somebody listens there"],
    ["check tcp 192.0.2.0/28:22 --at-least 80%", "Most of a block of hosts"],
    ["check tcp -f hosts.txt -j", "Those of a file, for a script"],
  ],
  exitStatus: {
    0: "All are up, or as many as --at-least wants.",
    1: "Too few are up.",
    2: "Could not find out.",
  },
  async run(args, ctx) {
    const { targets: words, file, first, close } = args;
    const targets = await gatherTargets(words, file, parsePortTargets, ctx.ports.files, ctx.signal);
    const plan = { ...leaveByOf(args), family: wantedFamily(args), firstOnly: first, close };
    return await runCheck("tcp", targets, tcpProber(plan, ctx.ports), args, ctx);
  },
});
