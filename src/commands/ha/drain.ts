/** `ha drain`: a real server of a running `ha up` gets no new connections, until that is undone. */
import { defineCommand } from "../define.ts";
import { flag } from "../option.ts";
import { jsonOption } from "../options.ts";
import { HA_SOCKET, haNameOption, socketOf } from "./ha-name-option.ts";
import {
  HAND_WEIGHT_EXIT,
  HAND_WEIGHT_RECORD,
  realServerPositional,
  setHandWeight,
} from "./hand-weight.ts";

export const haDrain = defineCommand({
  name: "ha drain",
  summary: "Lead no new connections to a real server",
  description: [
    "Before work on a real server: a running ha up gives it weight 0, so that it keeps the connections that it has and gets no new ones, until --undo. It is ha weight SERVER 0, and outlives a reload as that does. It is checked on, and counts for the quorum; where nothing else is left the sorry server gets the connections.",
    "Where no ha up runs, ipvs drain does it in IPVS itself.",
    HAND_WEIGHT_RECORD,
  ],
  positionals: realServerPositional,
  options: {
    ...jsonOption,
    ...haNameOption,
    undo: flag({
      describe: "It gets connections again, by the weight of the file and of the checks",
    }),
  },
  examples: [
    ["ha drain 10.0.0.5:80", "Before its web server is restarted"],
    ["ha drain 10.0.0.5", "With all its ports, before the host is"],
    ["ha drain 10.0.0.5 --undo", "It is back"],
  ],
  exitStatus: HAND_WEIGHT_EXIT,
  files: HA_SOCKET,
  seeAlso: ["vipkit-ha-weight(8)", "vipkit-ha-status(8)", "vipkit-ipvs-drain(8)"],
  async run(args, ctx) {
    const { server, undo, json } = args;
    return await setHandWeight(socketOf(args), server, undo ? null : 0, json, ctx);
  },
});
