/** `vrrp doctor`: why VRRP does not work on an interface, and what would help. */
import { type DoctorQuestion, type DoctorReport, examine } from "../../app/doctor/doctor.ts";
import { respond } from "../../app/doctor/respond.ts";
import { formatDurationMs } from "../../core/duration.ts";
import { formatJson } from "../../core/json.ts";
import { printable } from "../../core/printable.ts";
import { type Context, defineCommand } from "../define.ts";
import { findingLines } from "../doctor-finding.ts";
import { ExitCode } from "../exit-code.ts";
import { doctorManual } from "./doctor-manual.ts";
import { doctorOptions, doctorQuestionOf, responderQuestionOf } from "./doctor-options.ts";
import { detailLines, doctorRecord, wayLines } from "./doctor-text.ts";

export const vrrpDoctor = defineCommand({
  name: "vrrp doctor",
  summary: "Find out why VRRP does not work, and what would help",
  description: [
    "Looks at the interface, listens to its LAN and asks who has the virtual addresses; tells of each check whether it is well, and below it lines that would help, ready to be pasted. None of them is ever carried out.",
    "It takes part in nothing. All that it sends is what joins VRRP's groups, and ARP or neighbour solicitations for the virtual addresses; with --peer and --respond also probes of its own.",
  ],
  manual: doctorManual,
  options: doctorOptions,
  examples: [
    ["vrrp doctor -I eth0", "All virtual routers that are heard on eth0"],
    ["vrrp doctor -I eth0 --respond", "Be the other end, on 10.0.0.3"],
    ["vrrp doctor -I eth0 --peer 10.0.0.3", "Whether adverts arrive there, and from there"],
  ],
  exitStatus: {
    0: "No check failed; some may have warned. With --respond: somebody asked.",
    1: "At least one check failed. With --respond: nobody asked.",
    2: "Could not look: usage, permission, no such interface, kernel refusal.",
  },
  seeAlso: ["vipkit-vrrp-status(8)", "vipkit-vrrp-run(8)", "tcpdump(8)", "nft(8)"],
  async run(args, ctx) {
    const question = doctorQuestionOf(args);
    if (question === undefined) return await answer(args, ctx);
    const { json, quiet, verbose } = args;
    // Whoever waits at a terminal is to know for what.
    if (ctx.columns !== undefined && !quiet && !json) ctx.stderr(progressLine(question));
    const report = await examine(question, ctx.ports, ctx.signal);
    if (json && !quiet) ctx.stdout(formatJson(doctorRecord(report, question)));
    else if (!quiet) tell(report, verbose, ctx);
    const isIll = report.findings.some(({ verdict }) => verdict === "fail");
    return isIll ? ExitCode.negative : ExitCode.ok;
  },
});

function tell(report: DoctorReport, verbose: boolean, { stdout, paint }: Context): void {
  for (const line of report.findings.flatMap((one) => findingLines(one, paint))) stdout(line);
  if (verbose) for (const line of detailLines(report)) stdout(line);
}

async function answer(args: Parameters<typeof responderQuestionOf>[0], ctx: Context) {
  const { json, quiet } = args;
  const question = responderQuestionOf(args);
  const say = quiet ? () => {} : ctx.stdout;
  const asked = await respond(
    question,
    ctx.ports,
    ctx.signal,
    (addresses) => {
      const time = formatDurationMs(question.forMs);
      if (!quiet && !json) ctx.stderr(printable(`answers for ${time} at ${addresses.join(", ")}`));
    },
    (matrix) => {
      if (json) say(JSON.stringify({ type: "asked", interface: question.ifName, matrix }));
      else for (const line of [`${matrix.peer} asked`, ...wayLines(matrix)]) say(line);
    },
  );
  if (asked === 0 && !quiet && !json) ctx.stderr("nobody asked");
  return asked > 0 ? ExitCode.ok : ExitCode.negative;
}

function progressLine({ ifName, listenMs, peer }: DoctorQuestion): string {
  const then = peer === undefined ? "" : ", then tests both ways with the peer";
  return printable(`listening on ${ifName} for ${formatDurationMs(listenMs)}${then} ...`);
}
