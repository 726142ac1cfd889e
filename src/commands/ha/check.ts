/** `ha check`: the mistakes of a keepalived.conf, before keepalived reads it. */

import { readText } from "../../app/check/read-whole.ts";
import { type CheckedConfiguration, checkConfiguration } from "../../app/ha/check-configuration.ts";
import { checkTogether } from "../../app/ha/check-together.ts";
import { type ProvenFixes, provenFixes } from "../../app/ha/proven-fixes.ts";
import { writeRewrite } from "../../app/ha/rewrite-file.ts";
import { thisHost } from "../../app/ha/this-host.ts";
import type { Finding } from "../../config/finding.ts";
import type { Host } from "../../config/host.ts";
import type { HeardLink } from "../../config/wire/heard.ts";
import { UsageError } from "../../core/errors.ts";
import { type Context, defineCommand } from "../define.ts";
import { ExitCode } from "../exit-code.ts";
import { type ArgsOf, choice, duration, flag, text, value } from "../option.ts";
import { interfaceFilter, jsonOption, quietOption } from "../options.ts";
import { checkManual } from "./check-manual.ts";
import { CheckOutput } from "./check-output.ts";
import {
  configIdOption,
  eachFile,
  filesPositional,
  namesOf,
  wishOf,
  withStdin,
} from "./conf-options.ts";
import { isBelow, tellDiff } from "./fix-output.ts";

const checkOptions = {
  ...configIdOption,
  "as-host": text({
    value: "FILE",
    complete: "file",
    describe: "Judge by the host that FILE describes in YAML or JSON; . is this host",
  }),
  "describe-host": flag({
    describe: "Print this host as --as-host reads it, with the programs that FILE names",
  }),
  wire: duration({
    value: "DUR",
    describe: "Also listen on --interface so long, and compare with the adverts there",
  }),
  ...interfaceFilter,
  strict: flag({ describe: "Let warnings count as errors" }),
  fix: flag({ describe: "Change in the files what is safe to change" }),
  "dry-run": flag({ describe: "With --fix: print what would be changed, as a unified diff" }),
  format: choice(["text", "sarif"], {
    default: "text",
    describe: "SARIF 2.1.0 is for editors and code hosts",
  }),
  explain: text({ value: "CODE", describe: "Tell what a finding means, as vk103" }),
  keywords: value(
    { value: "[BLOCK]", bare: true, describe: "List all keywords, or those inside BLOCK" },
    (block) => block,
  ),
  ...jsonOption,
  ...quietOption,
  verbose: flag({
    short: "v",
    describe: "Tell notes too, as how long until a failure is acted on",
  }),
};

type Args = ArgsOf<typeof filesPositional & typeof checkOptions>;

export const haCheck = defineCommand({
  name: "ha check",
  summary: "Find the mistakes in a keepalived.conf",
  description: [
    "Reads each FILE and what it includes as keepalived does, and tells all that is wrong in it: the place, a code, the line with what is meant, what would help. Without FILE it is /etc/keepalived/keepalived.conf, judged by this host.",
    "Several FILEs are the nodes of one cluster: where they contradict each other is told too, with both places.",
    "An error is what keepalived -t of 2.4.3 refuses, or what makes two masters of a cluster; a warning is what does not do what it seems to. Nothing is started, and no file is changed unless --fix says so.",
  ],
  manual: checkManual,
  positionals: filesPositional,
  options: checkOptions,
  examples: [
    ["ha check keepalived.conf", "All mistakes of a file"],
    ["ha check a.conf b.conf --wire 5s -I eth0", "Two nodes, and who is on their link now"],
    ["ha check --fix --dry-run keepalived.conf", "What could be put right by itself"],
  ],
  exitStatus: {
    0: "No error; with --strict no warning either. With --fix --dry-run: nothing to fix.",
    1: "At least one. With --fix --dry-run: something to fix.",
    2: "A FILE cannot be read.",
  },
  files: { "/etc/keepalived/keepalived.conf": "Read where no FILE is given." },
  seeAlso: ["vipkit-ha-fmt(8)", "keepalived.conf(5)"],
  async run(args, ctx) {
    refuseClashes(args);
    const { explain: code, keywords, json } = args;
    if (args["describe-host"]) {
      const { tellHost } = await import("./describe-host.ts");
      await tellHost(args.files, args["config-id"], json, ctx);
      return ExitCode.ok;
    }
    if (code === undefined && keywords === undefined) return await checkAll(args, ctx);
    const { explain, tellKeywords } = await import("./explain.ts");
    if (code !== undefined) explain(code, json, ctx);
    else await tellKeywords(keywords ?? "", json, ctx);
    return ExitCode.ok;
  },
});

function refuseClashes({ files, fix, json, format, "dry-run": dryRun, ...args }: Args): void {
  if (args.wire === 0) throw new UsageError("--wire 0s: nothing could be heard");
  if ((args.wire === undefined) !== (args.interface === undefined)) {
    throw new UsageError("--wire and --interface go together: how long to listen, and where");
  }
  if (args.wire !== undefined && dryRun) {
    throw new UsageError("--wire and --dry-run exclude each other");
  }
  if (dryRun && !fix) throw new UsageError("--dry-run needs --fix");
  if (json && format === "sarif")
    throw new UsageError("--json and --format sarif exclude each other");
  if (fix && !dryRun && files.includes("-")) {
    throw new UsageError(
      "--fix cannot change standard input: --dry-run prints what it would change",
    );
  }
  if (args["describe-host"] && (fix || args["as-host"] !== undefined || args.wire !== undefined)) {
    throw new UsageError(
      "--describe-host checks nothing: --fix, --as-host and --wire go without it",
    );
  }
  const isQuestion = args.explain !== undefined || args.keywords !== undefined;
  if (isQuestion && files.length > 0) throw new UsageError("--explain and --keywords take no FILE");
}

async function checkAll(args: Args, ctx: Context): Promise<number> {
  const { files: given, strict, json, quiet, format, fix, "dry-run": dryRun } = args;
  const paths = namesOf(given);
  const files = await withStdin(paths, ctx);
  const host = await hostOf(args, ctx);
  const wish = wishOf(args["config-id"], ctx.ports, { host, tellsUnused: args.verbose });
  const form = quiet || (dryRun && !json) ? "none" : json ? "json" : format;
  const output = new CheckOutput(form, args.verbose, ctx);
  const all: CheckedConfiguration[] = [];
  let exitCode = eachFile(paths, { name: "ha check", json }, ctx, (path) => {
    const checked = checkConfiguration(path, wish, files);
    if (dryRun) {
      const { rewrites, fixed } = provenFixes(path, checked, wish, files);
      if (!quiet) for (const rewrite of rewrites) tellDiff(rewrite, ctx);
      return fixed.length > 0 ? ExitCode.negative : ExitCode.ok;
    }
    const isFixed = fix && applyFixes(path, provenFixes(path, checked, wish, files), output, ctx);
    all.push(isFixed ? checkConfiguration(path, wish, files) : checked);
    return ExitCode.ok;
  });
  for (const { files: of, findings } of checkTogether(all, wish.host, await linkOf(args, ctx))) {
    output.tell(of[0]?.path ?? "", findings);
    if (findings.some((one) => isCounted(one, strict))) exitCode ||= ExitCode.negative;
  }
  output.end();
  return exitCode;
}

/** Null where nobody wants to hear it. */
async function linkOf({ wire, interface: ifName }: Args, ctx: Context): Promise<HeardLink | null> {
  if (wire === undefined || ifName === undefined) return null;
  const { hearLink } = await import("../../app/ha/hear-link.ts");
  return await hearLink(ifName, wire, ctx.ports, ctx.signal);
}

const isCounted = ({ kind: { severity } }: Finding, strict: boolean): boolean =>
  severity === "error" || (strict && severity === "warning");

/** This host's own file is judged by this host, another one by what it is said to be for. */
async function hostOf({ files, "as-host": described }: Args, ctx: Context): Promise<Host | null> {
  if (described === "." || (described === undefined && files.length === 0)) {
    return await thisHost(ctx.ports, ctx.signal);
  }
  if (described === undefined) return null;
  const { parseHost } = await import("./host-description.ts");
  const given = await readText(described, MOST_DESCRIPTION_BYTES, ctx.ports.files, ctx.signal);
  return await parseHost(given, described);
}

/** @returns whether a file was changed. */
function applyFixes(
  path: string,
  { rewrites, fixed, left, refused }: ProvenFixes,
  output: CheckOutput,
  { ports: { configurationFiles } }: Context,
): boolean {
  for (const rewrite of rewrites) {
    writeRewrite(rewrite, configurationFiles);
    const where = isBelow(rewrite.path, path) ? "" : `, which is outside the directory of ${path}`;
    output.say(`changed ${rewrite.path}${where}`);
  }
  if (fixed.length > 0) output.say(`${path}: ${fixed.length} fixed`);
  if (left.length > 0) {
    output.say(`${path}: ${left.length} overlap with others: once more would fix them`);
  }
  if (refused.length > 0) {
    output.say(`${path}: ${refused.length} would change more than is meant: not fixed`);
  }
  return fixed.length > 0;
}

const MOST_DESCRIPTION_BYTES = 1 << 20;
