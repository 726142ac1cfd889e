/** `ha weight`: another weight for a real server of a running `ha up`, until it is undone. */
import { UsageError } from "../../core/errors.ts";
import { MOST_WEIGHT } from "../../core/netlink/ipvs-destination.ts";
import { defineCommand } from "../define.ts";
import { ExitCode } from "../exit-code.ts";
import { flag, integer } from "../option.ts";
import { jsonOption } from "../options.ts";
import { HA_SOCKET, haNameOption, socketOf } from "./ha-name-option.ts";
import {
  HAND_WEIGHT_EXIT,
  HAND_WEIGHT_RECORD,
  realServerPositional,
  setHandWeight,
} from "./hand-weight.ts";

export const haWeight = defineCommand({
  name: "ha weight",
  summary: "Give a real server another weight by hand",
  description: [
    "A running ha up leads connections by this weight from now on, instead of by that of its file and of the checks, until --undo. A reload does not end it, as long as the file has the server, nor does a restart of a process of ha up; its end does.",
    "A server that is down gets no connections by it, and the quorum goes by the weights of file and checks as before. ha status and ha top show it.",
    HAND_WEIGHT_RECORD,
  ],
  positionals: {
    ...realServerPositional,
    weight: integer({ value: "WEIGHT", min: 0, max: MOST_WEIGHT, describe: "0 to 2147483647" }),
  },
  options: {
    ...jsonOption,
    ...haNameOption,
    undo: flag({ describe: "The weight of the file and of the checks holds again" }),
  },
  examples: [
    ["ha weight 10.0.0.5:80 1", "Few connections to a server that is to be looked at"],
    ["ha weight 10.0.0.5 20", "With all its ports"],
    ["ha weight 10.0.0.5 --undo", "As the file says again"],
  ],
  exitStatus: HAND_WEIGHT_EXIT,
  files: HA_SOCKET,
  seeAlso: ["vipkit-ha-drain(8)", "vipkit-ha-status(8)"],
  async run(args, ctx) {
    const { server, weight, undo, json } = args;
    if (undo && weight !== undefined) throw new UsageError("--undo goes without WEIGHT");
    if (!undo && weight === undefined) throw new UsageError("WEIGHT is missing, or --undo");
    const servers = await setHandWeight(socketOf(args), server, weight ?? null, json, ctx);
    return servers.length === 0 ? ExitCode.negative : ExitCode.ok;
  },
});
