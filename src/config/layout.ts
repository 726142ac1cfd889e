/** How a configuration is laid out: indentation, blanks, where braces stand. No word becomes another one. */
import { commentStart, withoutBlanks } from "./comment.ts";
import { bracesOf, layOutWords, splitAtBraces } from "./line-layout.ts";
import { isTooLong } from "./lines.ts";
import { type Rewrite, splitEnd } from "./text-lines.ts";

export interface LaidOut {
  readonly rewrite: Rewrite;
  /** The first } that closes nothing, or the last { that nothing closes: no layout is right then. */
  readonly unmatched: { readonly brace: "{" | "}"; readonly line: number } | null;
}

/** What lines that keepalived puts together say, definitions of several lines, is left alone. */
export function layOut(lines: readonly string[]): LaidOut {
  const layout = new Layout();
  for (const line of lines) layout.add(line);
  layout.finish();
  const rewrite = new Map<number, readonly string[]>();
  for (const [index, line] of lines.entries()) {
    const laid = layout.laid[index] ?? [];
    if (laid.length !== 1 || laid[0] !== line) rewrite.set(index + 1, laid);
  }
  return { rewrite, unmatched: layout.unmatched };
}

class Layout {
  readonly laid: string[][] = []; // what stands for each line; none: the line goes
  readonly #open: number[] = []; // the lines of the blocks that are open
  #stray: number | null = null; // the line of the first } that closes nothing
  #isSure: boolean = true; // no brace depends on the host or on a definition
  #inDefinition: boolean = false; // its last line is to come
  #isBehindEmpty: boolean = false; // another empty line would be one too many
  #beforeCondition: number | null = null; // how many were open before the line above, if it has an @id and opens one
  #openable: { laid: string; end: string; behind: number } | null = null; // the line before, if it takes a {

  add(line: string): void {
    const { text, end } = splitEnd(line);
    const isMarked = this.laid.length === 0 && text.includes("\ufeff"); // a byte order mark, or a word that would be
    this.laid.push([]);
    // keepalived does not read such a line: it is no part of what is around it.
    if (isMarked || text.includes("\0") || isTooLong(text)) this.#put(line);
    else if (this.#inDefinition) this.#addToDefinition(line, text);
    else this.#lay(line, text, end);
  }

  /** No empty lines at the end, and an end of the last line. */
  finish(): void {
    if (this.#inDefinition) return;
    let last = this.laid.length - 1;
    while (last >= 0 && trimmed(this.laid[last]?.join("") ?? "") === "") {
      this.laid[last] = [];
      last -= 1;
    }
    const line = this.laid[last]?.pop();
    if (line !== undefined) this.laid[last]?.push(line.endsWith("\n") ? line : `${line}\n`);
  }

  get unmatched(): LaidOut["unmatched"] {
    if (!this.#isSure) return null;
    if (this.#stray !== null) return { brace: "}", line: this.#stray };
    const line = this.#open.at(-1);
    return line === undefined ? null : { brace: "{", line };
  }

  #put(laid: string): void {
    this.laid.at(-1)?.push(laid);
    this.#openable = null;
    this.#isBehindEmpty = trimmed(laid) === "";
  }

  #addToDefinition(line: string, text: string): void {
    const words = trimmed(text.slice(0, commentStart(text)));
    const isComment = words === "" && trimmed(text) !== "";
    this.#inDefinition = isComment || words.endsWith("\\");
    if (!isComment) this.#doubt(words);
    this.#put(line);
  }

  /** Where a line with these words is used, or read at all, nobody knows here. */
  #doubt(words: string): void {
    const { opens, closes } = bracesOf(words);
    if (opens !== closes) this.#isSure = false;
  }

  #lay(line: string, text: string, end: string): void {
    const mark = commentStart(text);
    const [from, to] = withoutBlanks(text, mark);
    const words = text.slice(from, to);
    const comment = text.slice(mark);
    if (words === "") {
      if (comment !== "") this.#put(indentation(this.#open.length) + comment + end);
      else if (this.#isBehindEmpty) this.#openable = null;
      else this.#put(end);
      return;
    }
    const parts = splitAtBraces(words);
    const [last = words] = parts.splice(-1);
    for (const part of parts) {
      this.#layWords(part, "", end.endsWith("\n") ? end : "\n", part);
    }
    this.#layWords(last, comment === "" ? "" : text.slice(to), end, parts.length > 0 ? last : line);
  }

  /** @param kept what stands there where the layout would be too long */
  #layWords(words: string, comment: string, end: string, kept: string): void {
    if (words === "{" && comment === "" && this.#moveBrace()) return;
    const { tidy, isDefinition, takesBrace, closesFirst, closes, opens } = layOutWords(words);
    if (isDefinition || /^[@~]/.test(words)) this.#doubt(words);
    // Of lines for different hosts, one below the other, one alone is read.
    const isCondition = words.startsWith("@") && opens > closes;
    if (isCondition) this.#open.length = this.#beforeCondition ?? this.#open.length;
    const indent = indentation(this.#open.length - closesFirst);
    const laid = indent + tidy + comment;
    const isKept = isTooLong(laid);
    this.#put(isKept ? kept : laid + end);
    this.#inDefinition = isDefinition && words.endsWith("\\");
    this.#beforeCondition = isCondition ? this.#open.length : null;
    if (closes > this.#open.length) this.#stray ??= this.laid.length;
    this.#open.length = Math.max(0, this.#open.length - closes);
    for (let block = 0; block < opens; block += 1) this.#open.push(this.laid.length);
    if (takesBrace && !isKept) {
      this.#openable = { laid, end, behind: indent.length + tidy.length };
    }
  }

  /** To the line before, behind its words. */
  #moveBrace(): boolean {
    if (this.#openable === null) return false;
    const { laid, end, behind } = this.#openable;
    const opened = `${laid.slice(0, behind)} {${laid.slice(behind)}`;
    if (isTooLong(opened)) return false;
    const before = this.laid.findLast((lines) => lines.length > 0);
    before?.splice(-1, 1, opened + end);
    this.#openable = null;
    this.#open.push(this.laid.length);
    return true;
  }
}

const indentation = (depth: number): string => INDENT.repeat(Math.min(Math.max(depth, 0), DEEPEST));
const trimmed = (text: string): string => text.slice(...withoutBlanks(text));

const INDENT = "    ";
const DEEPEST = 64; // no more blocks than these are read inside each other
