/** `ha reload`: a running `ha up` goes by what its file says now. */
import { askReload } from "../../app/ha/ask.ts";
import { defineCommand } from "../define.ts";
import { ExitCode } from "../exit-code.ts";
import { jsonOption } from "../options.ts";
import { HA_SOCKET, haNameOption, socketOf } from "./ha-name-option.ts";
import { tellReload } from "./reload-text.ts";

export const haReload = defineCommand({
  name: "ha reload",
  summary: "Have the running ha up go by its file as it is now",
  description: [
    "The file that ha up was started with is read anew. With an error in it all goes on as it was, and the errors are printed here. Else only what is another thing in it changes, and a line is printed for each, as vipkit ha plan does beforehand. The command waits for the end of that; one that is asked for during another one is done behind it.",
  ],
  manual: {
    JSON: [
      "--json prints one object: reloaded; mistake, whether the file has errors; lines, why it was not reloaded; notes, what the file says now, and did not before, and does not happen; steps, as vipkit-ha-plan(8) has them.",
    ],
  },
  options: { ...jsonOption, ...haNameOption },
  examples: [
    ["ha reload", "Go by /etc/keepalived/keepalived.conf as it is now"],
    ["ha reload -j", "And say what has changed, as JSON"],
    ["ha reload --name blue", "Of several that run here"],
  ],
  exitStatus: {
    0: "It goes by the file as it is now.",
    1: "The file has errors: all goes on as it was.",
    2: "Cannot tell: no ha up runs here, or the file cannot be read.",
  },
  files: HA_SOCKET,
  seeAlso: ["vipkit-ha-plan(8)", "vipkit-ha-up(8)"],
  async run(args, ctx) {
    const record = await askReload(socketOf(args), ctx.ports);
    if (args.json) ctx.stdout(JSON.stringify(record));
    else tellReload(record, "ha reload", ctx);
    if (record.reloaded) return ExitCode.ok;
    return record.mistake ? ExitCode.negative : ExitCode.unknown;
  },
});
