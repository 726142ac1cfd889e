/** The targets of a check, from the command line and from files. */
import { UsageError } from "../../core/errors.ts";
import type { Ports } from "../../io/ports.ts";
import { type PortTarget, parsePorts } from "../../proto/check/targets.ts";

/**
 * Those that are named, then those of the file, one a line; `#` begins a comment.
 * @param parse one text into one or many targets, or why it is none
 * @throws UsageError for the first that is none, SystemError for a file that cannot be read
 */
export async function gatherTargets<Target>(
  words: readonly string[],
  file: string | undefined,
  parse: (text: string) => readonly Target[] | string,
  files: Pick<Ports["files"], "read">,
  signal: AbortSignal,
): Promise<Target[]> {
  const targets: Target[] = [];
  const add = (text: string, where: string): void => {
    const parsed = parse(text);
    if (typeof parsed === "string")
      throw new UsageError(`${where}${JSON.stringify(text)} ${parsed}`);
    if (targets.length + parsed.length > MOST_TARGETS)
      throw new UsageError(`more than ${MOST_TARGETS} targets`);
    for (const one of parsed) targets.push(one);
  };
  for (const word of words) add(word, "");
  if (file !== undefined) {
    const lines = (await readText(file, files, signal)).split(/\r?\n/);
    for (const [index, line] of lines.entries()) {
      const text = line.replace(/#.*/, "").trim();
      if (text !== "") add(text, `${file}:${index + 1}: `);
    }
  }
  if (targets.length === 0) throw new UsageError("no target: name one, or a file of them with -f");
  return targets;
}

/** `HOST:PORT` for one host or many. */
export const parsePortTargets = (text: string): readonly PortTarget[] | string => parsePorts(text);

/** `HOST[:PORT]`, likewise. */
export const parsePortTargetsAt =
  (port: number) =>
  (text: string): readonly PortTarget[] | string =>
    parsePorts(text, port);

async function readText(
  path: string,
  files: Pick<Ports["files"], "read">,
  signal: AbortSignal,
): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  await files.read(
    path,
    (chunk) => {
      text += decoder.decode(chunk, { stream: true });
      if (text.length > MOST_CHARACTERS) throw new UsageError(`${path} is longer than 64 MiB`);
    },
    signal,
  );
  return text + decoder.decode();
}

const MOST_TARGETS = 1 << 20;
const MOST_CHARACTERS = 64 << 20;
