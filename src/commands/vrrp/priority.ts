/** `vrrp priority`: another priority for a router that runs. */
import { askPriority } from "../../app/vrrp/ask.ts";
import { printable } from "../../core/printable.ts";
import { defineCommand } from "../define.ts";
import { ExitCode } from "../exit-code.ts";
import { refuse, value } from "../option.ts";
import { jsonOption } from "../options.ts";
import { instanceName } from "./instance-name.ts";

export const vrrpPriority = defineCommand({
  name: "vrrp priority",
  summary: "Change the priority of a running router",
  description: [
    "A number is the new priority, one with a sign is added to the present one. A MASTER tells the others with an advert at once; a BACKUP counts its head start anew from when its wait began. The election follows by its usual rules: a BACKUP that is raised above the master takes over unless --nopreempt, a MASTER that is lowered is taken over from by whoever preempts.",
    "The change lasts until the process ends; vrrp status shows it beside the priority that was configured. Priority 255 is that of the owner of the addresses and 0 means resignation: neither can be given.",
    "--json prints one object: instance, state (at the time of the change), former_priority, priority, configured_priority.",
  ],
  positionals: {
    name: value({ value: "NAME", required: true, describe: "Router to change" }, instanceName),
    priority: value(
      { value: "N|+N|-N", required: true, describe: "New priority, or what to add to it" },
      (given) => (/^[+-]?\d{1,3}$/.test(given) ? given : refuse("is none of N, +N and -N")),
    ),
  },
  options: { ...jsonOption },
  examples: [
    ["vrrp priority eth0-51 50", "Be the last choice from now on"],
    ["vrrp priority VI_1 -20", "Count for less, as while a check fails"],
    ["vrrp priority VI_1 +20 -j", "Count for more, and print the result as JSON"],
  ],
  exitStatus: {
    2: "Cannot tell, or refused: no such router runs here, it does not answer, or the priority is not within 1..254.",
  },
  files: { "/run/vipkit/NAME.sock": "Where vrrp run answers; see vipkit-vrrp-status(8)." },
  seeAlso: ["vipkit-vrrp-run(8)", "vipkit-vrrp-status(8)", "vipkit-vrrp-failover(8)"],
  async run({ name, priority, json }, { ports, stdout }) {
    const record = await askPriority(name, priority, ports);
    if (json) stdout(JSON.stringify({ instance: name, ...record }));
    else {
      const { state, former_priority, configured_priority } = record;
      const change = `priority ${former_priority} -> ${record.priority}`;
      const origin = `${state.toUpperCase()}, configured ${configured_priority}`;
      stdout(printable(`${name}  ${change}  (${origin}; until the process ends)`));
    }
    return ExitCode.ok;
  },
});
