/** How a configuration is laid out: indentation, blanks, where braces stand. No word becomes another one. */
import { commentStart, withoutBlanks } from "./comment.ts";
import { layOutWords } from "./line-layout.ts";
import { isTooLong } from "./lines.ts";
import { type Rewrite, splitEnd } from "./text-lines.ts";

/** What lines that keepalived puts together say, definitions of several lines, is left alone. */
export function layOut(lines: readonly string[]): Rewrite {
  const layout = new Layout();
  for (const line of lines) layout.add(line);
  layout.finish();
  const rewrite = new Map<number, readonly string[]>();
  for (const [index, line] of lines.entries()) {
    const laid = layout.laid[index] ?? null;
    if (laid !== line) rewrite.set(index + 1, laid === null ? [] : [laid]);
  }
  return rewrite;
}

class Layout {
  readonly laid: (string | null)[] = []; // null: the line goes
  #depth = 0; // blocks that are open
  #inDefinition: boolean = false; // its last line is to come
  #isBehindEmpty: boolean = false; // another empty line would be one too many
  #beforeCondition: number | null = null; // how many were open before the line above, if it has an @id and opens one
  #openable: { laid: string; end: string; behind: number } | null = null; // the line before, if it takes a {

  add(line: string): void {
    const { text, end } = splitEnd(line);
    const isMarked = this.laid.length === 0 && text.includes("\ufeff"); // a byte order mark, or a word that would be
    // keepalived does not read such a line: it is no part of what is around it.
    if (isMarked || text.includes("\0") || isTooLong(text)) this.#push(line);
    else if (this.#inDefinition) this.#addToDefinition(line, text);
    else this.#lay(line, text, end);
  }

  /** No empty lines at the end, and an end of the last line. */
  finish(): void {
    if (this.#inDefinition) return;
    let last = this.laid.length - 1;
    while (last >= 0 && trimmed(this.laid[last] ?? "") === "") {
      this.laid[last] = null;
      last -= 1;
    }
    const line = this.laid[last];
    if (typeof line === "string" && !line.endsWith("\n")) this.laid[last] = `${line}\n`;
  }

  #push(laid: string | null): void {
    this.laid.push(laid);
    this.#openable = null;
    if (laid !== null) this.#isBehindEmpty = trimmed(laid) === "";
  }

  #addToDefinition(line: string, text: string): void {
    const words = trimmed(text.slice(0, commentStart(text)));
    const isComment = words === "" && trimmed(text) !== "";
    this.#inDefinition = isComment || words.endsWith("\\");
    this.#push(line);
  }

  #lay(line: string, text: string, end: string): void {
    const mark = commentStart(text);
    const [from, to] = withoutBlanks(text, mark);
    const words = text.slice(from, to);
    const comment = text.slice(mark);
    if (words === "") {
      if (comment !== "") this.#push(indentation(this.#depth) + comment + end);
      else this.#push(this.#isBehindEmpty ? null : end);
      return;
    }
    if (words === "{" && comment === "" && this.#moveBrace()) return;
    const { tidy, isDefinition, takesBrace, closesFirst, closes, opens } = layOutWords(words);
    // Of lines for different hosts, one below the other, one alone is read.
    const isCondition = words.startsWith("@") && opens > closes;
    if (isCondition) this.#depth = this.#beforeCondition ?? this.#depth;
    const indent = indentation(this.#depth - closesFirst);
    const laid = indent + tidy + (comment === "" ? "" : text.slice(to));
    const isKept = isTooLong(laid);
    this.#push(isKept ? line : laid + end);
    this.#inDefinition = isDefinition && words.endsWith("\\");
    this.#beforeCondition = isCondition ? this.#depth : null;
    this.#depth = Math.max(0, this.#depth - closes) + opens;
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
    this.laid[this.laid.length - 1] = opened + end;
    this.#push(null);
    this.#depth += 1;
    return true;
  }
}

const indentation = (depth: number): string => INDENT.repeat(Math.min(Math.max(depth, 0), DEEPEST));
const trimmed = (text: string): string => text.slice(...withoutBlanks(text));

const INDENT = "    ";
const DEEPEST = 64; // no more blocks than these are read inside each other
