/** `vrrp watch`: the events of a running virtual router as they happen. */
import { followEvents, soleInstance } from "../../app/vrrp/ask.ts";
import { defineCommand } from "../define.ts";
import { ExitCode } from "../exit-code.ts";
import { value } from "../option.ts";
import { instanceName } from "./instance-name.ts";

export const vrrpWatch = defineCommand({
  name: "vrrp watch",
  summary: "Print the events of a running router as NDJSON",
  description: [
    "First one record of type status, as vrrp status -j prints it, then one for each event, as vrrp run -j prints them; rejected adverts are among them, each kind at most once in 10 s with its number. Numbers in seq without a gap show that nothing was missed.",
    "Ends with SIGINT, or when the router ends.",
  ],
  positionals: {
    name: value(
      { value: "NAME", describe: "Router to watch; may be left out where only one runs" },
      instanceName,
    ),
  },
  options: {},
  examples: [
    ["vrrp watch", "The only router of this host"],
    ["vrrp watch VI_1", "One by its name"],
    ["vrrp watch eth0-51-v6", "One that has no name of its own, for IPv6"],
  ],
  exitStatus: {
    0: "Was interrupted.",
    1: "The router ended.",
    2: "Cannot tell: no such router runs here, or it watches out for too many already.",
  },
  files: { "/run/vipkit/NAME.sock": "Where vrrp run answers; see vipkit-vrrp-status(8)." },
  seeAlso: ["vipkit-vrrp-run(8)", "vipkit-vrrp-status(8)"],
  async run({ name }, ctx) {
    const { ports, stdout } = ctx;
    const signal = AbortSignal.any([ctx.signal, ctx.unread]);
    await followEvents(name ?? soleInstance(ports), stdout, signal, ports);
    return signal.aborted ? ExitCode.ok : ExitCode.negative;
  },
});
