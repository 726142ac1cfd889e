/** `ipvs flush`: removes all services (ipvsadm -C). */
import { carryOutAdm } from "../../app/ipvs/adm-change.ts";
import { IpvsKernel } from "../../app/ipvs/kernel.ts";
import { counted } from "../../core/counted.ts";
import { confirmed } from "../confirm.ts";
import { defineCommand } from "../define.ts";
import { ExitCode } from "../exit-code.ts";
import { flag } from "../option.ts";
import { jsonOption, quietOption } from "../options.ts";

export const ipvsFlush = defineCommand({
  name: "ipvs flush",
  summary: "Remove all services of IPVS",
  description: [
    "Removes every virtual service with its real servers, whoever made them; connections through them end. On a terminal it asks before; elsewhere it needs --yes. Timeouts and sync daemons stay.",
    "To remove no more than what a file has made, let ipvs sync read one with services: [] alone.",
    "--json prints one object: services and servers, how many of each were removed.",
  ],
  options: { yes: flag({ describe: "Do not ask" }), ...jsonOption, ...quietOption },
  examples: [
    ["ipvs flush", "Ask, and remove all services"],
    ["ipvs flush --yes", "The same in a script"],
    ["ipvs flush --yes --netns blue", "Those of another network namespace"],
  ],
  exitStatus: { 0: "There is no service any more.", 1: "The answer was no: all is as it was." },
  seeAlso: ["ipvsadm(8)"],
  async run({ yes, json, quiet }, ctx) {
    const kernel = new IpvsKernel(ctx.ports);
    try {
      const all = kernel.read();
      const services = all.length;
      const servers = all.reduce((sum, { destinations }) => sum + destinations.length, 0);
      const what = `${counted(services, "service")} with ${counted(servers, "real server")}`;
      if (services > 0 && !yes && !(await confirmed(`Remove ${what}?`, ctx)))
        return ExitCode.negative;
      const [refused] = carryOutAdm(kernel, [{ kind: "clear" }]);
      if (refused !== undefined) throw refused.error;
      if (json && !quiet) ctx.stdout(JSON.stringify({ services, servers }));
      else if (!quiet) ctx.stdout(`${what}: removed`);
    } finally {
      kernel.close();
    }
    return ExitCode.ok;
  },
});
