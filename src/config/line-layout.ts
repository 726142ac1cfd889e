/** How the words of a line are laid out, and what its braces do to the lines behind it. */
import { withoutBlanks } from "./comment.ts";
import { TOKENS } from "./tokens.ts";

export interface LineLayout {
  readonly tidy: string;
  readonly isDefinition: boolean; // $NAME=: keepalived reads on where it ends in a backslash
  readonly takesBrace: boolean; // a brace that stands alone below it may stand on it
  readonly closesFirst: number; // blocks that it closes before it says anything else
  readonly closes: number; // of the blocks that are open before it
  readonly opens: number; // blocks of its own that are open behind it
}

/** @param words of one line at least, without a comment and the blanks around them */
export function layOutWords(words: string): LineLayout {
  const [condition = ""] = /^@[^ \t\r\f\v]*[ \t\r\f\v]*/.exec(words) ?? [];
  const bare = words.slice(condition.length);
  // A generator may begin a definition in each of its rounds.
  if (/^(?:\$[A-Za-z_]\w*=|~.*\\$)/.test(bare)) return { ...DEFINITION, tidy: words };
  const tokens = [...bare.matchAll(TOKENS)].map(({ 0: text, index }) => ({ text, index }));
  const braces = bracesOf(bare);
  const isDefinition = false;
  if (/^(?:~|\$)/.test(bare) || isVerbatim(bare)) {
    return { ...braces, tidy: words, isDefinition, takesBrace: false };
  }
  const takesBrace = condition === "" && !/[{}]$/.test(words);
  return { ...braces, tidy: condition + apart(tokens), isDefinition, takesBrace };
}

/** One blank where there are some, and around braces; beside a brace the name of a definition ends or not. */
function apart(tokens: readonly { readonly text: string; readonly index: number }[]): string {
  let tidy = "";
  let before = { text: "", behind: 0 };
  for (const { text, index } of tokens) {
    const isBeside = isBrace(text) || isBrace(before.text);
    const isName = text.includes("$") || before.text.includes("$");
    const isApart = index > before.behind || (isBeside && !isName);
    tidy += isApart && tidy !== "" ? ` ${text}` : text;
    before = { text, behind: index + text.length };
  }
  return tidy;
}

/**
 * The lines that a line deserves: a brace that begins or ends a block of several lines ends its line, and one
 * that closes such a block stands alone. A block without another one inside may stay on its line.
 */
export function splitAtBraces(words: string): string[] {
  // Each line for a host needs its @id; what a name stands for may want a line for itself.
  if (words.includes("$") || isVerbatim(words)) return [words];
  const parts: string[] = [];
  let from = 0;
  const cut = (to: number) => {
    const part = words.slice(from, to);
    const [start, end] = withoutBlanks(part);
    if (start < end) parts.push(part.slice(start, end));
    from = to;
  };
  const braces = [...words.matchAll(TOKENS)].filter(({ 0: token }) => isBrace(token));
  let isSmall = false; // the last { is closed by the next brace
  for (const [nth, { 0: brace, index }] of braces.entries()) {
    if (brace === "}" && !isSmall) cut(index);
    isSmall = brace === "{" && braces[nth + 1]?.[0] === "}";
    if (!isSmall) cut(index + 1);
  }
  cut(words.length);
  // In front of a line these words would mean something.
  return parts.some((part) => /^(?:[@~]|include)/.test(part)) ? [words] : parts;
}

/** What the braces of a line do. */
export function bracesOf(words: string): Pick<LineLayout, "closesFirst" | "closes" | "opens"> {
  const tokens = Array.from(words.matchAll(TOKENS), ([token]) => token);
  const first = tokens.findIndex((token) => token !== "}");
  const closesFirst = first === -1 ? tokens.length : first;
  let closes = 0;
  let opens = 0;
  for (const token of tokens) {
    if (token === "{") opens += 1;
    else if (token === "}" && opens > 0) opens -= 1;
    else if (token === "}") closes += 1;
  }
  return { closesFirst, closes, opens };
}

/** Quotes and escapes of commands, and patterns of files, are read otherwise than words are. */
const isVerbatim = (words: string): boolean =>
  /^include|[\\']/.test(words) || quotesOf(words) % 2 === 1;
const isBrace = (token: string): boolean => token === "{" || token === "}";
const quotesOf = (text: string): number => text.split('"').length - 1;
const DEFINITION = { isDefinition: true, takesBrace: false, closesFirst: 0, closes: 0, opens: 0 };
