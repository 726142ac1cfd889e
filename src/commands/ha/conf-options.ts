/** What the commands that read keepalived.conf have in common: which files, and what the language asks of a host. */
import { readWhole } from "../../app/check/read-whole.ts";
import type { CheckWish } from "../../app/ha/check-configuration.ts";
import { SystemError, UsageError } from "../../core/errors.ts";
import type { ConfigurationFiles, Ports } from "../../io/ports.ts";
import type { Context } from "../define.ts";
import { ExitCode } from "../exit-code.ts";
import { list, refuse, text } from "../option.ts";
import { reportError } from "../report.ts";

export const filesPositional = {
  files: list(
    { value: "FILE", complete: "file", describe: "A keepalived.conf; - is standard input" },
    (path) => path || refuse("is empty"),
  ),
};

export const configIdOption = {
  "config-id": text({
    short: "i",
    value: "ID",
    describe: "Read the lines of @ID, as keepalived -i does; the name of this host if not given",
  }),
};

/** Where keepalived looks unless it is told otherwise. */
export const OWN_FILE = "/etc/keepalived/keepalived.conf";

/** How a file is read, and judged by its host where one is given. */
export const wishOf = (
  configId: string | undefined,
  { environment, readSysctl }: Pick<Ports, "environment" | "readSysctl">,
  judged: Partial<Omit<CheckWish, "surroundings">> = {},
): CheckWish => ({
  host: null,
  tellsUnused: false,
  ...judged,
  surroundings: {
    configId: configId ?? readSysctl("kernel/hostname")?.split(".")[0] ?? "",
    environment,
    random: Math.random,
  },
});

export type Reading = Pick<ConfigurationFiles, "read" | "match">;

/** Files, with what stands on standard input under its name. @throws UsageError, SystemError */
export async function withStdin(paths: readonly string[], ctx: Context): Promise<Reading> {
  const { configurationFiles, files } = ctx.ports;
  if (!paths.includes(STDIN)) return configurationFiles;
  const bytes = await readWhole("-", MOST_BYTES, files, ctx.signal);
  const content = { bytes, directory: ".", identity: STDIN, isExecutable: false };
  return {
    read: (path) => (path === STDIN ? content : configurationFiles.read(path)),
    match: configurationFiles.match,
  };
}

/** As findings call the files. */
export function namesOf(files: readonly string[]): readonly string[] {
  const again = files.find((path, index) => files.indexOf(path) < index);
  if (again !== undefined) throw new UsageError(`${again} is given twice`);
  return files.length === 0 ? [OWN_FILE] : files.map((path) => (path === "-" ? STDIN : path));
}

/**
 * Work on each file: one that cannot be read or written is told, and the others go on.
 * @returns the worst exit status; of `work` 0 or 1
 */
export function eachFile<F>(
  files: readonly F[],
  { name, json }: { readonly name: string; readonly json: boolean },
  { signal, stderr }: Pick<Context, "signal" | "stderr">,
  work: (file: F) => number,
): number {
  let exitCode: number = ExitCode.ok;
  for (const file of files) {
    signal.throwIfAborted();
    try {
      exitCode = Math.max(exitCode, work(file));
    } catch (error) {
      if (!(error instanceof SystemError)) throw error;
      stderr(reportError(error, `vipkit ${name}`, json).line);
      exitCode = ExitCode.unknown;
    }
  }
  return exitCode;
}

/** What keepalived as root may read and who asks may not: what is said is without it. @returns 2 where there is any */
export function tellUnread(
  unread: readonly SystemError[],
  { name, json }: { readonly name: string; readonly json: boolean },
  { stderr }: Pick<Context, "stderr">,
): number {
  for (const error of unread) stderr(reportError(error, `vipkit ${name}`, json).line);
  return unread.length === 0 ? ExitCode.ok : ExitCode.unknown;
}

export const STDIN = "<stdin>";
const MOST_BYTES = 16_777_216; // as of a file
