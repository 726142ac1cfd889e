/** The targets of a check, from the command line and from files. */
import { UsageError } from "../../core/errors.ts";
import type { Ports } from "../../io/ports.ts";
import {
  type HostTarget,
  type PortTarget,
  parseHosts,
  parsePorts,
} from "../../proto/check/targets.ts";
import { readText } from "./read-whole.ts";

/**
 * Those that are named, then those of the file, one a line; `#` behind a blank begins a comment.
 * @param parse one text into one or many targets, or why it is none
 * @throws UsageError for the first that is none, SystemError for a file that cannot be read, the reason of `signal`
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
      throw new UsageError(`${where}${JSON.stringify(text.slice(0, MOST_QUOTED))} ${parsed}`);
    if (targets.length + parsed.length > MOST_TARGETS)
      throw new UsageError(`more than ${MOST_TARGETS} targets`);
    for (const one of parsed) targets.push(one);
  };
  for (const word of words) add(word, "");
  if (file !== undefined) {
    const lines = (await readText(file, MOST_BYTES, files, signal)).split(/\r?\n/);
    for (const [index, line] of lines.entries()) {
      const text = line.replace(/(^|\s)#.*/, "").trim(); // a URL may have one inside
      if (text !== "") add(text, `${file}:${index + 1}: `);
    }
  }
  if (targets.length === 0) throw new UsageError("no target: name one, or a file of them with -f");
  return targets;
}

/** One host or many. */
export const parseHostTargets = (text: string): readonly HostTarget[] | string => parseHosts(text);

/** `HOST:PORT` for one host or many. */
export const parsePortTargets = (text: string): readonly PortTarget[] | string => parsePorts(text);

/** `HOST[:PORT]`, likewise. */
export const parsePortTargetsAt =
  (port: number) =>
  (text: string): readonly PortTarget[] | string =>
    parsePorts(text, port);

const MOST_QUOTED = 100;
const MOST_TARGETS = 1 << 20;
const MOST_BYTES = 64 << 20;
