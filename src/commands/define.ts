/**
 * What a command is: one declarative object. Help, man page, shell completion and the typed arguments
 * of `run` all follow from it.
 */
import type { Ports } from "../io/ports.ts";
import type { PreparedCheck } from "./check/run-check.ts";
import type { Outside } from "./dispatch.ts";
import type { ArgsOf, OptionTable } from "./option.ts";

/** What `run` may touch: nothing else of the outside is in reach of a command. */
export interface Context {
  readonly ports: Ports;
  /** The answer; one line, the line end is added. */
  readonly stdout: (line: string) => void;
  /** Progress, warnings, summary; one line. */
  readonly stderr: (line: string) => void;
  /** Aborted by the first SIGINT, SIGTERM, SIGHUP or SIGQUIT. */
  readonly signal: AbortSignal;
  /** Aborted by the second one: what would do harm left behind must be gone before `abort` returns. */
  readonly urgent: AbortSignal;
  /** What is still waited for after `urgent` was aborted; a third signal waits for nothing. */
  readonly lastly: (work: () => Promise<void>) => void;
  /** SIGHUP calls this from now on, and asks for the end no more. */
  readonly onReload: (reload: () => void) => void;
  /** SIGQUIT calls this from now on, and asks for the end no more. */
  readonly onStatistics: (tell: () => void) => void;
  /** Aborted when stdout cannot be written any more: the end of a stream, nothing to a router. */
  readonly unread: AbortSignal;
  /** What stdout has not taken yet: a reader of a pipe may be slow. */
  readonly backlogBytes: () => number;
  /** When it has taken all, its reader is gone, or `signal` is aborted. */
  readonly drained: () => Promise<void>;
  /** Columns of the terminal that stdout is; undefined when it is a file or a pipe. */
  readonly columns: number | undefined;
  /** Lines of it, likewise. */
  readonly rows: number | undefined;
  /** Adds colour where the user wants it, else leaves the text alone. */
  readonly paint: Paint;
  /** Takes over what a check command would do, when it has understood all that it was given. */
  readonly takeOver?: (check: PreparedCheck) => void;
  /** Every command there is, for the few that describe others. */
  readonly commands: () => Promise<readonly Command[]>;
  /** Another command line of ours, by its words, as on its own. @returns its exit status; never rejects */
  readonly dispatch: (argv: readonly string[], outside: Outside) => Promise<number>;
}

export type Paint = Readonly<Record<"red" | "green" | "yellow", (text: string) => string>>;

export const COLOURLESS: Paint = { red: String, green: String, yellow: String };

interface Definition<Positionals extends OptionTable, Options extends OptionTable> {
  /** Group and command, `vip add`: also its file, `vip/add.ts`. */
  readonly name: string;
  /** One line, imperative, no full stop. */
  readonly summary: string;
  /** Paragraphs: the first is in the help, all are in the man page. */
  readonly description: readonly string[];
  /** Paragraphs of the man page alone, by heading: for a command that has much to tell. */
  readonly manual?: Readonly<Record<string, readonly string[]>>;
  /** In the order in which they stand; only the last may be a `list`. */
  readonly positionals?: Positionals;
  readonly options: Options;
  /** Command line without `vipkit`, and what it does. Three are enough. */
  readonly examples: readonly (readonly [line: string, explanation: string])[];
  /** What 0 and 1 mean here, where the general words are too weak. */
  readonly exitStatus?: Readonly<Record<number, string>>;
  /** Files and environment variables, by name. */
  readonly files?: Readonly<Record<string, string>>;
  readonly environment?: Readonly<Record<string, string>>;
  /** Man pages beside our own: `arping(8)`. */
  readonly seeAlso?: readonly string[];
  /**
   * @returns the exit status.
   * @throws UsageError and SystemError for the frame to print; the signal's reason where an
   *   interruption leaves nothing to finish (`ctx.signal.throwIfAborted()`).
   */
  run(args: ArgsOf<Positionals & Options>, ctx: Context): Promise<number>;
}

/** A command of any shape, as the frame handles it. */
export interface Command extends Definition<OptionTable, OptionTable> {
  readonly positionals: OptionTable;
}

/** Checks a definition and infers the types of `run`'s arguments. */
export function defineCommand<
  const Options extends OptionTable,
  const Positionals extends OptionTable = NoOptions,
>(definition: Definition<Positionals, Options>): Command {
  return { positionals: {}, ...definition };
}

type NoOptions = Readonly<Record<never, never>>;
