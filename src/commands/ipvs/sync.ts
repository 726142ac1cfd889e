/** `ipvs sync`: makes the load balancer of the kernel what a file wants (ipvsadm(8)). */
import { FileSync } from "../../app/ipvs/sync-file.ts";
import { readWanted } from "../../app/ipvs/wanted-file.ts";
import { UsageError } from "../../core/errors.ts";
import { defineCommand } from "../define.ts";
import { ExitCode } from "../exit-code.ts";
import { duration, flag } from "../option.ts";
import { jsonOption, quietOption } from "../options.ts";
import { FILE_FORMATS, fileOptions, wantedFile } from "./file-options.ts";
import { requireInterval } from "./interval.ts";
import { SYNC_MANUAL } from "./sync-manual.ts";
import { tellOutcome, tellPlan } from "./sync-report.ts";
import { watchFileSync } from "./sync-watch.ts";
import { TABLE_MANUAL } from "./table-manual.ts";

export const ipvsSync = defineCommand({
  name: "ipvs sync",
  summary: "Make the kernel's load balancer what a file wants",
  description: [
    `Adds, changes and removes services and real servers of IPVS until they are as in FILE; applied twice it does nothing. ${FILE_FORMATS}`,
    "What comes is added before anything goes, and a server that goes gets weight 0 first. Settings are changed in place: connections stay. Where something that comes is refused nothing is removed, and what was not made is named.",
    "Only services of FILE, and those that were made for it and are in it no more, are touched. Others are foreign and stay, unless --prune is given.",
  ],
  manual: { ...TABLE_MANUAL, ...SYNC_MANUAL },
  options: {
    ...fileOptions,
    "dry-run": flag({ describe: "Change nothing, print what would be changed" }),
    "exit-code": flag({ describe: "Exit with 1 where something changed, or would" }),
    watch: flag({ describe: "Go on: follow FILE, and put back what others change" }),
    interval: duration({ default: "5s", describe: "How often --watch looks at the kernel" }),
    ...jsonOption,
    ...quietOption,
  },
  examples: [
    ["ipvs sync -f web.yaml --dry-run", "What would be added (+), changed (~) and removed (-)"],
    ["ipvs sync -f keepalived.conf --watch", "Keep it so, with all real servers of the file"],
    ["ipvs sync -f saved.rules --prune", "What ipvsadm -S -n has saved, and nothing else"],
  ],
  exitStatus: {
    0: "The kernel is as FILE wants it. With --dry-run: it was told what would change.",
    1: "With --exit-code: something was changed, or would be.",
    2: "FILE has a mistake or cannot be read, or the kernel refused something.",
  },
  files: { "/run/vipkit/ipvs-*.json": "Which services were made for which FILE." },
  seeAlso: ["ipvsadm(8)", "vipkit-ipvs-diff(8)", "vipkit-ipvs-show(8)", "keepalived.conf(5)"],
  async run(args, ctx) {
    const { json, quiet, watch, "dry-run": isDry, "exit-code": tells } = args;
    if (watch && isDry) throw new UsageError("--watch and --dry-run: one of them");
    if (watch && tells) throw new UsageError("--watch and --exit-code: one of them");
    if (watch && args.file === "-")
      throw new UsageError("--watch: standard input is read once, name a file");
    requireInterval(args.interval);
    const { ports, signal } = ctx;
    const wanted = await readWanted(wantedFile(args, ctx), ports, signal);
    const wish = { stateDirectory: args["state-dir"], prunes: args.prune };
    const sync = new FileSync(args.file, wish, ports, signal);
    try {
      if (watch) return await watchFileSync(sync, args, ctx);
      if (!quiet) for (const note of wanted.notes) ctx.stderr(`note: ${note}`);
      if (isDry) {
        const changes = tellPlan(await sync.plan(wanted.target), { json, quiet }, ctx);
        return tells && changes ? ExitCode.negative : ExitCode.ok;
      }
      const outcome = await sync.make(wanted.target);
      const status = tellOutcome(outcome, wanted.target, { json, quiet }, ctx);
      return status === ExitCode.ok && tells && outcome.done.length > 0
        ? ExitCode.negative
        : status;
    } finally {
      sync.close();
    }
  },
});
