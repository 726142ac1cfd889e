/** `ha show`: the configuration that is in force, each value with where it comes from. */
import { checkConfiguration, errorsOf, skippedOf } from "../../app/ha/check-configuration.ts";
import { formatPlace } from "../../config/place.ts";
import { blocksOf } from "../../config/shown/blocks.ts";
import { asWritten } from "../../config/shown/shown.ts";
import { formatJson } from "../../core/json.ts";
import { printable } from "../../core/printable.ts";
import { defineCommand } from "../define.ts";
import { ExitCode } from "../exit-code.ts";
import { flag, text } from "../option.ts";
import { jsonOption } from "../options.ts";
import {
  configIdOption,
  namesOf,
  OWN_FILE,
  tellUnread,
  wishOf,
  withStdin,
} from "./conf-options.ts";
import { effectiveLines, effectiveRecord } from "./effective-text.ts";

export const haShow = defineCommand({
  name: "ha show",
  summary: "Show what is in force of a keepalived.conf",
  description: [
    "Prints FILE as keepalived takes it, in the form of a keepalived.conf: virtual routers, virtual servers, and all around them. Each keyword that has a value is there, with the defaults, and behind it where the value comes from: the file and line where it is written, what it is inherited from, default, or the code of the finding that tells what keepalived made of it. Without FILE it is /etc/keepalived/keepalived.conf; - is standard input. Passwords and keys are ***.",
    "With --no-defaults a value is shown only where it is written or was corrected: what is shown then has the same in force.",
    "A value that was corrected has behind it what it was; a keyword that keepalived drops is a comment, '# no ops'. vipkit ha check --explain CODE tells more of a correction, vipkit ha check all that is wrong with the file. Virtual servers and instances that keepalived ignores are not there. What it includes and is left out, as it is not there, is told on stderr.",
    "Routes and rules, and static addresses, are shown in the words in which they are written.",
  ],
  manual: {
    JSON: [
      "--json prints one object: blocks, each with block (its keyword), name (null where it has none) and lines. A line is such a block, or has keyword (null for an entry of a list) and value (as keepalived.conf writes it; null where keepalived drops it); lines that stand outside all blocks are among the blocks. Each has origin (written, inherited, default or corrected; null for a block whose lines tell theirs), file, line and column (null for a default), from (what it is inherited from, else null), code (of the finding that corrected it, else null), was (what it was before, where that is another text, else null). errors is how many errors the file has.",
    ],
  },
  positionals: {
    file: text({
      value: "FILE",
      complete: "file",
      describe: "A keepalived.conf; - is standard input",
    }),
  },
  options: {
    ...configIdOption,
    "no-defaults": flag({ describe: "Only what is written or corrected" }),
    ...jsonOption,
  },
  examples: [
    ["ha show keepalived.conf", "All values of a file, with their origins"],
    ["ha show --no-defaults -i router-b keepalived.conf", "What it says for another host"],
    ["ha show -j keepalived.conf", "The same for a program"],
  ],
  exitStatus: {
    0: "The file has no error.",
    1: "It has: what is shown is what is left of it.",
    2: "FILE, or what it includes, cannot be read.",
  },
  files: { "/etc/keepalived/keepalived.conf": "Shown where no FILE is given." },
  seeAlso: ["vipkit-ha-check(8)", "keepalived.conf(5)"],
  async run({ file, "config-id": configId, "no-defaults": isShort, json }, ctx) {
    const [path = OWN_FILE] = namesOf(file === undefined ? [] : [file]);
    const files = await withStdin([path], ctx);
    const shown = checkConfiguration(path, wishOf(configId, ctx.ports), files);
    const all = blocksOf(shown);
    const blocks = isShort ? asWritten(all) : all;
    const errors = errorsOf(shown).length;
    const unknown = tellUnread(shown.unread, { name: "ha show", json }, ctx);
    for (const { span, message } of skippedOf(shown)) {
      if (!json) ctx.stderr(printable(`${formatPlace(span.place)}: ${message}: shown without it`));
    }
    if (json) ctx.stdout(formatJson({ blocks: blocks.map(effectiveRecord), errors }));
    else for (const line of effectiveLines(blocks)) ctx.stdout(line);
    if (errors === 0 || unknown !== ExitCode.ok) return unknown;
    if (!json) ctx.stderr(`errors: ${errors}; vipkit ha check tells them`);
    return ExitCode.negative;
  },
});
