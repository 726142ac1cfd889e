/** From a command line to an exit status: finds the command, runs it, prints its error. */
import { didYouMean } from "../core/closest.ts";
import { UsageError } from "../core/errors.ts";
import type { Ports } from "../io/ports.ts";
import { VERSION } from "../version.ts";
import type { Command, Context, Paint } from "./define.ts";
import { ExitCode, type InterruptSignal, signalExitCode } from "./exit-code.ts";
import { GROUPS } from "./groups.ts";
import { COMMANDS, type CommandEntry, loadCommands } from "./index.ts";
import { leadingOptions } from "./leading-options.ts";
import { maskSecrets } from "./masked.ts";

/** The outside of the whole program: `cli.ts` binds it to this process, tests to fakes. */
export interface Outside extends Omit<Context, "ports" | "paint" | "commands" | "dispatch"> {
  /** Enters the network namespace before anything is opened. */
  openPorts(netns: string | undefined): Promise<Ports>;
  paint(when: "auto" | "always" | "never"): Promise<Paint>;
  /** What `ps` shows from now on, instead of the words of the command line. */
  retitle(words: readonly string[]): void;
  /** Which signal aborted `signal`; undefined while there was none. */
  interrupted(): InterruptSignal | undefined;
}

/** Never rejects. */
export async function dispatch(
  argv: readonly string[],
  outside: Outside,
  entries: readonly CommandEntry[] = COMMANDS,
): Promise<number> {
  const request = understand(argv, entries);
  try {
    switch (request.kind) {
      case "version":
        outside.stdout(`vipkit ${VERSION}`);
        return ExitCode.ok;
      case "help":
        return await showHelp(request.words, outside, entries);
      case "run":
        return await run(await request.entry.load(), request.words, { argv, outside, entries });
      case "unknown":
        throw new UsageError(request.reason);
    }
  } catch (error) {
    if (outside.signal.aborted && error === outside.signal.reason) {
      const signal = outside.interrupted();
      return signal === undefined ? ExitCode.ok : signalExitCode(signal);
    }
    const { reportError } = await import("./report.ts");
    const called = request.kind === "run" ? `vipkit ${request.entry.name}` : "vipkit";
    const { line, exitCode } = reportError(error, called, wantsJson(argv));
    if (wantsNagios(argv)) return await nagiosUnknown(line, outside);
    outside.stderr(line);
    return exitCode;
  }
}

type Request =
  | { readonly kind: "version" }
  | { readonly kind: "help"; readonly words: readonly string[] }
  | { readonly kind: "unknown"; readonly reason: string }
  | { readonly kind: "run"; readonly entry: CommandEntry; readonly words: readonly string[] };

function understand(argv: readonly string[], entries: readonly CommandEntry[]): Request {
  if (argv[0] === "--version" || argv[0] === "-V") return { kind: "version" };
  const at = leadingOptions(argv);
  const words = argv.slice(at);
  if (words[0] === "help") return { kind: "help", words: words.slice(1) };
  const entry = findEntry(words, entries);
  if (helpAsked(argv)) {
    return { kind: "help", words: words.filter((word) => !word.startsWith("-")) };
  }
  if (entry === undefined) return { kind: "unknown", reason: whyUnknown(words, entries) };
  const own = words.slice(entry.name.split(" ").length);
  return { kind: "run", entry, words: [...argv.slice(0, at), ...own] };
}

const findEntry = (
  [first, second]: readonly string[],
  entries: readonly CommandEntry[],
): CommandEntry | undefined =>
  entries.find(({ name }) => name === first || name === `${first} ${second}`);

function helpAsked(argv: readonly string[]): boolean {
  return ownWords(argv).some((word) => word === "-h" || word === "--help");
}

function whyUnknown(words: readonly string[], entries: readonly CommandEntry[]): string {
  const [first, second] = words;
  if (first === undefined) return "which command? See vipkit help";
  if (first.startsWith("-")) return `unknown option ${first} before the command`;
  const names = entries.map(({ name }) => name);
  if (!Object.hasOwn(GROUPS, first)) {
    const heads = new Set(names.map((name) => name.split(" ")[0] as string));
    return `unknown command ${JSON.stringify(first)}${didYouMean(first, [...heads, "help"])}`;
  }
  const inGroup = names.flatMap((name) => (name.startsWith(`${first} `) ? [name] : []));
  if (second === undefined) return `${first}: which command? ${inGroup.join(", ")}`;
  const guess = didYouMean(`${first} ${second}`, inGroup);
  return `unknown command ${JSON.stringify(`${first} ${second}`)}${guess}`;
}

interface Surroundings {
  readonly argv: readonly string[]; // all words behind the program's name
  readonly outside: Outside;
  readonly entries: readonly CommandEntry[];
}

async function run(
  command: Command,
  words: readonly string[],
  { argv, outside, entries }: Surroundings,
): Promise<number> {
  const [{ parseArgs }, { allOptions }] = await Promise.all([
    import("./parse.ts"),
    import("./usage.ts"),
  ]);
  const options = allOptions(command);
  const masked = maskSecrets(argv, options);
  if (masked !== undefined) outside.retitle(masked);
  const args = parseArgs(words, command.positionals, options);
  const { openPorts, paint, retitle: _, ...rest } = outside;
  const context: Context = {
    ...rest,
    paint: await paint(args.color),
    ports: await openPorts(args.netns),
    commands: async () => await loadCommands(entries),
    dispatch: async (words, outside) => await dispatch(words, outside, entries),
  };
  return await command.run(args, context);
}

async function showHelp(
  words: readonly string[],
  outside: Outside,
  entries: readonly CommandEntry[],
): Promise<number> {
  const { commandHelp, overviewHelp } = await import("./help.ts");
  const entry = findEntry(words, entries);
  if (entry !== undefined) {
    outside.stdout(commandHelp(await entry.load()));
    return ExitCode.ok;
  }
  const [group, second] = words;
  if (group !== undefined && (second !== undefined || !Object.hasOwn(GROUPS, group))) {
    throw new UsageError(whyUnknown(words, entries));
  }
  outside.stdout(overviewHelp(await loadCommands(entries), group));
  return ExitCode.ok;
}

/** A plugin that could not begin answers all the same: its status of an error is 3, not 2. */
async function nagiosUnknown(line: string, outside: Outside): Promise<number> {
  const { nagiosRefusal } = await import("../app/check/nagios.ts");
  const answer = nagiosRefusal(line);
  outside.stdout(answer.line);
  return answer.status;
}

/** The status where it could not be found out, whatever was the trouble. */
export const unknownExitCode = (argv: readonly string[]): number =>
  wantsNagios(argv) ? NAGIOS_UNKNOWN : ExitCode.unknown;

const NAGIOS_UNKNOWN = 3;

const wantsNagios = (argv: readonly string[]): boolean =>
  argv[0] === "check" && argv.includes("--nagios");

/** Whether errors are to be JSON too; asked also where the command line could not be understood. */
export const wantsJson = (argv: readonly string[]): boolean =>
  ownWords(argv).some((word) => word === "--json" || /^-[qv46]*j/.test(word));

/** What stands behind `--` is no option of ours. */
const ownWords = (argv: readonly string[]): readonly string[] =>
  argv.includes("--") ? argv.slice(0, argv.indexOf("--")) : argv;
