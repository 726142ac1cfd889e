/** Reads a keepalived.conf and what it includes from the file system. */
import type { Surroundings } from "../../config/built-in.ts";
import type { Finding } from "../../config/finding.ts";
import type { FoundFile, IncludeRequest } from "../../config/include.ts";
import type { Table } from "../../config/keyword.ts";
import { type Document, readStatements } from "../../config/read-statements.ts";
import { SystemError } from "../../core/errors.ts";
import type { ConfigurationFiles } from "../../io/ports.ts";

export interface LoadedConfiguration extends Document {
  readonly findings: readonly Finding[];
  readonly unread: readonly SystemError[]; // included files that keepalived may be able to read
}

/** @throws SystemError where the file itself cannot be read; of an included one it is a finding */
export function loadConfiguration(
  path: string,
  table: Table,
  surroundings: Surroundings,
  files: Pick<ConfigurationFiles, "read" | "match">,
): LoadedConfiguration {
  const findings: Finding[] = [];
  const unread: SystemError[] = [];
  const main = { path, content: files.read(path) };
  const reading = readStatements(main, table, surroundings, (one) => findings.push(one));
  let step = reading.next();
  while (step.done !== true) step = reading.next(answer(step.value, files, unread));
  return { ...step.value, findings, unread };
}

function answer(
  request: IncludeRequest,
  files: Pick<ConfigurationFiles, "read" | "match">,
  unread: SystemError[],
): FoundFile[][] {
  const { patterns, directory, includer, looks } = request;
  const shown = includer.slice(0, includer.lastIndexOf("/") + 1);
  return patterns.map((pattern) =>
    files.match(pattern, directory, looks).map((found): FoundFile => {
      const isAbsolute = found.startsWith("/");
      const path = isAbsolute ? found : shown + found;
      return {
        path,
        get content() {
          return contentOf(isAbsolute ? found : `${directory}/${found}`, files, unread);
        },
      };
    }),
  );
}

function contentOf(
  path: string,
  files: Pick<ConfigurationFiles, "read">,
  unread: SystemError[],
): FoundFile["content"] {
  try {
    return files.read(path);
  } catch (error) {
    if (!(error instanceof SystemError)) throw error;
    const { code, detail } = error;
    if (FORBIDDEN.has(code)) unread.push(error);
    return { problem: OWN_WORDS.has(code) ? detail : `cannot be read: ${detail} (${code})` };
  }
}

const FORBIDDEN: ReadonlySet<string> = new Set(["EACCES", "EPERM"]);
/** Their detail goes on behind the path: "is a directory". */
const OWN_WORDS: ReadonlySet<string> = new Set(["EISDIR", "no-regular-file", "too-large"]);
