/** `check telnet`: whether a telnet server prompts. */
import { gatherTargets, parsePortTargetsAt } from "../../app/check/targets.ts";
import { telnetProber } from "../../app/check/telnet.ts";
import { defineCommand } from "../define.ts";
import { list, value } from "../option.ts";
import { checkManual } from "./check-manual.ts";
import { connectPlanOf, dialogueOptions } from "./dialogue-options.ts";
import { UP_OR_DOWN } from "./outcome.ts";
import { unicodePattern } from "./pattern.ts";
import { runCheck } from "./run-check.ts";

export const checkTelnet = defineCommand({
  name: "check telnet",
  summary: "Check whether telnet servers prompt",
  description: [
    "Connects, refuses every option that the server offers or asks for, and waits for a prompt.",
    "The expression of --expect is looked for in the last 4096 characters of what the server said, without NUL and control sequences; $ is the end of what has come by then. What was said is never printed as it is: what a terminal would obey is escaped.",
  ],
  manual: checkManual,
  positionals: {
    servers: list({ value: "SERVER", describe: "HOST[:PORT] to ask, port 23" }, String),
  },
  options: {
    ...dialogueOptions,
    expect: value(
      {
        value: "RE",
        default: "login:|[>#$%] ?$",
        describe: "Regular expression that a prompt matches",
      },
      unicodePattern,
    ),
  },
  examples: [
    ["check telnet 192.0.2.23", "Whether it asks who is there"],
    ["check telnet 192.0.2.23:2601 --expect Password:", "The vty of a routing daemon"],
    ["check telnet 192.0.2.0/28 -t 1s --at-least 1", "Whether any of a block does"],
  ],
  exitStatus: UP_OR_DOWN,
  async run(args, ctx) {
    const { servers, file, expect } = args;
    const { files } = ctx.ports;
    const targets = await gatherTargets(servers, file, parsePortTargetsAt(23), files, ctx.signal);
    const prober = telnetProber(expect, connectPlanOf(args), ctx.ports);
    return await runCheck("telnet", targets, prober, args, ctx);
  },
});
