/** `ha maintenance`: this node serves only where no other can, until further notice. */
import { askMaintenance } from "../../app/ha/ask.ts";
import { UsageError } from "../../core/errors.ts";
import { formatJson } from "../../core/json.ts";
import { defineCommand } from "../define.ts";
import { ExitCode } from "../exit-code.ts";
import { choice, duration, refuse, value } from "../option.ts";
import { jsonOption } from "../options.ts";
import { HA_SOCKET, haNameOption, socketOf } from "./ha-name-option.ts";
import { handOverLine } from "./hand-over-text.ts";
import { maintenanceLine } from "./maintenance-text.ts";

export const haMaintenance = defineCommand({
  name: "ha maintenance",
  summary: "Let other nodes serve in the place of this one",
  description: [
    "on: each router of this node takes priority 1, whatever is configured and tracked, and what is MASTER here is handed over without a gap, as by ha failover. So this node serves only where no other can: it stays or becomes MASTER where nobody else is there, and gives way to whoever comes, but for a router with nopreempt. The owner of the addresses, priority 255, cannot rank last and is left as it is.",
    "off: the routers have their priorities again and the election goes on as configured; but what was handed over is left where it is until its new master falls silent or resigns.",
    "Maintenance outlives ha up and a reboot, in a file of its --state-dir, and is shown by ha status. With --for it ends by itself. on while it lasts replaces its end and its reason.",
    "-j prints one object: maintenance (since, until, ends_in_ms, reason; null without), not_kept (why an ha up after this one will not know of it; null where all is well) and routers, as ha failover -j has them.",
  ],
  positionals: {
    wish: choice(["on", "off"], { required: true, describe: "Whether there is to be maintenance" }),
  },
  options: {
    ...jsonOption,
    ...haNameOption,
    for: duration({ describe: "End by itself after so long, 1s to 365d" }),
    reason: value({ describe: "Shown to everybody who asks, at most 200 characters" }, (given) =>
      given.length > MOST_REASON ? refuse("has more than 200 characters") : given,
    ),
  },
  examples: [
    ["ha maintenance on --for 2h --reason 'new kernel'", "Before this node is worked on"],
    ["ha maintenance on", "Until somebody ends it"],
    ["ha maintenance off", "The node is back"],
  ],
  exitStatus: {
    0: "It is as wished, and with on nothing is MASTER here.",
    1: "A router is still MASTER here: nobody took over. Or a process after this one will not know of it.",
    2: "Cannot tell: no ha up runs here, or it does not answer.",
  },
  files: HA_SOCKET,
  seeAlso: ["vipkit-ha-failover(8)", "vipkit-ha-status(8)"],
  async run(args, ctx) {
    const { wish, json, for: forMs, reason } = args;
    const on = wish === "on";
    if (!on && (forMs ?? reason) !== undefined)
      throw new UsageError("--for and --reason go with on");
    if (forMs !== undefined && (forMs < 1000 || forMs > MOST_MS))
      throw new UsageError("--for is not within 1s to 365d");
    const answer = await askMaintenance(socketOf(args), { on, forMs, reason }, ctx.ports);
    const { maintenance, not_kept, routers } = answer;
    if (json) ctx.stdout(formatJson(answer));
    else {
      ctx.stdout(maintenanceLine(maintenance));
      for (const one of routers) {
        if (one.before === "master" || one.refusal !== null) ctx.stdout(handOverLine(one));
      }
      if (not_kept !== null) ctx.stderr(`will not outlive this ha up: ${not_kept}`);
    }
    const isLeft = routers.some(({ state, refusal }) => state === "master" || refusal !== null);
    return isLeft || not_kept !== null ? ExitCode.negative : ExitCode.ok;
  },
});

const MOST_REASON = 200;
const MOST_MS = 365 * 86_400_000;
