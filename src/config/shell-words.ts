/** The tokeniser of commands and regular expressions: quotes and escapes as in a shell. */
import { UNMATCHED_QUOTE } from "./codes/words.ts";
import { finding, type Report } from "./finding.ts";
import type { CommandPart } from "./shell-syntax.ts";
import type { SourceText } from "./source-text.ts";
import type { Word } from "./statement.ts";

/** Quoted parts, in '...' or "...", join what they touch; escapes count inside both. */
export function shellWords(text: SourceText, report: Report): readonly Word[] {
  const { parts, openAt } = split(text.text);
  // A double quote without its other was found when the line was.
  if (openAt !== undefined && text.text[openAt] === "'") {
    const message = "nothing closes this '";
    report(finding(UNMATCHED_QUOTE, text.spanOf(openAt, openAt + 1), message));
  }
  return parts.map((part) => ({
    text: part.text,
    span: text.spanOf(part.from, part.to),
    isQuoted: part.isQuoted,
  }));
}

/** A word that `shellWords` reads as that. */
export const quoted = (word: string): string =>
  /^[^\s"'\\#!{}]+$/.test(word) ? word : `"${word.replaceAll(/["\\]/g, "\\$&")}"`;

/** A word with the program and its arguments, as they are executed: it is taken apart once more. */
export function argvOf(word: Word, report: Report): readonly CommandPart[] {
  const { parts, openAt } = split(word.text);
  if (openAt !== undefined) {
    const message = `nothing closes a ${word.text[openAt]} inside this command`;
    report(finding(UNMATCHED_QUOTE, word.span, message));
  }
  return parts;
}

interface Part {
  readonly text: string;
  readonly from: number;
  readonly to: number;
  readonly isQuoted: boolean;
}

function split(text: string): { readonly parts: readonly Part[]; readonly openAt?: number } {
  const parts: Part[] = [];
  let word: { text: string; from: number; isQuoted: boolean } | null = null;
  let openAt: number | undefined;
  const finish = (to: number) => {
    if (word !== null) parts.push({ ...word, to });
    word = null;
  };
  for (const { 0: token, index } of text.matchAll(TOKENS)) {
    const quote = openAt === undefined ? undefined : text[openAt];
    if (quote === undefined && /^[ \t\r\f\v\n]/.test(token)) {
      finish(index);
      continue;
    }
    word ??= { text: "", from: index, isQuoted: false };
    if (token === quote) openAt = undefined;
    else if (quote === undefined && (token === '"' || token === "'")) {
      openAt = index;
      word.isQuoted = true;
    } else word.text += token.startsWith("\\") ? unescaped(token) : token;
  }
  finish(text.length);
  return openAt === undefined ? { parts } : { parts, openAt };
}

function unescaped(sequence: string): string {
  const [, kind = "", argument = ""] = /^\\(.)?(.*)$/s.exec(sequence) ?? [];
  if (kind === "") return "\\"; // the last character of the line
  if (kind === "x" && argument !== "") return byte(Number.parseInt(argument.slice(-2), 16));
  if (/[0-7]/.test(kind)) return byte(Number.parseInt(kind + argument, 8));
  if (kind === "c" && argument !== "") return byte(argument.charCodeAt(0) & 0x1f);
  return CONTROLS[kind] ?? kind;
}

const byte = (code: number): string => String.fromCharCode(code & 0xff);

const CONTROLS: Readonly<Record<string, string>> = {
  a: "\x07",
  b: "\b",
  E: "\x1b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};
const TOKENS = /\\(?:x[\da-fA-F]+|[0-7]{1,3}|c.|.)?|["']|[ \t\r\f\v\n]+|[^\\"' \t\r\f\v\n]+/gs;
