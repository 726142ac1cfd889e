/** `vrrp sniff`: every advert with its verdict, from the wire or out of a capture. */
import { CaptureSink } from "../../app/capture/capture-sink.ts";
import { SniffSession } from "../../app/sniff/session.ts";
import { type SniffOutcome, sniff } from "../../app/sniff/sniff.ts";
import type { Timeline } from "../../app/sniff/timeline.ts";
import { SystemError } from "../../core/errors.ts";
import { formatJson } from "../../core/json.ts";
import { printable } from "../../core/printable.ts";
import { type Context, defineCommand } from "../define.ts";
import { ExitCode } from "../exit-code.ts";
import { sniffManual } from "./sniff-manual.ts";
import { type SniffArgs, sniffOptions, sniffQuestionOf, sniffSourceOf } from "./sniff-options.ts";
import { SniffOutput } from "./sniff-output.ts";
import { summaryLines } from "./sniff-summary.ts";
import { drawTimeline } from "./timeline-svg.ts";

export const vrrpSniff = defineCommand({
  name: "vrrp sniff",
  summary: "Show adverts and what is wrong with them",
  description: [
    "One line for each advert: who sends it, what it says, whether receivers believe it, and who is master since when. It takes part in nothing and sends nothing.",
  ],
  manual: sniffManual,
  options: sniffOptions,
  examples: [
    ["vrrp sniff -i eth0", "Each advert, until Ctrl-C"],
    ["vrrp sniff -r trouble.pcap --follow --plot trouble.svg", "What changed, and a picture of it"],
    ["vrrp sniff -i eth0 --expect-single-master -q", "For cron: exit 1 when two are master"],
  ],
  exitStatus: {
    0: "All was as expected; without expectations: no virtual router had two masters at once.",
    1: "An expectation was violated, with the evidence on standard output, or there was a second master.",
    2: "Nothing could be heard or read, or nothing more at the end, as the interface was down or gone.",
  },
  seeAlso: ["vipkit-vrrp-status(8)", "vipkit-vrrp-doctor(8)", "vipkit-vrrp-id(8)", "tcpdump(8)"],
  async run(args, ctx) {
    const source = sniffSourceOf(args);
    const question = sniffQuestionOf(args, ctx.ports);
    if (args.plot !== undefined) await requireFolder(args.plot, ctx);
    const output = new SniffOutput(args, ctx);
    const sink = openSink(args, ctx);
    const session = new SniffSession(question, output, (packet) => sink?.write(packet));
    output.watch(session);
    const flushNow = eachSecond(ctx, () => sink?.flush());
    const tell = {
      onListening: () => sayListening(args, ctx),
      onPause: () => {
        flushNow();
        return output.onPause();
      },
      onLink: (up: boolean) => sayLink(up, args, ctx),
    };
    try {
      const outcome = await sniff(source, session, ctx.ports, [ctx.signal, ctx.unread], tell);
      await output.end(outcome.endMs);
      for (const violation of outcome.violations) output.violated(violation);
      if (outcome.timeline !== null) await plot(outcome.timeline, args, ctx);
      if (args.quiet) tellTrouble(outcome, args, ctx);
      else summarize(outcome, output.unshown, args, ctx);
      if (isOurLoss(outcome)) return ExitCode.unknown;
      if (source.kind === "live" && outcome.trouble !== null) return ExitCode.unknown;
      const isSound = outcome.violations.length === 0 && outcome.summary.splits === 0;
      return isSound ? ExitCode.ok : ExitCode.negative;
    } catch (error) {
      const readerIsGone = error instanceof SystemError && error.code === "EPIPE";
      if (readerIsGone && args.write === "-") return ExitCode.ok; // it has seen enough
      throw error;
    } finally {
      sink?.close();
    }
  },
});

/** `run`, not more often. */
function eachSecond({ ports }: Context, run: () => void): () => void {
  let lastMs = ports.clock.nowMs();
  return () => {
    const nowMs = ports.clock.nowMs();
    if (nowMs - lastMs < 1000) return;
    lastMs = nowMs;
    run();
  };
}

function openSink(args: SniffArgs, { ports }: Context): CaptureSink | undefined {
  if (args.write === undefined) return undefined;
  return new CaptureSink(ports.files, {
    path: args.write,
    sources: [],
    fileBytes: args["file-size"] === undefined ? null : args["file-size"] * 1_000_000,
    fileCount: args["file-count"] ?? null,
    unbuffered: args["packet-buffered"],
  });
}

/** What was not heard may be what the kernel had no room for. */
const isOurLoss = ({ summary, violations }: SniffOutcome): boolean =>
  (summary.kernel_drops ?? 0) > 0 &&
  summary.splits === 0 &&
  violations.length > 0 &&
  violations.every(({ restsOnSilence }) => restsOnSilence);

/** A picture that cannot be written is refused before hours of listening. @throws SystemError */
async function requireFolder(path: string, { ports }: Context): Promise<void> {
  const end = path.lastIndexOf("/");
  if (end > 0) await ports.files.list(path.slice(0, end));
}

async function plot(timeline: Timeline, { plot: path }: SniffArgs, ctx: Context): Promise<void> {
  const picture = drawTimeline(timeline);
  if (path === "-") ctx.stdout(picture.trimEnd());
  else if (path !== undefined)
    await ctx.ports.files.write(path, [new TextEncoder().encode(picture)]);
}

function sayListening({ interface: ifName = "", json, quiet }: SniffArgs, ctx: Context): void {
  if (quiet) return;
  ctx.stderr(
    json
      ? formatJson({ type: "listening", interface: ifName })
      : `listening on ${printable(ifName)}`,
  );
}

function sayLink(up: boolean, { interface: ifName = "", json }: SniffArgs, ctx: Context): void {
  const text = up ? "is up again" : "is down: nothing is heard";
  ctx.stderr(
    json ? formatJson({ type: "link", interface: ifName, up }) : `${printable(ifName)} ${text}`,
  );
}

function summarize(
  { summary, trouble }: SniffOutcome,
  unshown: number,
  { json }: SniffArgs,
  ctx: Context,
): void {
  if (json) {
    ctx.stderr(formatJson({ type: "summary", ...summary, unshown_lines: unshown, trouble }));
    return;
  }
  for (const line of summaryLines(summary)) ctx.stderr(line);
  if (unshown > 0) ctx.stderr(`${unshown} lines not shown: their reader was too slow`);
  if ((summary.kernel_drops ?? 0) > 0) ctx.stderr(DROPS);
  tellTrouble({ trouble }, { json }, ctx);
}

/** Also where nothing else is told: the answer is of a part alone. */
function tellTrouble(
  { trouble }: Pick<SniffOutcome, "trouble">,
  { json }: Pick<SniffArgs, "json">,
  ctx: Context,
): void {
  if (trouble === null) return;
  ctx.stderr(
    json ? formatJson({ type: "trouble", trouble }) : `vipkit vrrp sniff: ${printable(trouble)}`,
  );
}

const DROPS =
  "the kernel dropped packets, for we did not keep up: gaps and what was missed may be ours";
