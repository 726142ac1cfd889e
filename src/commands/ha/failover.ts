/** `ha failover`: routers of a running `ha up` hand over to other nodes, without a gap. */
import { askHandOver } from "../../app/ha/ask.ts";
import { formatDurationMs } from "../../core/duration.ts";
import { UsageError } from "../../core/errors.ts";
import { formatJson } from "../../core/json.ts";
import { defineCommand } from "../define.ts";
import { ExitCode } from "../exit-code.ts";
import { duration, text } from "../option.ts";
import { jsonOption } from "../options.ts";
import { HA_SOCKET, haNameOption, socketOf } from "./ha-name-option.ts";
import { handOverLine, isHandedOver } from "./hand-over-text.ts";

export const haFailover = defineCommand({
  name: "ha failover",
  summary: "Hand addresses of this node over to another",
  description: [
    "Asks the other routers to take over and waits until one does, for each router that is MASTER here. An instance goes with the whole of its sync group. The addresses are kept until the first advert of the next master is heard; where none comes the router stays MASTER.",
    "Afterwards it is BACKUP and leaves the new master in place, even a weaker one, until that one falls silent or resigns. What is to last is ha maintenance.",
    "-j prints one object, routers: each with instance, before and state (before and after), to (whose adverts are heard now), took_ms, refusal (a sentence, as of the owner of the addresses; else null).",
  ],
  positionals: {
    which: text({ value: "INSTANCE|GROUP", describe: "Which; all where nothing is said" }),
  },
  options: {
    ...jsonOption,
    ...haNameOption,
    timeout: duration({
      short: "t",
      describe:
        "Wait so long for a successor, 10ms to 10m; as long as the weakest needs if not given",
    }),
  },
  examples: [
    ["ha failover", "All that this node has"],
    ["ha failover VG_1", "The routers of one sync group"],
    ["ha failover VI_1 -t 5s -j", "Who took over from one, and how long it took, as JSON"],
  ],
  exitStatus: {
    0: "Another node has taken over what was MASTER here.",
    1: "One of them stayed, or none was MASTER.",
    2: "Cannot tell: no ha up runs here, it does not answer, has nothing of this name, or owns the addresses.",
  },
  files: HA_SOCKET,
  seeAlso: ["vipkit-ha-maintenance(8)", "vipkit-ha-status(8)", "vipkit-vrrp-failover(8)"],
  async run(args, { ports, stdout }) {
    const { which, json, timeout } = args;
    if (timeout !== undefined && (timeout < 10 || timeout > 600_000)) {
      throw new UsageError(`--timeout ${formatDurationMs(timeout)} is not within 10ms to 10m`);
    }
    const routers = await askHandOver(socketOf(args), which, timeout, ports);
    if (json) stdout(formatJson({ routers }));
    else for (const router of routers) stdout(handOverLine(router));
    if (routers.some(({ refusal }) => refusal !== null)) return ExitCode.unknown;
    const masters = routers.filter(({ before }) => before === "master");
    return masters.length > 0 && masters.every(isHandedOver) ? ExitCode.ok : ExitCode.negative;
  },
});
