/** `vrrp history`: the last transitions of a running virtual router, each with its cause. */
import { askHistory, soleInstance } from "../../app/vrrp/ask.ts";
import { printable } from "../../core/printable.ts";
import { defineCommand } from "../define.ts";
import { ExitCode } from "../exit-code.ts";
import { flag, integer, value } from "../option.ts";
import { jsonOption } from "../options.ts";
import { circumstancesLine, transitionLine } from "./event-text.ts";
import { instanceName } from "./instance-name.ts";

export const vrrpHistory = defineCommand({
  name: "vrrp history",
  summary: "Tell why a running router changed its state",
  description: [
    "One line for each transition, oldest first: when, from and to which state, and its cause with the margins. The process remembers 256 of them.",
    "With -v a line below says what else was so at that moment: the last advert of anybody, since when the link was up, how late our own process came to its timer and how late at most since the transition before, and which programs may have taken the addresses away.",
    "--json prints one object: instance; transitions, each with ts, age_ms, from, to, priority, cause, last_advert, link, late_ms, worst_late_ms and suspects, as vrrp run prints them.",
  ],
  positionals: {
    name: value(
      { value: "NAME", describe: "Router to ask; may be left out where only one runs" },
      instanceName,
    ),
  },
  options: {
    ...jsonOption,
    verbose: flag({ short: "v", describe: "Tell what else was so, in a line below each" }),
    count: integer({
      short: "n",
      value: "N",
      min: 1,
      max: 256,
      default: "20",
      describe: "Last transitions to tell of",
    }),
  },
  examples: [
    ["vrrp history", "Of the only router of this host"],
    ["vrrp history VI_1 -n 1", "Why it last changed"],
    ["vrrp history VI_1 -j", "As JSON"],
  ],
  exitStatus: { 2: "Cannot tell: no such router runs here, or it does not answer." },
  files: { "/run/vipkit/NAME.sock": "Where vrrp run answers; see vipkit-vrrp-status(8)." },
  seeAlso: ["vipkit-vrrp-run(8)", "vipkit-vrrp-status(8)"],
  async run({ name, count, json, verbose }, ctx) {
    const one = name ?? soleInstance(ctx.ports);
    const transitions = await askHistory(one, count, ctx.ports);
    if (json) ctx.stdout(JSON.stringify({ instance: one, transitions }));
    else
      for (const { ts, from, to, cause, ...circumstances } of transitions) {
        ctx.stdout(printable(`${ts}  ${transitionLine(from, to, cause)}`));
        if (verbose) ctx.stdout(printable(`  ${circumstancesLine(circumstances)}`));
      }
    return ExitCode.ok;
  },
});
