/** Comments, `#` and `!` to the end of the line, and blanks around what is left. */
import { COMMENT_IN_WORD } from "./codes/words.ts";
import { finding, type Report } from "./finding.ts";
import { SourceText } from "./source-text.ts";

/** Blanks as C has them: a no-break space is part of a word. */
export const BLANK = "[ \\t\\r\\f\\v]";

/** Without its comment and the blanks at both ends. A backslash protects the next character, also a quote. */
export function withoutComment(line: SourceText): SourceText {
  return line.slice(...withoutBlanks(line.text, commentStart(line.text)));
}

/** Of a mark in the middle of the last word: what is behind it may be half a password. @param kept without the comment */
export function complainOfCutWord(line: SourceText, kept: SourceText, report: Report): void {
  const [start] = withoutBlanks(line.text);
  const at = start + kept.text.length;
  if (!/[^{}"]$/.test(kept.text) || !/^[#!][^\s#!]+\s*$/.test(line.text.slice(at))) return;
  const mark = line.text.charAt(at);
  const message = `this ${mark} ends the word in whose middle it stands, and begins a comment`;
  const help = `write \\${mark}, or put the word in double quotes`;
  report(finding(COMMENT_IN_WORD, line.spanOf(at, at + 1), message, { help }));
}

/** Where what stands between the blanks of a text begins and ends. @param end it is looked at up to there */
export function withoutBlanks(text: string, end = text.length): [start: number, end: number] {
  let to = end;
  while (to > 0 && isBlank(text, to - 1)) to -= 1;
  let from = 0;
  while (from < to && isBlank(text, from)) from += 1;
  return [from, to];
}

/** `\#` and `\!` outside quotes, as the characters that they are meant to be. */
export function withoutEscapedMarks(line: SourceText): SourceText {
  if (!line.text.includes("\\")) return line;
  const parts: SourceText[] = [];
  let from = 0;
  for (const match of line.text.matchAll(PIECES)) {
    if (match[0] !== "\\#" && match[0] !== "\\!") continue;
    parts.push(line.slice(from, match.index));
    from = match.index + 1;
  }
  return parts.length === 0 ? line : SourceText.concat([...parts, line.slice(from)]);
}

/** Where the comment begins; the length where there is none. */
export function commentStart(text: string): number {
  if (!text.includes("#") && !text.includes("!")) return text.length;
  for (const match of text.matchAll(PIECES)) {
    if (match[0] === "#" || match[0] === "!") return match.index;
  }
  return text.length;
}

function isBlank(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  return code === 32 || (code >= 9 && code <= 13);
}

/** Quoted text, an escaped character, or one of the two marks. */
const PIECES = /"(?:\\.|[^"\\])*(?:"|\\?$)|\\.|[#!]/gs;
