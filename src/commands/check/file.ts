/** `check file`: the number in a file, as `track_file` of keepalived reads it. */
import { fileProber, parseFileTarget } from "../../app/check/file.ts";
import { gatherTargets } from "../../app/check/targets.ts";
import { defineCommand } from "../define.ts";
import { flag, integer, list } from "../option.ts";
import { checkManual } from "./check-manual.ts";
import { localOptions } from "./check-options.ts";
import { UP_OR_DOWN } from "./outcome.ts";
import { runCheck } from "./run-check.ts";

export const checkFile = defineCommand({
  name: "check file",
  summary: "Check by the number in a file",
  description: [
    "Reads the number at the begin of each PATH as track_file of keepalived does: decimal, or as C writes \
hexadecimal and octal (0x1f, 017). A file that is missing, empty or begins with something else counts as 0, \
and so is up, unless --weight 0 --reverse wants a number to be there.",
    "The number times --weight is the weight, at most 253; -254 and below is down. With --weight 0 any number \
but 0 is down: a switch for maintenance.",
    "A file that may not be read, is no regular file or has more than 64 KiB tells nothing: exit 2.",
  ],
  manual: checkManual,
  positionals: {
    paths: list({ value: "PATH", complete: "file", describe: "File to read" }, String),
  },
  options: {
    ...localOptions,
    weight: integer({
      value: "W",
      min: -254,
      max: 254,
      default: "1",
      describe: "By which the number counts; 0: any but 0 is down",
    }),
    reverse: flag({ describe: "The other way round: less for more; with --weight 0, 0 is down" }),
  },
  examples: [
    ["check file --weight 0 /run/maintenance", "Down while somebody has written 1 there"],
    ["check file --weight -10 /run/load -j", "The weight that a load stands for"],
    ["check file --weight 0 --reverse /run/ready", "Down until a number is there"],
  ],
  exitStatus: UP_OR_DOWN,
  seeAlso: ["keepalived.conf(5)"],
  async run(args, ctx) {
    const { paths, file, weight, reverse } = args;
    const { ports, signal } = ctx;
    const targets = await gatherTargets(paths, file, parseFileTarget, ports.files, signal);
    const prober = fileProber({ weight, isReverse: reverse }, ports);
    return await runCheck("file", targets, prober, args, ctx);
  },
});
