/** Lines for `ipvsadm -R`, each a command line of its own: what they ask for, and what is wrong where. */
import { type IpvsadmCommand, readIpvsadmCommand } from "./ipvsadm-command.ts";
import { WordFault } from "./ipvsadm-words.ts";

export interface PlacedCommand {
  readonly command: IpvsadmCommand;
  readonly line: number; // from 1
  readonly column: number; // from 1, of its first word
}

export interface Mistake {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** The first of all mistakes of a text, and how many there are. */
export class Mistakes {
  readonly first: Mistake[] = [];
  count = 0;

  add(line: number, column: number, message: string): void {
    this.count += 1;
    if (this.first.length < MOST_TOLD) this.first.push({ line, column, message });
  }
}

/** Total over any text. Empty lines and comments, from a word that begins with #, are none. */
export function* readIpvsadmLines(text: string, mistakes: Mistakes): Generator<PlacedCommand> {
  for (const [index, written] of text.split("\n").entries()) {
    const line = index + 1;
    if (written.length > LONGEST_LINE) {
      mistakes.add(line, LONGEST_LINE + 1, "longer than any line of ipvsadm");
      continue;
    }
    const words = written.match(WORDS) ?? [];
    const end = words.findIndex((word) => word.startsWith("#"));
    const own = words.slice(words[0] === "ipvsadm" ? 1 : 0, end === -1 ? undefined : end);
    if (own.length === 0) continue;
    try {
      yield { command: readIpvsadmCommand(own), line, column: columnOf(own, 0, written) };
    } catch (error) {
      if (!(error instanceof WordFault)) throw error;
      mistakes.add(line, columnOf(own, error.at, written), error.message);
    }
  }
}

/** Of one of the words of a line, or behind the last. */
function columnOf(words: readonly string[], at: number, line: string): number {
  let column = line.startsWith("ipvsadm") ? "ipvsadm".length : 0;
  for (const word of words.slice(0, at)) column = line.indexOf(word, column) + word.length;
  const word = words[at];
  return (word === undefined ? column : line.indexOf(word, column)) + 1;
}

const WORDS = /[^ \t\r]+/g;
const LONGEST_LINE = 4096; // characters: one of ours has 200
const MOST_TOLD = 20;
