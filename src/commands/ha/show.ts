/** `ha show`: the configuration that is in force, each value with where it comes from. */
import { checkConfiguration, errorsOf } from "../../app/ha/check-configuration.ts";
import { blocksOf } from "../../config/effective/blocks.ts";
import { formatJson } from "../../core/json.ts";
import { defineCommand } from "../define.ts";
import { ExitCode } from "../exit-code.ts";
import { text } from "../option.ts";
import { jsonOption } from "../options.ts";
import { configIdOption, namesOf, OWN_FILE, wishOf, withStdin } from "./conf-options.ts";
import { effectiveLines, effectiveRecord } from "./effective-text.ts";

export const haShow = defineCommand({
  name: "ha show",
  summary: "Show what is in force of a keepalived.conf",
  description: [
    "Prints the VRRP part of FILE as keepalived takes it, in the form of a keepalived.conf: each keyword that has a value, with the defaults, and behind it where the value comes from: the file and line where it is written, what it is inherited from, default, or the code of the finding that tells what keepalived made of it. Without FILE it is /etc/keepalived/keepalived.conf; - is standard input. Passwords and keys are ***.",
    "Virtual servers are not shown. Routes and rules are shown in the words in which they are written. What is wrong with the file vipkit ha check tells.",
  ],
  manual: {
    JSON: [
      "--json prints one object: blocks, each with block (its keyword), name (null where it has none) and lines. A line is such a block, or has keyword (null for an entry of a list), value (as keepalived.conf writes it), origin (written, inherited, default or corrected), file, line and column (null for a default), from (what it is inherited from, else null), code (of the finding that corrected it, else null). errors is how many errors the file has.",
    ],
  },
  positionals: {
    file: text({
      value: "FILE",
      complete: "file",
      describe: "A keepalived.conf; - is standard input",
    }),
  },
  options: { ...configIdOption, ...jsonOption },
  examples: [
    ["ha show keepalived.conf", "All values of a file, with their origins"],
    ["ha show -i router-b keepalived.conf", "With the lines of another host"],
    ["ha show -j keepalived.conf", "The same for a program"],
  ],
  exitStatus: {
    0: "The file has no error.",
    1: "It has: what is shown is what is left of it.",
    2: "FILE cannot be read.",
  },
  files: { "/etc/keepalived/keepalived.conf": "Shown where no FILE is given." },
  seeAlso: ["vipkit-ha-check(8)", "keepalived.conf(5)"],
  async run({ file, "config-id": configId, json }, ctx) {
    const [path = OWN_FILE] = namesOf(file === undefined ? [] : [file]);
    const files = await withStdin([path], ctx);
    const shown = checkConfiguration(path, wishOf(configId, ctx.ports), files);
    const blocks = blocksOf(shown.vrrp);
    const errors = errorsOf(shown).length;
    if (json) ctx.stdout(formatJson({ blocks: blocks.map(effectiveRecord), errors }));
    else for (const line of effectiveLines(blocks)) ctx.stdout(line);
    if (errors === 0) return ExitCode.ok;
    if (!json) ctx.stderr(`errors: ${errors}; vipkit ha check tells them`);
    return ExitCode.negative;
  },
});
