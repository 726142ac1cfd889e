/** The tokeniser of a line: words, in double quotes or not, and braces. */
import { UNDEFINED_NAME, UNMATCHED_QUOTE } from "./codes/words.ts";
import { finding, type Report } from "./finding.ts";
import { complainOfLookalikes } from "./lookalikes.ts";
import type { Span } from "./place.ts";
import type { SourceText } from "./source-text.ts";
import type { Word } from "./statement.ts";

/** A part of a line up to a brace or to its end. */
export interface Segment {
  readonly words: readonly Word[];
  readonly text: SourceText; // from the first word to the last
  readonly brace: { readonly isOpen: boolean; readonly span: Span } | null; // null: the end of the line
}

/** A quote begins a word, also in the middle of another; it ends at the next quote, whatever precedes that. */
export function segmentsOf(line: SourceText, report: Report): readonly Segment[] {
  complainOfQuotes(line, report);
  complainOfLookalikes(line, report);
  const segments: Segment[] = [];
  let words: Word[] = [];
  let start = 0;
  let end = 0; // of the last word
  const cut = (brace: Segment["brace"]) => {
    // A copy: an array that has grown keeps room for as many again as there are in a long line.
    segments.push({ words: words.slice(), text: line.slice(start, Math.max(start, end)), brace });
    words = [];
  };
  const { text } = line;
  let index = 0;
  TOKENS.lastIndex = 0;
  for (; TOKENS.test(text); index = TOKENS.lastIndex) {
    while (BLANKS.includes(text.charAt(index))) index += 1; // what is no token
    const behind = TOKENS.lastIndex;
    const token = text.slice(index, behind);
    const span = line.spanOf(index, behind);
    if (token === "{" || token === "}") {
      cut({ isOpen: token === "{", span });
      start = end = behind;
      continue;
    }
    if (words.length === 0) start = index;
    end = behind;
    const isQuoted = token.startsWith('"');
    words.push({ text: isQuoted ? withoutQuotes(token) : token, span, isQuoted });
    if (!isQuoted && token.includes("${")) complainOfNames(line, token, index, report);
  }
  if (words.length > 0) cut(null);
  return segments;
}

const withoutQuotes = (token: string): string =>
  token.slice(1, token.length > 1 && token.endsWith('"') ? -1 : undefined);

/** Two rules that keepalived has, one after the other: with and without escaped quotes. */
function complainOfQuotes(line: SourceText, report: Report): void {
  if (!line.text.includes('"')) return;
  const at = openQuote(line.text, /\\.|"/gs) ?? openQuote(line.text, /"/g);
  if (at === undefined) return;
  report(finding(UNMATCHED_QUOTE, line.spanOf(at, at + 1), 'nothing closes this "'));
}

function openQuote(text: string, marks: RegExp): number | undefined {
  let open: number | undefined;
  for (const { 0: mark, index } of text.matchAll(marks)) {
    if (mark === '"') open = open === undefined ? index : undefined;
  }
  return open;
}

/** Braces of a name that is not defined would be those of a block. */
function complainOfNames(line: SourceText, token: string, index: number, report: Report): void {
  for (const match of token.matchAll(/\$\{[^{}]*\}/g)) {
    const span = line.spanOf(index + match.index, index + match.index + match[0].length);
    report(finding(UNDEFINED_NAME, span, `nothing defines ${match[0]}`));
  }
}

/** A brace, what is quoted, or a word; of an unclosed quote all that follows. */
export const TOKENS = /[{}]|"[^"]*(?:"|$)|(?:\$\{[^{}"]*\}|[^ \t\r\f\v{}"])+/g;
const BLANKS = " \t\r\f\v";
