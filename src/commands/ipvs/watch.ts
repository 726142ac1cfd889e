/** `ipvs watch`: tells what anybody changes in the kernel's load balancer. */
import { followTable } from "../../app/ipvs/follow.ts";
import { IpvsKernel } from "../../app/ipvs/kernel.ts";
import { formatJson } from "../../core/json.ts";
import { defineCommand } from "../define.ts";
import { ExitCode } from "../exit-code.ts";
import { duration } from "../option.ts";
import { jsonOption } from "../options.ts";
import { requireInterval } from "./interval.ts";
import { ipvsStepLine } from "./step-text.ts";

export const ipvsWatch = defineCommand({
  name: "ipvs watch",
  summary: "Tell what anybody changes in the kernel's load balancer",
  description: [
    "Prints a line with its time for each service and real server of IPVS that is added (+), changed (~) or removed (-), until a signal. The kernel notifies nobody of that: the table is read at each interval, and what comes and goes in between is not seen.",
    "--json prints a line for each change: time, and a step as vipkit ipvs sync --json has it.",
  ],
  options: {
    interval: duration({ default: "1s", describe: "How often to look, 100ms at least" }),
    ...jsonOption,
  },
  examples: [
    ["ipvs watch", "When servers are taken out at night"],
    ["ipvs watch --interval 200ms", "Look five times a second"],
    ["ipvs watch -j", "For a program"],
  ],
  seeAlso: ["vipkit-ipvs-show(8)", "vipkit-ipvs-sync(8)"],
  async run({ interval: intervalMs, json }, { ports, signal, stdout }) {
    requireInterval(intervalMs);
    const kernel = new IpvsKernel(ports);
    try {
      await followTable(kernel, intervalMs, ports, signal, (steps) => {
        const time = new Date(ports.clock.wallMs()).toISOString();
        for (const step of steps)
          stdout(json ? formatJson({ time, ...step }) : `${time}  ${ipvsStepLine(step)}`);
      });
    } finally {
      kernel.close();
    }
    return ExitCode.ok;
  },
});
