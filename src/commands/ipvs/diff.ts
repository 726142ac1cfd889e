/** `ipvs diff`: how the load balancer of the kernel differs from a file. */
import { FileSync } from "../../app/ipvs/sync-file.ts";
import { readWanted } from "../../app/ipvs/wanted-file.ts";
import { defineCommand } from "../define.ts";
import { ExitCode } from "../exit-code.ts";
import { jsonOption, quietOption } from "../options.ts";
import { FILE_FORMATS, fileOptions, wantedFile } from "./file-options.ts";
import { tellPlan } from "./sync-report.ts";

export const ipvsDiff = defineCommand({
  name: "ipvs diff",
  summary: "Tell how the kernel's load balancer differs from a file",
  description: [
    `Prints what ipvs sync would do: + for what FILE has and IPVS has not, ~ for what is set otherwise, - for what was made for FILE and is in it no more. Services of others are marked foreign. ${FILE_FORMATS}`,
    "--json prints one object, as vipkit ipvs sync --dry-run does.",
  ],
  options: { ...fileOptions, ...jsonOption, ...quietOption },
  examples: [
    ["ipvs diff -f web.yaml", "What differs, and which services others have made"],
    ["ipvs diff -q -f keepalived.conf", "For scripts: 0 where nothing differs"],
    ["ipvs diff -j --prune -f saved.rules", "With foreign services as what would go, as JSON"],
  ],
  exitStatus: { 0: "Nothing differs.", 1: "Something does; foreign services do not count." },
  files: { "/run/vipkit/ipvs-*.json": "Which services were made for which FILE." },
  seeAlso: ["vipkit-ipvs-sync(8)"],
  async run(args, ctx) {
    const { ports, signal } = ctx;
    const wanted = await readWanted(wantedFile(args, ctx), ports, signal);
    if (!args.quiet) for (const note of wanted.notes) ctx.stderr(`note: ${note}`);
    const wish = { stateDirectory: args["state-dir"], prunes: args.prune };
    const sync = new FileSync(args.file, wish, ports, signal);
    try {
      const plan = await sync.plan(wanted.target);
      return tellPlan(plan, args, ctx) ? ExitCode.negative : ExitCode.ok;
    } finally {
      sync.close();
    }
  },
});
