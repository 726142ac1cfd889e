/** `ha check`: the mistakes of a keepalived.conf, before keepalived reads it. */

import { readText } from "../../app/check/read-whole.ts";
import { type CheckWish, checkConfiguration } from "../../app/ha/check-configuration.ts";
import { type CheckedNode, checkTogether } from "../../app/ha/check-together.ts";
import { type ProvenFixes, provenFixes } from "../../app/ha/proven-fixes.ts";
import { writeRewrite } from "../../app/ha/rewrite-file.ts";
import { thisHost } from "../../app/ha/this-host.ts";
import type { Finding } from "../../config/finding.ts";
import type { Host } from "../../config/host.ts";
import { programsOf } from "../../config/rules/programs.ts";
import type { HeardLink } from "../../config/wire/heard.ts";
import { UsageError } from "../../core/errors.ts";
import { printable } from "../../core/printable.ts";
import { type Context, defineCommand } from "../define.ts";
import { ExitCode } from "../exit-code.ts";
import { type ArgsOf, choice, duration, flag, list, text, value } from "../option.ts";
import { interfaceFilter, jsonOption, quietOption } from "../options.ts";
import { checkManual } from "./check-manual.ts";
import { CheckOutput } from "./check-output.ts";
import {
  configIdOption,
  eachFile,
  namesOf,
  tellUnread,
  wishOf,
  withStdin,
} from "./conf-options.ts";
import { isBelow, tellDiff } from "./fix-output.ts";
import { type GivenFile, givenFile } from "./node-files.ts";

const checkPositionals = {
  files: list(
    {
      value: "[NAME=]FILE",
      complete: "file",
      describe: "A keepalived.conf, - is standard input; with NAME= its lines of @NAME are read",
    },
    givenFile,
  ),
};

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
  unused: flag({ describe: "Also name the keywords that are checked, but no command acts on yet" }),
  ...jsonOption,
  ...quietOption,
  verbose: flag({
    short: "v",
    describe: "Tell notes too, as how long until a failure is acted on",
  }),
};

type Args = ArgsOf<typeof checkPositionals & typeof checkOptions>;

export const haCheck = defineCommand({
  name: "ha check",
  summary: "Find the mistakes in a keepalived.conf",
  description: [
    "Reads each FILE and what it includes as keepalived does, and tells all that is wrong in it: the place, a code, the line with what is meant, what would help. Without FILE it is /etc/keepalived/keepalived.conf, judged by this host.",
    "Several FILEs are the nodes of one cluster: where they contradict each other is told too, with both places. NAME=FILE reads the lines of @NAME, so that one file that all nodes share can be checked as the cluster that it is.",
    "An error is what keepalived -t of 2.4.3 refuses, or what makes two masters of a cluster; a warning is what does not do what it seems to. Nothing is started, and no file is changed unless --fix says so.",
  ],
  manual: checkManual,
  positionals: checkPositionals,
  options: checkOptions,
  examples: [
    ["ha check keepalived.conf", "All mistakes of a file"],
    ["ha check a.conf b.conf --wire 5s -I eth0", "Two nodes, and who is on their link now"],
    ["ha check --fix --dry-run keepalived.conf", "What could be put right by itself"],
  ],
  exitStatus: {
    0: "No error; with --strict no warning either. With --fix --dry-run: nothing to fix.",
    1: "At least one. With --fix --dry-run: something to fix.",
    2: "A FILE, or what it includes, cannot be read.",
  },
  files: { "/etc/keepalived/keepalived.conf": "Read where no FILE is given." },
  seeAlso: ["vipkit-ha-fmt(8)", "keepalived.conf(5)"],
  async run(args, ctx) {
    refuseClashes(args);
    const { explain: code, keywords, json } = args;
    if (args["describe-host"]) {
      const { tellHost } = await import("./describe-host.ts");
      await tellHost(
        args.files.map(({ path }) => path),
        args["config-id"],
        json,
        ctx,
      );
      return ExitCode.ok;
    }
    if (code === undefined && keywords === undefined) return await checkAll(args, ctx);
    const { explain, tellKeywords } = await import("./explain.ts");
    if (code !== undefined) explain(code, json, ctx);
    else tellKeywords(keywords ?? "", json, ctx);
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
  if (args["as-host"] !== undefined && files.length > 1) {
    throw new UsageError("--as-host is one host: check the FILE of each node by its own");
  }
  if (fix && !dryRun && files.some(({ path }) => path === "-")) {
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
  const { strict, json, quiet, format, fix, "dry-run": dryRun } = args;
  const nodes = nodesOf(args);
  const files = await withStdin(
    nodes.map(({ path }) => path),
    ctx,
  );
  const host = await hostOf(args, ctx);
  const form = quiet || (dryRun && !json) ? "none" : json ? "json" : format;
  const output = new CheckOutput(form, args.verbose || args.unused, ctx);
  const all: (CheckedNode & { fixes: object })[] = [];
  const command = { name: "ha check", json };
  let exitCode = eachFile(nodes, command, ctx, ({ path, configId, called }) => {
    const wish = wishOf(configId, ctx.ports, { host, tellsUnused: args.unused });
    let checked = checkConfiguration(path, wish, files);
    const known = tellUnread(checked.unread, command, ctx);
    let fixes = {};
    if (fix && known === ExitCode.ok) {
      const proven = provenFixes(path, checked, wish, files);
      if (dryRun && !quiet) for (const rewrite of proven.rewrites) tellDiff(rewrite, ctx);
      if (dryRun && !quiet) for (const line of notFixed(path, proven)) ctx.stderr(printable(line));
      if (dryRun) return proven.fixed.length > 0 ? ExitCode.negative : ExitCode.ok;
      if (applyFixes(path, proven, output, ctx)) checked = checkConfiguration(path, wish, files);
      const { fixed, left, refused } = proven;
      fixes = { fixed: fixed.length, overlapping: left.length, refused: refused.length };
    }
    if (!dryRun) all.push({ ...checked, called, fixes });
    if (configId === undefined) tellOtherIds(called, checked.ids, wish, output);
    return known;
  });
  for (const one of checkTogether(all, host, await linkOf(args, ctx))) {
    const { called = "", findings, fixes } = one;
    output.tell(called, findings, fixes);
    if (findings.some((found) => isCounted(found, strict))) exitCode ||= ExitCode.negative;
  }
  if (host === null && all.some(({ configuration }) => programsOf(configuration).length > 0)) {
    output.say("programs were not judged: --as-host . judges them as they are on this host");
  }
  output.end(exitCode !== ExitCode.unknown);
  return exitCode;
}

interface CheckedFile {
  readonly path: string;
  readonly configId: string | undefined;
  readonly called: string; // by what is told of it
}

/** The nodes may share a file in which each has its own lines. */
function nodesOf({ files, "config-id": configId }: Args): readonly CheckedFile[] {
  const called = namesOf(files.map(calledAs));
  return called.map((one, index): CheckedFile => {
    const name = files[index]?.name;
    if (name === undefined) return { path: one, configId, called: one };
    return { path: one.slice(name.length + 1), configId: name, called: one };
  });
}

const calledAs = ({ name, path }: GivenFile): string =>
  name === undefined ? path : `${name}=${path}`;

/** Where lines are for several hosts, none of which is this one, half of the file is not there. */
function tellOtherIds(
  called: string,
  ids: ReadonlySet<string>,
  { surroundings: { configId } }: Pick<CheckWish, "surroundings">,
  output: CheckOutput,
): void {
  const [first] = ids;
  if (first === undefined || ids.has(configId)) return;
  const all = Array.from(ids, (id) => `@${id}`);
  const more = all.length > MOST_IDS ? ", ..." : "";
  const told = all.slice(0, MOST_IDS).join(", ") + more;
  output.say(`${called}: has lines for ${told}, not for ${configId}: -i ${first} is as there`);
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
  for (const line of notFixed(path, { left, refused })) output.say(line);
  return fixed.length > 0;
}

const notFixed = (
  path: string,
  { left, refused }: Pick<ProvenFixes, "left" | "refused">,
): string[] => [
  ...(left.length === 0
    ? []
    : [`${path}: ${left.length} overlap with others: once more would fix them`]),
  ...(refused.length === 0
    ? []
    : [`${path}: ${refused.length} would change more than is meant: not fixed`]),
];

const MOST_IDS = 8;
const MOST_DESCRIPTION_BYTES = 1 << 20;
