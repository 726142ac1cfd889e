/** `ha events`: what happens in a running `ha up`, as it happens. */
import { followHaEvents } from "../../app/ha/ask.ts";
import { defineCommand } from "../define.ts";
import { ExitCode } from "../exit-code.ts";
import { HA_SOCKET, haNameOption, socketOf } from "./ha-name-option.ts";

export const haEvents = defineCommand({
  name: "ha events",
  summary: "Print the events of ha up as NDJSON",
  description: [
    "First one record of type status, as ha status -j prints it, then one for each event. Those of routers are as vrrp watch prints them, with instance; others are of the types tracked (kind, name, state), check (service, server, check, state, again: it failed and that changed nothing, detail), real-server (service, server, state, cause), server-weight (service, server, from, to), hand-weight (service, server, weight: null when it is undone), virtual-server (service, state, cause, weight, threshold), destinations (service, destinations), checks-suspended (service, suspended), maintenance (maintenance: null when it is over) and trouble (role: which process, text). Each has seq, which counts them over all routers without a gap where nothing was missed, and ts.",
    "Ends with SIGINT, or when ha up ends.",
  ],
  options: { ...haNameOption },
  examples: [
    ["ha events", "Until it is interrupted"],
    ["ha events --name blue", "Of several that run here"],
    ["ha events --netns blue", "Of one in another network namespace"],
  ],
  exitStatus: {
    0: "Was interrupted.",
    1: "ha up ended.",
    2: "Cannot tell: no ha up runs here, or too many watch it already.",
  },
  files: HA_SOCKET,
  seeAlso: ["vipkit-ha-status(8)", "vipkit-vrrp-watch(8)"],
  async run(args, ctx) {
    const signal = AbortSignal.any([ctx.signal, ctx.unread]);
    await followHaEvents(socketOf(args), ctx.stdout, signal, ctx.ports);
    return signal.aborted ? ExitCode.ok : ExitCode.negative;
  },
});
