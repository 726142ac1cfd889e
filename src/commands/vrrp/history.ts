/** `vrrp history`: the last transitions of a running virtual router, each with its cause. */
import { askHistory, askRecording, soleInstance } from "../../app/vrrp/ask.ts";
import { printable } from "../../core/printable.ts";
import { type Context, defineCommand } from "../define.ts";
import { ExitCode } from "../exit-code.ts";
import { flag, integer, text, value } from "../option.ts";
import { jsonOption } from "../options.ts";
import { circumstancesLine, transitionLine } from "./event-text.ts";
import { instanceName } from "./instance-name.ts";

export const vrrpHistory = defineCommand({
  name: "vrrp history",
  summary: "Tell why a running router changed its state",
  description: [
    "One line for each transition, oldest first: when, from and to which state, and its cause with the margins. The process remembers 256 of them.",
    "With -v a line below says what else was so at that moment: the last advert of anybody, since when the link was up, how late our own process came to its timer and how late at most since the transition before, and which programs may have taken the addresses away.",
    "With --pcap the capture of the flight recorder is written too: what vrrp run --record would write now, also where it runs without --record, at a fast pace of less than 10 minutes then. FILE is there as a whole or not at all, for its owner alone; how large it is, and how many frames came too fast to be kept, is told on standard error.",
    "--json prints one object: instance; pcap, null or file, bytes and lost_frames; transitions, each with ts, age_ms, from, to, priority, cause, last_advert, link, late_ms, worst_late_ms and suspects, as vrrp run prints them.",
  ],
  positionals: {
    name: value(
      { value: "NAME", describe: "Router to ask; may be left out where only one runs" },
      instanceName,
    ),
  },
  options: {
    ...jsonOption,
    pcap: text({
      value: "FILE",
      complete: "file",
      describe: "Also write there what was on the wire in the last 10 minutes, as pcapng",
    }),
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
    ["vrrp history VI_1 --pcap /tmp/vi_1.pcapng", "And what was on the wire, for Wireshark"],
  ],
  exitStatus: { 2: "Cannot tell: no such router runs here, or it does not answer." },
  files: { "/run/vipkit/NAME.sock": "Where vrrp run answers; see vipkit-vrrp-status(8)." },
  seeAlso: ["vipkit-vrrp-run(8)", "vipkit-vrrp-status(8)"],
  async run({ name, count, json, verbose, pcap: file }, ctx) {
    const one = name ?? soleInstance(ctx.ports);
    const transitions = await askHistory(one, count, ctx.ports);
    const pcap = file === undefined ? null : await saveRecording(one, file, ctx);
    if (pcap !== null && !json)
      ctx.stderr(`${printable(pcap.file)}: ${pcap.bytes} bytes, ${pcap.lost_frames} frames lost`);
    if (json) ctx.stdout(JSON.stringify({ instance: one, pcap, transitions }));
    else
      for (const { ts, from, to, cause, ...circumstances } of transitions) {
        ctx.stdout(printable(`${ts}  ${transitionLine(from, to, cause)}`));
        if (verbose) ctx.stdout(printable(`  ${circumstancesLine(circumstances)}`));
      }
    return ExitCode.ok;
  },
});

async function saveRecording(name: string, file: string, { ports, signal }: Context) {
  const { pieces, lostFrames } = await askRecording(name, signal, ports);
  await ports.files.write(file, pieces);
  const bytes = pieces.reduce((sum, piece) => sum + piece.length, 0);
  return { file, bytes, lost_frames: lostFrames };
}
