/** `ha drain`: a real server of a running `ha up` gets no new connections, until that is undone. */

import { UsageError } from "../../core/errors.ts";
import { defineCommand } from "../define.ts";
import { ExitCode } from "../exit-code.ts";
import { duration, flag } from "../option.ts";
import { jsonOption } from "../options.ts";
import { awaitDrained } from "./drain-wait.ts";
import { HA_SOCKET, haNameOption, socketOf } from "./ha-name-option.ts";
import { HAND_WEIGHT_RECORD, realServerPositional, setHandWeight } from "./hand-weight.ts";

export const haDrain = defineCommand({
  name: "ha drain",
  summary: "Lead no new connections to a real server",
  description: [
    "Before work on a real server: a running ha up gives it weight 0, so that it keeps the connections that it has and gets no new ones, until --undo. It is ha weight SERVER 0, and outlives a reload as that does. It is checked on, and counts for the quorum; where nothing else is left the sorry server gets the connections.",
    "Where no ha up runs, ipvs drain does it in IPVS itself.",
    "With --wait it shows how many connections are left, until there are none: active ones are open, inactive ones are being closed or are of UDP, persistent ones are templates, which lead clients there that have been there. Interrupted, it leaves the server drained.",
    `${HAND_WEIGHT_RECORD} With --wait an object with active, inactive and persistent follows for each change.`,
  ],
  positionals: realServerPositional,
  options: {
    ...jsonOption,
    ...haNameOption,
    wait: flag({ describe: "Wait until no connection is left" }),
    timeout: duration({
      short: "t",
      default: "10m",
      describe: "How long --wait waits",
    }),
    undo: flag({
      describe: "It gets connections again, by the weight of the file and of the checks",
    }),
  },
  examples: [
    ["ha drain 10.0.0.5:80 --wait -t 1h", "Before its web server is restarted"],
    ["ha drain 10.0.0.5", "With all its ports, before the host is"],
    ["ha drain 10.0.0.5 --undo", "It is back"],
  ],
  exitStatus: {
    0: "It is so, in each virtual server that has this real server; with --wait no connection is left.",
    1: "No virtual server has it, or with --wait connections are left when the time is over.",
    2: "Cannot tell: no ha up runs here, or it does not answer; with --wait it has no IPVS.",
  },
  files: HA_SOCKET,
  seeAlso: ["vipkit-ha-weight(8)", "vipkit-ha-status(8)", "vipkit-ipvs-drain(8)"],
  async run(args, ctx) {
    const { server, undo, wait, timeout: timeoutMs, json } = args;
    if (undo && wait) throw new UsageError("--wait goes without --undo");
    const socket = socketOf(args);
    const servers = await setHandWeight(socket, server, undo ? null : 0, json, ctx);
    if (servers.length === 0) return ExitCode.negative;
    if (!wait || (await awaitDrained(socket, servers, timeoutMs, json, ctx))) return ExitCode.ok;
    ctx.stderr("the time is over, and connections are left: it stays drained");
    return ExitCode.negative;
  },
});
